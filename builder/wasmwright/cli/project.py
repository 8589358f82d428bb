"""`wasmwright build FOLDER`: a user's own project."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli.ready import make_ready
from wasmwright.cli.session import fetch_for
from wasmwright.errors import InvalidRecipe
from wasmwright.failure import WasmwrightError
from wasmwright.lock.package import PackageLocking
from wasmwright.packagebuild import Wish
from wasmwright.project import prepare, read_project
from wasmwright.recipe.resolve import check_dependencies
from wasmwright.sources.registries import this_machines_registries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.lock.model import PackageLock
    from wasmwright.nix import Nix
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source


def project_folder(names: Sequence[str]) -> Path | None:
    """The folder that the arguments name, or None where they name packages."""
    folders = [name for name in names if "/" in name or name in {".", ".."}]
    if not folders:
        return None
    if len(names) > 1:
        message = f"{folders[0]} is a folder: a project is built alone"
        raise click.UsageError(message)
    return Path(folders[0]).resolve()


def open_project(checkout: Checkout, folder: Path) -> WrittenRecipe:
    """The recipe of the project in `folder`. Raises InvalidRecipe."""
    if folder.parent == checkout.pkgs and folder.name in checkout.package_names:
        message = f"{folder} is the folder of a package's recipe, not of a project"
        raise InvalidRecipe(message, hint=f"name the package: `./wasmwright build {folder.name}`")
    return read_project(folder, checkout.known)


def fetch_project(checkout: Checkout, recipe: WrittenRecipe, *, nix: Nix, test: bool) -> Wish:
    """Lock a project where that is needed, and have all in the store that its build needs."""

    def make_lock(recipe: WrittenRecipe, source: Source) -> PackageLock:
        return _lock(checkout, recipe, source)

    check_dependencies(checkout.recipes.including(recipe), [recipe.name])
    make_ready(checkout, (*recipe.host, *recipe.run))
    prepared = prepare(recipe, checkout=checkout, make_lock=make_lock, say=log.say)
    nix.add_fixed([prepared.archive])
    wanted = checkout.wanted((*recipe.host, *recipe.run), (recipe, prepared.lock))
    wish = Wish(names=(recipe.name,), wheels=frozenset({recipe.name}), test=test, file=prepared.file)
    fetch_for(wish, wanted, checkout=checkout, nix=nix)
    return wish


@contextmanager
def shown_as(folder: Path | None, names: Sequence[str]) -> Iterator[None]:
    """Errors inside advise to build the folder, not a package of that name."""
    try:
        yield
    except WasmwrightError as error:
        advise(folder, names, error)
        raise


def advise(folder: Path | None, names: Sequence[str], error: WasmwrightError) -> None:
    """Have an error's hint name the folder."""
    if folder is not None and error.hint is not None:
        error.hint = re.sub(rf"(wasmwright \w+) {re.escape(names[0])}(?=[ `])", rf"\1 {folder}", error.hint)


def _lock(checkout: Checkout, recipe: WrittenRecipe, source: Source) -> PackageLock:
    log.say(f"writing {recipe.lock_path}")
    locking = PackageLocking(
        targets=checkout.targets,
        recipes=checkout.recipes.including(recipe),
        registries=this_machines_registries(log.say),
        archives={recipe.name: source},
    )
    return locking.lock(recipe)
