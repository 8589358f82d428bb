"""A user's own project: a folder with a pyproject.toml and a recipe.toml, built as the packages of pkgs/ are.

What belongs to the checkout (archive, generated Nix) lies in `.wasmwright/PROFILE/projects/NAME`; beside the recipe
comes only `lock.json`, which pins the build requirements. It is made anew when the recipe or the requirements have
changed.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wasmwright import reading
from wasmwright.errors import InvalidLock, InvalidRecipe
from wasmwright.files import write_text
from wasmwright.generate.project import project_nix
from wasmwright.generate.render import package_nix
from wasmwright.graph import closure
from wasmwright.lock.document import write_lock
from wasmwright.lock.fresh import check_package_locks, lock_fault
from wasmwright.lock.model import OwnSource, PackageLock, read_package_lock
from wasmwright.lock.package import build_system_requires
from wasmwright.names import normalize
from wasmwright.recipe.model import BuildType, WrittenRecipe
from wasmwright.recipe.parse import RECIPE, SMOKE_TEST, load_recipe
from wasmwright.recipe.resolve import check_dependencies, edges, resolve_all
from wasmwright.sources.folder import archive
from wasmwright.sources.kinds.folder import FolderSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.lock.target import Target
    from wasmwright.recipe.known import Known
    from wasmwright.sources.entry import Source


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A project that Nix can build: its recipe and lock, the archive of its folder, and the file to build."""

    recipe: WrittenRecipe
    lock: PackageLock
    archive: Path
    file: Path


def read_project(folder: Path, known: Known) -> WrittenRecipe:
    """The recipe of the project in `folder`. Raises InvalidRecipe."""
    document = _pyproject(folder)
    if not (folder / RECIPE).is_file():
        message = f"{folder} has no {RECIPE}"
        raise InvalidRecipe(message, hint="write one; the least is shown above", excerpt=_least(document))
    text = (folder / "pyproject.toml").read_text(encoding="utf-8")
    requires = build_system_requires(text, where=str(folder))
    recipe = load_recipe(folder / RECIPE, known, own=FolderSource(requires=requires))
    if recipe.build.type is not BuildType.WHEEL:
        message = f"{folder / RECIPE}: a project's own folder makes a wheel, not a {recipe.build.type}"
        raise InvalidRecipe(message, hint="libraries have their recipes in pkgs/")
    version = document.get("project", {}).get("version", recipe.version)
    if version != recipe.version:
        message = f"{folder / RECIPE}: the version is {recipe.version}, and {version} in pyproject.toml"
        raise InvalidRecipe(message, hint="write the same in both")
    return recipe


def prepare(
    recipe: WrittenRecipe, *, checkout: Checkout, make_lock: Callable[[WrittenRecipe, Source], PackageLock]
) -> Prepared:
    """Archive the project, lock it where that is needed, and generate, in the state of the checkout."""
    if recipe.name in checkout.recipes:
        message = f"{recipe.path}: pkgs/ has a package `{recipe.name}` already"
        raise InvalidRecipe(message, hint="give the project another name, or build that one")
    recipes = {**checkout.recipes, recipe.name: recipe}
    check_dependencies(recipes)
    work = checkout.state / "projects" / recipe.name
    shutil.rmtree(work, ignore_errors=True)
    path, source = archive(recipe.folder, name=recipe.name, version=recipe.version, into=work)
    wheels = _usable_lock(recipe, checkout.targets, recipes)
    if wheels is None:
        wheels = replace(make_lock(recipe, source), own=())
        write_lock(recipe.lock_path, wheels)
    lock = replace(wheels, own=(OwnSource(source=source),))
    write_lock(work / "lock.json", lock)
    needed = closure(edges(recipes), [recipe.name])
    used = {name: recipes[name] for name in needed}
    check_package_locks(used.values(), {**checkout.locks, recipe.name: lock}, targets=checkout.targets, known=recipes)
    resolved = resolve_all(used)
    write_text(work / "package.nix", package_nix(resolved[recipe.name]))
    if recipe.smoke_test:
        shutil.copy(recipe.folder / SMOKE_TEST, work)
    file = work / "default.nix"
    write_text(file, project_nix(recipe.name, checkout=checkout.root, profile=checkout.profile))
    return Prepared(recipe=recipe, lock=lock, archive=path, file=file)


def _pyproject(folder: Path) -> dict[str, Any]:
    path = folder / "pyproject.toml"
    try:
        return reading.toml_file(path)
    except FileNotFoundError:
        message = f"{folder} has no pyproject.toml"
        raise InvalidRecipe(message, hint="give the folder of a Python project, or the name of a package") from None
    except (OSError, reading.Unreadable) as error:
        message = f"{path} cannot be read: {error}"
        raise InvalidRecipe(message) from None


def _least(document: Mapping[str, Any]) -> str:
    from wasmwright.recipe.write import new_recipe  # noqa: PLC0415 - its TOML library takes long to import

    project = document.get("project", {})
    name, version = str(project.get("name", "NAME")), str(project.get("version", "VERSION"))
    package = {"name": normalize(name) if "name" in project else name, "version": version}
    return new_recipe({"package": package, "tests": {"imports": [name.replace("-", "_")]}}).rstrip()


def _usable_lock(
    recipe: WrittenRecipe, targets: Iterable[Target], recipes: Mapping[str, WrittenRecipe]
) -> PackageLock | None:
    """The lock beside the recipe, unless it is stale or cannot be read."""
    try:
        lock = read_package_lock(recipe.lock_path)
    except InvalidLock:
        return None
    return lock if lock_fault(recipe, lock, targets, recipes) is None else None
