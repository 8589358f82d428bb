"""WrittenRecipe + lock.json + the other recipes to ResolvedRecipe."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wasmwright.errors import DependencyCycle, InvalidLock
from wasmwright.graph import chain, find_cycle, topological_order
from wasmwright.recipe.model import BuildType, ResolvedRecipe, SourceEntry, WrittenRecipe
from wasmwright.recipe.problems import Problem, Problems, line_of, shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LOCK_VERSION = 1


def lock_digest(recipe: WrittenRecipe) -> str:
    """The sha256, in hex, of all in a recipe that decides what its lock holds. Flags and patches do not."""
    parts = {
        "name": recipe.name,
        "version": recipe.version,
        "type": recipe.build.type,
        "source": {type(recipe.source).__name__: asdict(recipe.source)},
        "build": {"requires": sorted(recipe.build.requires), "without": sorted(recipe.build.without)},
        "tests": {"requires": sorted(recipe.tests.requires)},
        "dependencies": {"host": sorted(recipe.host), "run": sorted(recipe.run)},
    }
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def edges(recipes: Mapping[str, WrittenRecipe]) -> dict[str, tuple[str, ...]]:
    """What each recipe needs, to build or to run."""
    return {name: (*recipe.host, *recipe.run) for name, recipe in recipes.items()}


def check_dependencies(recipes: Mapping[str, WrittenRecipe]) -> None:
    """Raise InvalidRecipe for dependencies that are no recipes or of the wrong type, DependencyCycle for a circle."""
    problems = Problems()
    for recipe in recipes.values():
        for key, names in (("host", recipe.host), ("run", recipe.run)):
            problems.found.extend(_dependency_problems(recipe, key, names, recipes))
    problems.raise_if_any(hint="dependencies are names of folders in pkgs/ that hold a recipe.toml")
    cycle = find_cycle(edges(recipes))
    if cycle is not None:
        files = "".join(f"\n  {shown(recipes[name].path)}: needs `{need}`" for name, need in pairwise(cycle))
        message = f"packages need each other in a circle: {chain(cycle)}{files}"
        raise DependencyCycle(message, hint="take one of these names out of its [dependencies]")


def resolve_all(recipes: Mapping[str, WrittenRecipe], locks: Mapping[str, str]) -> dict[str, ResolvedRecipe]:
    """Every recipe made concrete, in build order. `locks` holds the text of each lock.json that exists, by name.

    Raises what `check_dependencies` raises, and InvalidLock with all locks that are missing, broken or stale.
    """
    check_dependencies(recipes)
    entries: dict[str, SourceEntry] = {}
    faults: dict[str, str] = {}
    for name, recipe in recipes.items():
        found = _locked_source(recipe, locks.get(name))
        if isinstance(found, str):
            faults[name] = found
        else:
            entries[name] = found
    if faults:
        raise _invalid_locks(recipes, faults)
    resolved: dict[str, ResolvedRecipe] = {}
    for name in topological_order(edges(recipes)):
        resolved[name] = _resolved(recipes[name], entries[name], resolved)
    return resolved


def read_locks(recipes: Iterable[WrittenRecipe]) -> dict[str, str]:
    """The text of every lock.json that exists, by the name of its recipe."""
    return {recipe.name: _text(recipe.lock_path) for recipe in recipes if recipe.lock_path.exists()}


def _dependency_problems(
    recipe: WrittenRecipe, key: str, names: Iterable[str], recipes: Mapping[str, WrittenRecipe]
) -> Iterable[Problem]:
    for name in names:
        if name not in recipes:
            message = f"there is no recipe `{name}`{suggestion(name, set(recipes) - {recipe.name})}"
        elif key == "run" and recipes[name].build.type is BuildType.LIBRARY:
            message = f"`{name}` is a library, and only wheels are installed beside a wheel: put it under `host`"
        else:
            continue
        line = line_of(_text(recipe.path), "dependencies", key) if recipe.path.exists() else None
        yield Problem(file=shown(recipe.path), line=line, table="dependencies", key=key, message=message)


def _locked_source(recipe: WrittenRecipe, text: str | None) -> SourceEntry | str:
    """The source that a lock pins, or what is wrong with the lock."""
    if text is None:
        return "is missing"
    try:
        lock = json.loads(text)
        entry = _entry(lock["source"])
        version, digest = lock["version"], lock["recipe_sha256"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        return _shape_fault(error)
    if version != LOCK_VERSION:
        return f"has the lock version {version}, this program writes {LOCK_VERSION}"
    if digest != lock_digest(recipe):
        return "was made from another recipe.toml: the recipe has changed since"
    return entry


def _entry(source: Mapping[str, Any]) -> SourceEntry:
    return SourceEntry(
        purl=source["purl"], file=source["file"], name=source["name"], size=source["size"], sha256=source["sha256"]
    )


def _shape_fault(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"is not JSON: {error}"
        case KeyError():
            return f"has no `{error.args[0]}`"
        case _:
            return "does not have the shape of a lock"


def _invalid_locks(recipes: Mapping[str, WrittenRecipe], faults: Mapping[str, str]) -> InvalidLock:
    lines = [f"{shown(recipes[name].lock_path)}: {fault}" for name, fault in faults.items()]
    message = lines[0] if len(lines) == 1 else "\n  ".join([f"{len(lines)} locks cannot be used:", *lines])
    return InvalidLock(message, hint=f"run `./wasmwright lock {' '.join(faults)}`")


def _resolved(recipe: WrittenRecipe, source: SourceEntry, others: Mapping[str, ResolvedRecipe]) -> ResolvedRecipe:
    return ResolvedRecipe(
        path=recipe.path,
        name=recipe.name,
        version=recipe.version,
        summary=recipe.summary,
        license=recipe.license,
        homepage=recipe.homepage,
        source=source,
        patches=recipe.patches,
        build=recipe.build,
        host=tuple(others[name] for name in sorted(recipe.host)),
        run=tuple(others[name] for name in sorted(recipe.run)),
        tests=recipe.tests,
        smoke_test=recipe.smoke_test,
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
