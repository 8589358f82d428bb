"""`wasmwright check`: all linters and tests of this checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.process import attach
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.model import LONG
from wasmwright.recipe.offer import offered
from wasmwright.recipe.parse import load_all

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    epilog="\b\nExamples:\n  ./wasmwright check\n  ./wasmwright check --fast\n  ./wasmwright check --long\n"
    "  ./wasmwright check -- -k names -x\n  ./wasmwright check --install",
)
@click.option("--fast", is_flag=True, help="Without the tests that need the Nix store.")
@click.option("--long", "is_long", is_flag=True, help="Also what takes many minutes, such as SciPy.")
@click.option("--no-lint", is_flag=True, help="Only the tests.")
@click.option("--install", is_flag=True, help="Only install ruff, mypy and pytest into .venv.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(  # noqa: PLR0913 - options
    ctx: click.Context, pytest_arguments: tuple[str, ...], *, fast: bool, is_long: bool, no_lint: bool, install: bool
) -> None:
    """Run ruff and mypy, see that generated files are fresh, build the packages, and run pytest.

    Everything after `--` goes to pytest. What only this command needs is installed into .venv by its first run.

    The exit code is that of the first that fails; the others run all the same. pytest's summary comes last.
    """
    code = _install_tools()
    if code or install:
        ctx.exit(code)
    linters = [] if no_lint else [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]]
    codes = [_module(linter) for linter in linters]
    codes.append(_module(["wasmwright", "generate", "--check"]))
    if not fast:
        # pytest shows no progress: what takes minutes is built before it.
        recipes = load_all(paths.project_root() / "pkgs", KNOWN)
        built = [name for name, recipe in offered(recipes).items() if is_long or LONG not in recipe.sets]
        codes.append(_module(["wasmwright", "build", *built]))
    left_out = [marker for marker, is_left in (("nix", fast), ("long", not is_long)) if is_left]
    chosen = " and ".join(f"not {marker}" for marker in left_out)
    codes.append(_module(["pytest", "-m", chosen, *pytest_arguments]))
    ctx.exit(next((code for code in codes if code), 0))


def _install_tools() -> int:
    """Add the tools to the environment of the start script; another one, such as Poetry's, has an owner who does."""
    root = paths.project_root()
    if Path(sys.prefix).resolve() != root / ".venv":
        return 0
    return attach([sys.executable, root / "builder/bootstrap.py", root, "dev"], env=dict(os.environ), cwd=root)


def _module(command: Sequence[str]) -> int:
    log.say(f"$ {' '.join(command)}")
    return attach([sys.executable, "-P", "-m", *command], env=dict(os.environ), cwd=paths.project_root())
