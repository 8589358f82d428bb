"""`wasmwright nix`: Nix with wasmwright's settings."""

from __future__ import annotations

from pathlib import Path

import click

from wasmwright.cli.session import open_checkout, open_nix
from wasmwright.process import attach


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    epilog="\b\nExamples:\n"
    "  ./wasmwright nix -- build .#numpy-wasm\n"
    "  ./wasmwright nix -- develop\n"
    "  ./wasmwright nix nix-store -- --gc",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """Run the Nix that wasmwright uses, with its settings, in the current folder.

    A first argument `nix-store` (or another program of Nix) runs that program.
    """
    nix = open_nix(open_checkout())
    program, rest = nix.program, arguments
    if arguments and arguments[0].startswith("nix-"):
        program, rest = nix.program.with_name(Path(arguments[0]).name), arguments[1:]
        rest = rest[1:] if rest[:1] == ("--",) else rest
    ctx.exit(attach([program, *rest], env=nix.env(), cwd=Path.cwd()))
