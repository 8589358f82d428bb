"""A user's own project: a folder with a pyproject.toml and a recipe.toml, built as the packages of pkgs/ are.

What belongs to the checkout (archive, generated Nix) lies in `.wasmwright/PROFILE/projects/NAME`; beside the recipe
comes only `lock.json`, which pins the build requirements. It is made anew when the recipe or the requirements have
changed.
"""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wasmwright.errors import InvalidRecipe
from wasmwright.generate.project import project_nix
from wasmwright.generate.render import package_nix
from wasmwright.graph import closure
from wasmwright.lock.model import PackageLock, read_package_lock
from wasmwright.lock.package import build_system_requires
from wasmwright.recipe.model import BuildType, FolderSource, WrittenRecipe
from wasmwright.recipe.names import normalize
from wasmwright.recipe.parse import RECIPE, SMOKE_TEST, load_recipe
from wasmwright.recipe.resolve import check_dependencies, edges, lock_digest, resolve_all
from wasmwright.sources.folder import archive

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from wasmwright.checkout import Checkout
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
    if not _is_locked(recipe):
        _write(recipe.lock_path, _without_source(make_lock(recipe, source).to_json()))
    _write(work / "lock.json", {**_read(recipe.lock_path), "source": source.to_json()})
    lock = read_package_lock(work / "lock.json")
    needed = closure(edges(recipes), [recipe.name])
    resolved = resolve_all({name: recipes[name] for name in needed}, {**checkout.locks, recipe.name: lock})
    (work / "package.nix").write_text(package_nix(resolved[recipe.name]), encoding="utf-8")
    if recipe.smoke_test:
        shutil.copy(recipe.folder / SMOKE_TEST, work)
    file = work / "default.nix"
    file.write_text(project_nix(recipe.name, checkout=checkout.root, profile=checkout.profile), encoding="utf-8")
    return Prepared(recipe=recipe, lock=lock, archive=path, file=file)


def _pyproject(folder: Path) -> dict[str, Any]:
    path = folder / "pyproject.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"{folder} has no pyproject.toml"
        raise InvalidRecipe(message, hint="give the folder of a Python project, or the name of a package") from None
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read: {error}"
        raise InvalidRecipe(message) from None


def _least(document: Mapping[str, Any]) -> str:
    from wasmwright.recipe.write import new_recipe  # noqa: PLC0415 - its TOML library takes long to import

    project = document.get("project", {})
    name, version = str(project.get("name", "NAME")), str(project.get("version", "VERSION"))
    package = {"name": normalize(name) if "name" in project else name, "version": version}
    return new_recipe({"package": package, "tests": {"imports": [name.replace("-", "_")]}}).rstrip()


def _is_locked(recipe: WrittenRecipe) -> bool:
    if not recipe.lock_path.exists():
        return False
    return _read(recipe.lock_path).get("recipe_sha256") == lock_digest(recipe)


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def _without_source(document: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if key != "source"}


def _write(path: Path, document: Mapping[str, object]) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(path)
