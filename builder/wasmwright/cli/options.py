"""Options that several commands take, each defined once."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from wasmwright.cli.session import BuildOptions, open_checkout

if TYPE_CHECKING:
    from collections.abc import Callable

    from wasmwright.checkout import Checkout

PROFILE_VARIABLE = "WASMWRIGHT_PROFILE"


def profile_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--profile`: the command is called with the `checkout` for it."""
    return click.option(
        "--profile",
        "checkout",
        envvar=PROFILE_VARIABLE,
        show_envvar=True,
        metavar="NAME",
        callback=_opened,
        help="The ABI to build for; any part of its name that no other has. Default: that of this checkout.",
    )(command)


def build_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--jobs`, `--no-sandbox` and `--verbose`: the command is called with the `options` that they make."""

    @click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many derivations to build at once.")
    @click.option("--no-sandbox", is_flag=True, help="Let builders see the machine; for where Nix cannot sandbox.")
    @click.option("--verbose", "-v", is_flag=True, help="Show what the builders write.")
    @wraps(command)
    def called(*args: object, jobs: int | None, no_sandbox: bool, verbose: bool, **others: Any) -> None:  # noqa: ANN401
        command(*args, options=BuildOptions(jobs=jobs, sandbox=not no_sandbox, verbose=verbose), **others)

    return called


def _opened(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Checkout:
    return open_checkout(value)
