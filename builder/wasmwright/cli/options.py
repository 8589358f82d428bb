"""Options that several commands take, each defined once."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from wasmwright.cli.session import BuildOptions, open_checkout

if TYPE_CHECKING:
    from collections.abc import Callable

    from wasmwright.checkout import Checkout

_PROFILE = "The profile that is meant: any part of its name that no other has."
_DEFAULT = "Default: that of this checkout."
# Where click keeps it until the checkout is opened.
_NO_SIMD_KEY = "wasmwright.no-simd"


def profile_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--profile`: the command is called with the `checkout` for it."""
    return _profile_option("checkout", _DEFAULT, variable=True, callback=_opened)(command)


def target_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--profile` and `--no-simd`: the command is called with the `checkout` for both."""
    no_simd = click.option(
        "--no-simd",
        is_flag=True,
        # Before `--profile`, which opens the checkout.
        is_eager=True,
        expose_value=False,
        callback=_without_simd,
        help="For engines without 128-bit vectors: neither the package nor what it needs has any.",
    )
    return profile_option(no_simd(command))


def profile_text_option(
    more: str = _DEFAULT, *, variable: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`--profile` where it has no meaning for all that a command does: it is called with the text.

    `more` is the rest of the help; `variable` False: it has to be written.
    """
    return _profile_option("profile", more, variable=variable)


def profile_is_written(context: click.Context) -> bool:
    """Whether `--profile` stands on the command line, and is not the variable's."""
    return context.get_parameter_source("profile") is ParameterSource.COMMANDLINE


def _profile_option(
    name: str, more: str, *, variable: bool, callback: Callable[..., Checkout] | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--profile",
        name,
        envvar="WASMWRIGHT_PROFILE" if variable else None,
        show_envvar=variable,
        metavar="NAME",
        callback=callback,
        help=f"{_PROFILE} {more}",
    )


def build_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--jobs`, `--no-sandbox` and `--verbose`: the command is called with the `options` that they make."""

    @click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many derivations to build at once.")
    @click.option("--no-sandbox", is_flag=True, help="Let builders see the machine; for where Nix cannot sandbox.")
    @click.option("--verbose", "-v", is_flag=True, help="Show what the builders write.")
    @wraps(command)
    def called(*args: object, jobs: int | None, no_sandbox: bool, verbose: bool, **others: Any) -> None:  # noqa: ANN401
        command(*args, options=BuildOptions(jobs=jobs, sandbox=not no_sandbox, verbose=verbose), **others)

    return called


def _without_simd(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's
    context.meta[_NO_SIMD_KEY] = value


def _opened(context: click.Context, _parameter: click.Parameter, value: str | None) -> Checkout:
    return open_checkout(value, simd=not context.meta.get(_NO_SIMD_KEY, False))
