"""A user's own project: a folder with a pyproject.toml or setup.py, and a recipe.toml, built as those of pkgs/ are.

What belongs to the checkout (archive, generated Nix) lies in `.wasmwright/PROFILE/projects/NAME`; beside the recipe
comes only `lock.json`, which pins the build requirements. It is made anew when the recipe or the requirements have
changed.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from packaging.version import InvalidVersion

from wasmwright import limits, names, reading
from wasmwright.errors import InvalidLock, InvalidRecipe
from wasmwright.files import openable, reason, write_text
from wasmwright.generate.project import project_nix
from wasmwright.generate.render import package_nix
from wasmwright.graph import closure
from wasmwright.lock.document import write_lock
from wasmwright.lock.fresh import check_package_locks, lock_fault, read_locks
from wasmwright.lock.model import OwnSource, PackageLock, read_package_lock
from wasmwright.lock.package import build_system_requires, project_dependencies
from wasmwright.names import normalize
from wasmwright.recipe import checks
from wasmwright.recipe.model import BuildType, WrittenRecipe
from wasmwright.recipe.parse import RECIPE, SMOKE_TEST, load_recipe
from wasmwright.recipe.resolve import check_dependencies, edges, resolve_all
from wasmwright.sources.folder import archive
from wasmwright.sources.kinds.folder import FolderSource
from wasmwright.standards import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.lock.target import Target
    from wasmwright.recipe.known import Known
    from wasmwright.sources.entry import Source


_PYPROJECT = "pyproject.toml"
_SETUP = "setup.py"
# What makes a folder a project.
_DESCRIBES = (_PYPROJECT, _SETUP)
# What belongs to the recipe rather than to the project: a change of it compiles nothing.
_OURS = (RECIPE, SMOKE_TEST, "lock.json")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A project that Nix can build: its recipe and lock, the archive of its folder, and the file to build."""

    recipe: WrittenRecipe
    lock: PackageLock
    archive: Path
    file: Path


def read_project(folder: Path, known: Known) -> WrittenRecipe:
    """The recipe of the project in `folder`. Raises InvalidRecipe."""
    pyproject = _pyproject(folder)
    document = _parsed(folder, pyproject)
    if not (folder / RECIPE).is_file():
        message = f"{folder} has no {RECIPE}"
        hint = "write one; the least is shown above, with your own words for those in capital letters"
        raise InvalidRecipe(message, hint=hint, excerpt=_least(folder, document))
    requires = build_system_requires(pyproject, where=str(folder))
    run = project_dependencies(pyproject, where=str(folder))
    recipe = load_recipe(folder / RECIPE, known, own=FolderSource(requires=requires, run=run))
    if recipe.build.type is not BuildType.WHEEL:
        message = f"{folder / RECIPE}: a project's own folder makes a wheel, not a {recipe.build.type}"
        raise InvalidRecipe(message, hint="libraries have their recipes in pkgs/")
    name = _project_table(document).get("name", recipe.name)
    if normalize(str(name)) != recipe.name:
        message = f"{folder / RECIPE}: the name is {recipe.name}, and {name} in pyproject.toml"
        raise InvalidRecipe(message, hint="write the same in both, in the recipe as PEP 503 does")
    version = _project_table(document).get("version", recipe.version)
    if (_normal(version) or version) != recipe.version:
        message = f"{folder / RECIPE}: the version is {recipe.version}, and {version} in pyproject.toml"
        raise InvalidRecipe(message, hint="write the same in both")
    return recipe


def prepare(
    recipe: WrittenRecipe,
    *,
    checkout: Checkout,
    make_lock: Callable[[WrittenRecipe, Source], PackageLock],
    say: Callable[[str], None],
) -> Prepared:
    """Archive the project, lock it where that is needed, and generate, in the state of the checkout.

    `say` is told what a user should know of the archive.
    """
    if recipe.name in checkout.recipes:
        message = f"{recipe.path}: pkgs/ has a package `{recipe.name}` already"
        raise InvalidRecipe(message, hint="give the project another name, or build that one")
    recipes = checkout.recipes.including(recipe)
    check_dependencies(recipes, [recipe.name])
    work = checkout.state / "projects" / recipe.name
    shutil.rmtree(work, ignore_errors=True)
    archived = archive(recipe.folder, name=recipe.name, version=recipe.version, into=work, without=_OURS)
    for note in archived.notes:
        say(f"{recipe.name}: {note}")
    for name in _DESCRIBES:
        if (recipe.folder / name).is_file() and name not in archived.names:
            message = f"{recipe.folder / name} would not be part of the project, as git ignores it"
            raise InvalidRecipe(message, hint="take it out of .gitignore, or `git add --force` it")
    wheels = _usable_lock(recipe, checkout.targets, recipes)
    if wheels is None:
        wheels = replace(make_lock(recipe, archived.source), own=())
        write_lock(recipe.lock_path, wheels)
    lock = replace(wheels, own=(OwnSource(source=archived.source),))
    write_lock(work / "lock.json", lock)
    needed = closure(edges(recipes), [recipe.name])
    used = {name: recipes[name] for name in needed}
    locks = {**read_locks(used.values()), recipe.name: lock}
    check_package_locks(used.values(), locks, targets=checkout.targets, known=recipes)
    resolved = resolve_all(used)
    write_text(work / "package.nix", package_nix(resolved[recipe.name]))
    if recipe.smoke_test:
        shutil.copy(recipe.folder / SMOKE_TEST, work)
    file = work / "default.nix"
    write_text(file, project_nix(recipe.name, checkout.scope()))
    return Prepared(recipe=recipe, lock=lock, archive=archived.path, file=file)


def _pyproject(folder: Path) -> str | None:
    """The text of the project's pyproject.toml; None where setup.py alone describes it (PEP 517's default)."""
    hint = "give the folder of a Python project, or the name of a package"
    if not folder.is_dir():
        message = f"{folder} is a file, not a folder" if folder.exists() else f"there is no folder {folder}"
        raise InvalidRecipe(message, hint=hint)
    try:
        return reading.file_text(openable(folder / _PYPROJECT), limits.TOML_SIZE)
    except FileNotFoundError:
        if (folder / _SETUP).is_file():
            return None
        message = f"{folder} has no {_PYPROJECT}, nor a {_SETUP}"
        raise InvalidRecipe(message, hint=hint) from None
    except (OSError, reading.Unreadable) as error:
        raise _unreadable(folder, error) from None


def _parsed(folder: Path, pyproject: str | None) -> Mapping[str, Any]:
    try:
        return {} if pyproject is None else reading.toml(pyproject, where=str(folder / _PYPROJECT))
    except reading.Unreadable as error:
        raise _unreadable(folder, error) from None


def _unreadable(folder: Path, error: Exception) -> InvalidRecipe:
    return InvalidRecipe(f"{folder / _PYPROJECT} cannot be read: {reason(error)}")


def _project_table(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """`[project]` of a pyproject.toml; the project's own back end tells when it is something else."""
    project = document.get("project", {})
    return project if isinstance(project, dict) else {}


def _least(folder: Path, document: Mapping[str, Any]) -> str:
    """The smallest recipe, which is taken as it stands once what is in capital letters is filled in."""
    from wasmwright.recipe.write import new_recipe  # noqa: PLC0415 - its TOML library takes long to import

    project = _project_table(document)
    written = str(project.get("name", folder.name))
    name = normalize(written)
    module = re.sub(r"\W", "_", written, flags=re.ASCII)
    package = {
        "name": name if names.fault(name) is None else "NAME",
        "version": _normal(project.get("version")) or "VERSION",
    }
    tests = {"imports": [module if checks.import_name(module) is None else "MODULE"]}
    return new_recipe({"package": package, "tests": tests}).rstrip()


def _normal(version: object) -> str | None:
    """A version as recipes write it; None where it is none."""
    try:
        return str(parse_version(version)) if isinstance(version, str) else None
    except InvalidVersion:
        return None


def _usable_lock(
    recipe: WrittenRecipe, targets: Iterable[Target], recipes: Mapping[str, WrittenRecipe]
) -> PackageLock | None:
    """The lock beside the recipe, unless it is stale or cannot be read."""
    try:
        lock = read_package_lock(recipe.lock_path)
    except InvalidLock:
        return None
    return lock if lock_fault(recipe, lock, targets, recipes) is None else None
