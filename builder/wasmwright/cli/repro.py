"""`wasmwright repro`: whether a build is the same when it is done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import build_options, target_options
from wasmwright.cli.output import say
from wasmwright.cli.ready import make_ready
from wasmwright.cli.session import checked_names, fetch_sources, one_build_of, open_nix
from wasmwright.reproduce import reproduce

if TYPE_CHECKING:
    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions


@click.command(
    epilog="\b\nExamples:\n  ./wasmwright repro numpy\n  ./wasmwright repro zlib zlib-state --profile 2026_5"
)
@click.argument("names", nargs=-1, required=True)
@target_options
@build_options
def command(names: tuple[str, ...], *, checkout: Checkout, options: BuildOptions) -> None:
    """Build the packages NAMES, build them again, and compare byte by byte."""
    checked = checked_names(checkout, names)
    make_ready(checkout, checked)
    with one_build_of(checkout, checked):
        nix = open_nix(checkout, options, keep_failed=True)
        fetch_sources(checkout, checked, nix=nix)
        stages = log.Stages()
        compared = reproduce(
            _compared(checkout, checked), nix=nix, stages=stages, view=lambda: build_view(verbose=options.verbose)
        )
    for path in compared:
        say(f"same bytes again: {path}")
    say(f"time: {stages.summary()}")


def _compared(checkout: Checkout, names: tuple[str, ...]) -> list[str]:
    """What was compiled, and what the gate made of it."""
    attributes = map(checkout.attribute, names)
    return [part for attribute in attributes for part in (f"{attribute}.built", attribute)]
