"""`wasmwright fetch`: pinned sources into the Nix store."""

from __future__ import annotations

import click

from wasmwright import log
from wasmwright.cli.options import profile_is_written, profile_text_option
from wasmwright.cli.selection import Asked, looked_at
from wasmwright.cli.session import checked_names, fetch_all_sources, fetch_sources, open_checkout, open_nix


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright fetch                          all that is pinned, for every profile\n"
    "  ./wasmwright fetch --set science            the same, but of packages those of a set alone\n"
    "  ./wasmwright fetch numpy --profile 2026_5\n"
    "  ./wasmwright fetch --toolchain"
)
@click.argument("names", nargs=-1)
@profile_text_option("Goes with NAMES or --toolchain. Default: that of this checkout.")
@click.option("--toolchain", is_flag=True, help="Only what the toolchain needs.")
@click.option("--set", "sets", multiple=True, metavar="SET", help="Of packages those of a set alone; repeatable.")
@click.pass_context
def command(
    ctx: click.Context, names: tuple[str, ...], *, profile: str | None, toolchain: bool, sets: tuple[str, ...]
) -> None:
    """Download pinned sources and add them to the Nix store.

    Fetches what the packages NAMES need, with the toolchain; without names all that is pinned for any profile, that of
    checks included; with --set of packages only what those of the set need.

    Sources come from the mirrors that pip, apt and npm on this machine use; what the store has is skipped, and an
    interrupted fetch continues. GC roots below .wasmwright keep them when the store is cleaned.
    """
    if toolchain and names:
        message = "give package names or --toolchain, not both"
        raise click.UsageError(message)
    is_some = bool(names) or toolchain
    if sets and is_some:
        message = "give --set alone: it is all that is pinned, for every profile, but for other packages"
        raise click.UsageError(message)
    if not is_some and profile_is_written(ctx):
        message = "--profile goes with package names or --toolchain: without them, all is fetched for every profile"
        raise click.UsageError(message)
    checkout = open_checkout(profile if is_some else None)
    checked = checked_names(checkout, names)
    nix = open_nix(checkout)
    if is_some:
        done = fetch_sources(checkout, checked, nix=nix)
        roots = checkout.roots / "fetched" / ("-".join(checked) or "toolchain")
    else:
        of_sets = looked_at(checkout, Asked(sets=sets)) if sets else None
        done = fetch_all_sources(checkout, nix=nix, names=of_sets)
        roots = checkout.common_state / "roots" / "-".join(["fetched", *sets])
    nix.add_roots(done.paths, roots)
    log.say(f"{len(done.paths)} sources are in the Nix store, {done.added} of them new")
