"""Whether locks belong to the recipes and the toolchain files beside them. No network."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidLock
from wasmwright.lock.document import file_sha256
from wasmwright.lock.model import Answer, MadeFor, PackageLock, read_package_lock
from wasmwright.lock.pins import ToolchainLock, read_toolchain_lock
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.offer import why_not
from wasmwright.recipe.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wasmwright.lock.target import Target
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.kinds.kind import Origin


def check_toolchain_lock(path: Path) -> ToolchainLock:
    """The lock beside the base or a profile; InvalidLock when that has changed since."""
    lock = path.with_suffix(".lock.json")
    found = read_toolchain_lock(lock)
    if found.wanted_sha256 != file_sha256(path):
        message = f"{lock.name} was made from another {path.name}, which has changed since"
        raise InvalidLock(message, hint="run `./wasmwright lock --toolchain`")
    return found


def read_locks(recipes: Iterable[WrittenRecipe]) -> dict[str, PackageLock]:
    """Every lock.json that exists, by the name of its recipe."""
    return {recipe.name: read_package_lock(recipe.lock_path) for recipe in recipes if recipe.lock_path.exists()}


def check_package_locks(
    recipes: Iterable[WrittenRecipe],
    locks: Mapping[str, PackageLock],
    *,
    targets: Sequence[Target],
    known: Mapping[str, WrittenRecipe],
) -> None:
    """Raise InvalidLock with all locks of `recipes` that are missing or stale for one of the `targets`.

    `locks` holds the locks that exist, by name, and `known` all recipes that there are. A disabled recipe needs none.
    """
    faults = {
        recipe.name: f"{shown(recipe.lock_path)}: {fault}"
        for recipe in recipes
        if (fault := lock_fault(recipe, locks.get(recipe.name), targets, known)) is not None
    }
    if not faults:
        return
    lines = [*faults.values()]
    message = lines[0] if len(lines) == 1 else "\n  ".join([f"{len(lines)} locks cannot be used:", *lines])
    raise InvalidLock(message, hint=f"run `./wasmwright lock {' '.join(faults)}`")


def lock_fault(
    recipe: WrittenRecipe,
    lock: PackageLock | None,
    targets: Iterable[Target],
    recipes: Mapping[str, WrittenRecipe],
) -> str | None:
    """Why a lock cannot be used for one of the targets that the recipe is for, or None where it can for all.

    `recipes` are all that there are.
    """
    if recipe.disabled is not None:
        return None
    if lock is None:
        return "is missing"
    if lock.recipe_sha256 != lock_digest(recipe):
        return "was made from another recipe.toml: the recipe has changed since"
    if recipe.build.type is BuildType.LIBRARY:
        return None
    offered = (target for target in targets if why_not(recipe, target.profile.name) is None)
    faults = (_answer_fault(lock.profiles.get(target.profile.name), target, recipe, recipes) for target in offered)
    return next((fault for fault in faults if fault is not None), None)


def lock_digest(recipe: WrittenRecipe) -> str:
    """The sha256, in hex, of all in a recipe that decides what its lock holds. Flags and patches do not."""
    parts = {
        "name": recipe.name,
        "version": recipe.version,
        "type": recipe.build.type,
        "source": _source_parts(recipe),
        "build": {"requires": sorted(recipe.build.requires), "without": sorted(recipe.build.without)},
        "tests": {"requires": sorted(recipe.tests.requires)},
        "dependencies": {"host": sorted(recipe.host), "run": sorted(recipe.run)},
    }
    if recipe.requires:
        parts["requires"] = sorted(recipe.requires)
    if recipe.without:
        parts["without"] = sorted(recipe.without)
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _source_parts(recipe: WrittenRecipe) -> dict[str, object]:
    """What is said of sources. A folder decides which pyproject.toml tells the build requirements."""
    parts = _origin_parts(recipe.source)
    if recipe.source_folder:
        parts["folder"] = recipe.source_folder
    if recipe.further:
        parts["further"] = [{**asdict(further), "origin": _origin_parts(further.origin)} for further in recipe.further]
    return parts


def _origin_parts(origin: Origin) -> dict[str, object]:
    """The fields, and that it is a wheel, which they do not tell: a project of an index has both."""
    return {**asdict(origin), **({"wheel": True} if origin.is_wheel else {})}


def made_for(recipe: WrittenRecipe, target: Target, recipes: Mapping[str, WrittenRecipe]) -> MadeFor:
    """What the answer for a recipe and a target depends on besides the recipe."""
    profile = target.profile
    needed = (recipes[name] for name in recipe.host)
    return MadeFor(
        python=profile.python,
        python_full=profile.python_full,
        python_tag=profile.python_tag,
        platform=profile.platform,
        build_python=target.build_python,
        build_platforms=target.build_platforms,
        wheels={other.name: other.version for other in needed if other.build.type is BuildType.WHEEL},
    )


def _answer_fault(
    answer: Answer | None, target: Target, recipe: WrittenRecipe, recipes: Mapping[str, WrittenRecipe]
) -> str | None:
    if answer is None:
        return f"has no answer for profile {target.profile.name}"
    then, now = answer.made_for, made_for(recipe, target, recipes)
    if then == now:
        return None
    if then.wheels != now.wheels:
        return f"was made for a build with {_listed(then.wheels)}, and the recipes have {_listed(now.wheels)} now"
    moved = next(field.name for field in fields(then) if getattr(then, field.name) != getattr(now, field.name))
    what, was, has = moved.replace("_", " "), _told(getattr(then, moved)), _told(getattr(now, moved))
    return f"was made for {what} {was}, and profile {target.profile.name} has {has} now"


def _told(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _listed(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items()) or "no package's wheel"
