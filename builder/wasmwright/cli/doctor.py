"""`wasmwright doctor`: what this machine has, and what is missing."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.output import say, say_json
from wasmwright.cli.session import nix_request, open_checkout, open_nix
from wasmwright.config import load_config
from wasmwright.doctor import Folders, examine
from wasmwright.generate.documents import VERSION
from wasmwright.nixenv import installed_nix
from wasmwright.nixenv.store import NIX
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from wasmwright.doctor import Examined

_MARKS = {True: ("ok", "green"), None: ("note", "yellow"), False: ("BAD", "red")}


@click.command(
    epilog="\b\nExamples:\n  ./wasmwright doctor\n  ./wasmwright doctor --json\n  ./wasmwright doctor --repair"
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--repair", is_flag=True, help="Check every file of the Nix store, and mend what is damaged.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool, repair: bool) -> None:
    """Say what this machine has of what builds need, by asking what they ask; exit with 1 if none can work.

    A `note` stops no build by itself.
    """
    if repair:
        _repair()
    checkout = open_checkout()
    folders = Folders(
        root=checkout.root,
        store=NIX,
        state=checkout.common_state,
        cache=paths.cache_dir(),
        data=paths.data_dir(),
    )
    find = partial(installed_nix, nix_request(checkout))
    findings = list(examine(find=find, mirrors=Mirrors(config=load_config()), folders=folders, environ=os.environ))
    missing = any(finding.ok is False for finding in findings)
    if as_json:
        told = [finding.to_json() for finding in findings]
        say_json({"version": VERSION, "ok": not missing, "findings": told})
    else:
        for finding in findings:
            _print(finding)
    ctx.exit(1 if missing else 0)


def _print(finding: Examined) -> None:
    mark, color = _MARKS[finding.ok]
    say(f" {finding.name}: {finding.detail}", label=f"{mark:4}", color=color)
    if finding.hint:
        say(f"      {finding.hint}")


def _repair() -> None:
    nix = open_nix(open_checkout())
    log.say("checking every file of the Nix store; this takes minutes")
    lost = nix.repair()
    if lost:
        # Sources cannot be built: with these gone, the next fetch brings them back.
        log.say(f"removing {len(lost)} damaged paths that cannot be built again: {', '.join(lost)}")
        nix.delete(lost)
        log.say("fetch sources again with `./wasmwright fetch`")
