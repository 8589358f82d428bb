"""What images have inside beside packages: named by recipes that build nothing, locked as packages are."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidLock
from wasmwright.lock.fresh import lock_fault
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.package import Chosen, ProjectWishes
from wasmwright.recipe.parse import load_recipe
from wasmwright.sources.kinds.folder import FolderSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.lock.model import PackageLock
    from wasmwright.lock.package import PackageLocking
    from wasmwright.lock.target import Target
    from wasmwright.recipe.known import Known
    from wasmwright.recipe.model import WrittenRecipe


class Inside(StrEnum):
    """Whose wheels they are, by the folder of nix/outputs/ that asks for them."""

    WHEEL_TOOLS = "wheel-tools"
    COMMAND_LINE = "command-line"


def inside_path(root: Path, what: Inside) -> Path:
    """The file of the checkout `root` that asks for them."""
    return root / "nix/outputs" / what / "recipe.toml"


def read_inside(root: Path, known: Known, what: Inside) -> WrittenRecipe:
    """What is asked for. Raises InvalidRecipe."""
    return load_recipe(inside_path(root, what), known, own=FolderSource(requires=()))


def inside_lock(recipe: WrittenRecipe, targets: Iterable[Target], recipes: Mapping[str, WrittenRecipe]) -> PackageLock:
    """The lock beside it. Raises InvalidLock where there is none that fits the recipe, the targets and `recipes`."""
    lock = read_package_lock(recipe.lock_path) if recipe.lock_path.exists() else None
    fault = lock_fault(recipe, lock, targets, recipes)
    if lock is None or fault is not None:
        message = f"{recipe.folder.name}/{recipe.lock_path.name} {fault}"
        raise InvalidLock(message, hint="run `./wasmwright lock --toolchain`")
    return lock


def lock_inside(recipe: WrittenRecipe, locking: PackageLocking, *, old: PackageLock | None) -> PackageLock:
    """Resolve it for every target. What has a solution with the versions of `old` keeps them."""
    if old is not None and lock_fault(recipe, old, locking.targets, locking.recipes) is None:
        return old
    chosen: dict[str, Chosen] = {}
    for target in locking.targets:
        near = _chosen(old, target) or next(iter(chosen.values()), None)
        chosen[target.profile.name] = locking.choose(recipe, ProjectWishes(), target, near=near)
    return locking.assemble(recipe, (), chosen)


def _chosen(old: PackageLock | None, target: Target) -> Chosen | None:
    if old is None or target.profile.name not in old.profiles:
        return None
    answer = old.for_profile(target.profile.name)
    return Chosen(build_requires=answer.build_requires, test_requires=answer.test_requires)
