"""`wasmwright conda`: a channel of conda packages, for any server of files."""

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
    "  ./wasmwright conda --out channel numpy\n"
    "  ./wasmwright conda --out channel pylock.toml     what `env lock` wrote\n"
    "  ./wasmwright conda --out channel --force numpy markupsafe\n"
    "  ./wasmwright conda --out channel numpy --json > release.json"
)
@environment_argument
@target_options
@out_options
@build_options
def command(asked: tuple[str, ...], *, checkout: Checkout, out: Path, as_json: bool, options: BuildOptions) -> None:
    """Write a conda channel with the packages NAMES and all they need, or with what a LOCK names.

    Each wheel becomes a package for emscripten-wasm32, or for any platform (noarch) where it is pure; `python` and
    `python_abi` stand for the runtime (docs/how-to/conda.md). Any web server can serve the folder, and solvers read it
    where it lies. What it holds is listed in wasmwright-output.json.
    """
    write_out(make_output(checkout, asked, "condaChannel", options), out, as_json=as_json)
