"""`wasmwright check`: all linters and tests of this checkout."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.session import known_names
from wasmwright.process import attach

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="\b\nExamples:\n  ./wasmwright check\n  ./wasmwright check --fast\n  ./wasmwright check -- -k names -x",
)
@click.option("--fast", is_flag=True, help="Without the tests that need the Nix store.")
@click.option("--no-lint", is_flag=True, help="Only the tests.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(ctx: click.Context, pytest_arguments: tuple[str, ...], *, fast: bool, no_lint: bool) -> None:
    """Run ruff and mypy, see that generated files are fresh, build all packages, and run pytest.

    Everything after `--` goes to pytest.

    The exit code is that of the first that fails; the others run all the same. pytest's summary comes last.
    """
    linters = [] if no_lint else [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]]
    codes = [_module(linter) for linter in linters]
    codes.append(_module(["wasmwright", "generate", "--check"]))
    if not fast:
        # pytest shows no progress: what takes minutes is built before it.
        codes.append(_module(["wasmwright", "build", *known_names()]))
    chosen = ["-m", "not nix"] if fast else []
    codes.append(_module(["pytest", *chosen, *pytest_arguments]))
    ctx.exit(next((code for code in codes if code), 0))


def _module(command: Sequence[str]) -> int:
    log.say(f"$ {' '.join(command)}")
    return attach([sys.executable, "-P", "-m", *command], env=dict(os.environ), cwd=paths.project_root())
