"""`wasmwright fetch`: pinned sources into the Nix store."""

from __future__ import annotations

import click

from wasmwright import paths
from wasmwright.cli.session import open_nix, profile_name
from wasmwright.cli.transfer import transfer_progress
from wasmwright.wanted import ensure_all_sources, ensure_sources


@click.command(
    epilog="\b\nExamples:\n  ./wasmwright fetch\n  ./wasmwright fetch numpy\n  ./wasmwright fetch --toolchain"
)
@click.argument("names", nargs=-1)
@click.option("--toolchain", is_flag=True, help="Only what the toolchain needs.")
def command(names: tuple[str, ...], *, toolchain: bool) -> None:
    """Download pinned sources and add them to the Nix store.

    Fetches what the packages NAMES need, with the toolchain; without names all that is pinned, that of checks included.
    Sources come from the mirrors that pip, apt and npm on this machine use; what the store has is skipped, and an
    interrupted fetch continues. GC roots in .wasmwright/roots keep them when the store is cleaned.
    """
    if toolchain and names:
        message = "give package names or --toolchain, not both"
        raise click.UsageError(message)
    nix = open_nix()
    progress = transfer_progress()
    root = paths.project_root()
    if names or toolchain:
        done = ensure_sources(names, root=root, profile=profile_name(), nix=nix, progress=progress)
    else:
        done = ensure_all_sources(root=root, nix=nix, progress=progress)
    asked_for = "toolchain" if toolchain else "-".join(names) or "all"
    nix.add_roots(done.paths, paths.state_dir() / "roots/fetched" / asked_for)
    click.echo(f"{len(done.paths)} sources are in the Nix store, {done.added} of them new", err=True)
