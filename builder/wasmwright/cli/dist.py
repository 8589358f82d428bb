"""`wasmwright dist`: a folder of runtime, wheels and indexes, for any server of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright.cli.options import build_options, target_options
from wasmwright.cli.outputs import environment_argument, make_output, out_options, write_out

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright dist --out site numpy\n"
    "  ./wasmwright dist --out site pylock.toml     what `env lock` wrote\n"
    "  ./wasmwright dist --out site --force numpy markupsafe\n"
    "  ./wasmwright dist --out site numpy --json > release.json"
)
@environment_argument
@target_options
@out_options
@build_options
def command(asked: tuple[str, ...], *, checkout: Checkout, out: Path, as_json: bool, options: BuildOptions) -> None:
    """Write a folder with the packages NAMES and all they need, or with what a LOCK names.

    In it are the Pyodide runtime, the wheels, pyodide-lock.json, a simple index for pip and micropip, and a page that
    tells how to use them (docs/how-to/distribution.md). Any web server can serve it. What it holds is listed in
    wasmwright-output.json.
    """
    write_out(make_output(checkout, asked, "dist", options), out, as_json=as_json)
