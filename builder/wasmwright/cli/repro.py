"""`wasmwright repro`: whether a build is the same when it is done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.buildview import build_view
from wasmwright.cli.session import checked_names, one_build_at_a_time, open_nix, profile_name
from wasmwright.cli.transfer import transfer_progress
from wasmwright.nixenv import Request
from wasmwright.reproduce import reproduce
from wasmwright.wanted import ensure_sources

if TYPE_CHECKING:
    from wasmwright.nix import Nix


@click.command(epilog="\b\nExamples:\n  ./wasmwright repro numpy\n  ./wasmwright repro zlib zlib-state")
@click.argument("names", nargs=-1, required=True)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many derivations to build at once.")
@click.option("--no-sandbox", is_flag=True, help="Let builders see the machine; for where Nix cannot sandbox.")
@click.option("--verbose", "-v", is_flag=True, help="Show what the builders write.")
def command(names: tuple[str, ...], *, jobs: int | None, no_sandbox: bool, verbose: bool) -> None:
    """Build the packages NAMES, build them again, and compare byte by byte."""
    checked = checked_names(names)
    with one_build_at_a_time():
        nix = open_nix(Request(sandbox=not no_sandbox, jobs=jobs, keep_failed=True))
        ensure_sources(
            checked, root=paths.project_root(), profile=profile_name(), nix=nix, progress=transfer_progress()
        )
        attributes = [attribute for name in checked for attribute in _attributes(name, nix)]
        stages = log.Stages()
        compared = reproduce(attributes, nix=nix, stages=stages, view=lambda: build_view(verbose=verbose))
    for path in compared:
        click.echo(f"same bytes again: {path}")
    click.echo(f"time: {stages.summary()}")


def _attributes(name: str, nix: Nix) -> list[str]:
    """What was compiled, and what was made of it."""
    attribute = f".#{name}-wasm"
    has_gate = nix.eval_json(attribute, apply="p: p ? unaudited")
    return [f"{attribute}.unaudited", attribute] if has_gate else [attribute]
