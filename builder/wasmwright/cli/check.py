"""`wasmwright check`: all linters and tests of this checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.session import every_checkout
from wasmwright.process import attach
from wasmwright.recipe.model import CI

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    epilog="\b\nExamples:\n  ./wasmwright check\n  ./wasmwright check --fast\n  ./wasmwright check --long\n"
    "  ./wasmwright check -- -k names -x\n  ./wasmwright check --install",
)
@click.option("--fast", is_flag=True, help="Only the unit tests, which need no Nix.")
@click.option("--long", "is_long", is_flag=True, help="Also packages outside the set `ci`, and tests that take long.")
@click.option("--no-lint", is_flag=True, help="Only the tests.")
@click.option("--install", is_flag=True, help="Only install ruff, mypy and pytest into .venv.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(  # noqa: PLR0913 - options
    ctx: click.Context, pytest_arguments: tuple[str, ...], *, fast: bool, is_long: bool, no_lint: bool, install: bool
) -> None:
    """Run ruff, mypy, check-recipes and pytest, see that generated files are fresh, fetch and build for all profiles.

    Everything after `--` goes to pytest. What only this command needs is installed into .venv by its first run.

    The exit code is that of the first that fails; the others run all the same. pytest's summary comes last, and below
    it which of those before pytest failed.
    """
    root = paths.project_root()
    code = _install_tools(root)
    if code or install:
        ctx.exit(code)

    commands = [] if no_lint else [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]]
    commands.append(["wasmwright", "generate", "--check"])
    commands += [] if no_lint else [["wasmwright", "check-recipes"]]
    if not fast:
        # pytest shows no progress, and keeps nothing in the store: what takes minutes is done before it.
        chosen = [] if is_long else ["--set", CI]
        commands.append(["wasmwright", "fetch", *chosen])
        packages = chosen or ["--all"]
        build = ["wasmwright", "build", *packages, "--keep-going", "--profile"]
        commands += [[*build, checkout.profile] for checkout in every_checkout()]
        commands.append(["wasmwright", "nix", "--", "build", "--no-link", ".#dist"])
    failed = {" ".join(command): code for command in commands if (code := _module(command, root))}
    tests = _module(["pytest", "-m", marks(fast=fast, is_long=is_long), *pytest_arguments], root)
    if failed:
        log.say(f"failed before pytest, see above: {', '.join(f'`{command}`' for command in failed)}")
    ctx.exit(next(iter(failed.values()), tests))


def marks(*, fast: bool, is_long: bool) -> str:
    """The tests that are run, as an expression for pytest's `-m`."""
    return " and ".join([*(["unit"] if fast else []), *([] if is_long else ["not long"])])


def _install_tools(root: Path) -> int:
    """Add the tools to the environment of the start script; another one, such as Poetry's, has an owner who does."""
    if Path(sys.prefix).resolve() != root / ".venv":
        return 0
    return attach([sys.executable, root / "builder/bootstrap.py", root, "dev"], env=dict(os.environ), cwd=root)


def _module(command: Sequence[str], root: Path) -> int:
    log.say(f"$ {' '.join(command)}")
    name, *arguments = command
    # Our own as the start script runs it, whose folder may have a `:` in its path.
    program = [root / "builder"] if name == "wasmwright" else ["-m", name]
    return attach([sys.executable, "-P", *program, *arguments], env=dict(os.environ), cwd=root)
