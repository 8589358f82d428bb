"""What commands that make outputs have in common: NAMES or a LOCK, an environment of them, a folder to write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wasmwright import log
from wasmwright.cli.buildview import build_view
from wasmwright.cli.output import say, say_json
from wasmwright.cli.ready import make_ready
from wasmwright.cli.session import checked_names, one_build_of, open_nix
from wasmwright.cli.transfer import transfer_progress
from wasmwright.config import load_config
from wasmwright.environment.placing import check_place, place
from wasmwright.environment.pylock import EnvironmentLock, read_lock
from wasmwright.errors import InvalidLock
from wasmwright.farm.run import build_packages
from wasmwright.generate.output import output_nix
from wasmwright.gitcheckout import revision
from wasmwright.outputs.manifest import read_manifest
from wasmwright.packagebuild import wish_for
from wasmwright.recipe.model import BuildType
from wasmwright.sources.fetch import fetch
from wasmwright.wanted import and_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions
    from wasmwright.nix import Nix
    from wasmwright.packagebuild import Package


@dataclass(frozen=True, kw_only=True)
class Ingredients:
    """What an environment is made of, in the store: packages that are built, and the Nix that built them."""

    nix: Nix
    packages: tuple[Package, ...]


@dataclass(frozen=True, kw_only=True)
class Made:
    """An output in the store, and the Nix that made it. `attestations` is the folder of those that lie beside it."""

    path: Path
    nix: Nix
    attestations: Path | None = None


def environment_argument(command: Callable[..., None]) -> Callable[..., None]:
    """`NAMES | LOCK`: the command is called with the texts, which `make_output` takes."""
    return click.argument("asked", nargs=-1, required=True, metavar="NAMES... | LOCK")(command)


def out_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--out`, `--force` and `--json`: what is in the way of `out` is told before the command is called."""

    @click.option(
        "--out",
        type=click.Path(path_type=Path),
        required=True,
        metavar="DIR",
        help="The folder to write; it is complete, or not there.",
    )
    @click.option("--force", is_flag=True, help="Replace an output of ours that is there; never anything else.")
    @click.option("--json", "as_json", is_flag=True, help="Print all files with their hashes (docs/reference/json.md).")
    @wraps(command)
    def called(*args: object, out: Path, force: bool, **others: Any) -> None:  # noqa: ANN401
        out = out.absolute()
        check_place(out, force=force)
        command(*args, out=out, **others)

    return called


def make_output(
    checkout: Checkout, asked: tuple[str, ...], function: str, options: BuildOptions, *, beside: bool = False
) -> Made:
    """What `function` of nix/outputs/ makes of the environment of packages, or of a lock.

    The packages are built, audited and imported first. With `beside` its attestations are made, too, which are no part
    of it. Raises what building and reading a lock raise.
    """
    lock = _lock(checkout, asked)
    names = checked_names(checkout, asked if lock is None else lock.packages)
    of = list(names) if lock is None else Path(asked[0]).resolve()
    with one_build_of(checkout, names):
        nix = build_environment_packages(checkout, names, options, lock).nix
        # No file, which another command would write, too.
        text = output_nix(function, of, checkout.scope(revision(checkout.root)))
        view = build_view(verbose=options.verbose)
        parts = ["output", *["output.attestations"] * beside]
        built, *others = nix.build(["--impure", "--expr", text, *parts], progress=view)
    return Made(path=built.out, nix=nix, attestations=others[0].out if others else None)


def build_environment_packages(
    checkout: Checkout, names: tuple[str, ...], options: BuildOptions, lock: EnvironmentLock | None = None
) -> Ingredients:
    """Have in the store what an environment needs: packages, which are tested, and sources of a lock."""
    make_ready(checkout, names)
    nix = open_nix(checkout, options)
    wanted = checkout.wanted(names, outputs=True)
    if lock is not None:
        wanted = and_sources(wanted, lock.sources, "./wasmwright env lock")
    fetch(wanted, store=nix, config=load_config(), progress=transfer_progress())
    if not names:
        return Ingredients(nix=nix, packages=())
    wish = wish_for(checkout, names, test=True)
    view = build_view(verbose=options.verbose)
    packages = build_packages(wish, checkout=checkout, nix=nix, stages=log.Stages(), progress=view)
    return Ingredients(nix=nix, packages=tuple(packages))


def write_out(made: Made, out: Path, *, as_json: bool) -> None:
    """Copy an output to where the user wants it, and tell what was written.

    That is a line, whose last word is the folder, or all files with their hashes.
    """
    place(made.path, out)
    manifest = read_manifest(made.path)
    if as_json:
        say_json({**manifest.to_json(), "out": str(out)})
    else:
        say(f"{manifest.kind} for {manifest.profile}: {len(manifest.files)} files, {log.size(manifest.size)}, in {out}")


def is_lock(text: str) -> bool:
    """Whether an argument names a file, as packages never do."""
    return text.endswith(".toml") or "/" in text


def read_lock_for(checkout: Checkout, path: Path) -> EnvironmentLock:
    """The lock of an environment, which has to be for the checkout's profile. Raises what reading it raises."""
    lock = read_lock(path)
    if lock.profile != checkout.profile:
        message = f"{path} is for the profile {lock.profile}, and {checkout.profile} is meant"
        raise InvalidLock(message, hint=f"say `--profile {lock.profile}`")
    return lock


def _lock(checkout: Checkout, asked: tuple[str, ...]) -> EnvironmentLock | None:
    files = [text for text in asked if is_lock(text)]
    if not files:
        _refuse_libraries(checkout, asked)
        return None
    if len(asked) > 1:
        message = f"{files[0]} is a lock: give it alone"
        raise click.UsageError(message)
    return read_lock_for(checkout, Path(files[0]))


def _refuse_libraries(checkout: Checkout, asked: tuple[str, ...]) -> None:
    for name in checked_names(checkout, asked):
        build = checkout.recipes[name].build
        if build.type is BuildType.LIBRARY and not build.shared:
            message = f"{name} is a library without a wheel: there is nothing of it to install"
            raise click.UsageError(message)
