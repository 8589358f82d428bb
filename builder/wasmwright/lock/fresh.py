"""Whether locks belong to the recipes and the toolchain files beside them. No network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.errors import InvalidLock
from wasmwright.lock.model import PackageLock, ToolchainLock, file_sha256, read_package_lock, read_toolchain_lock
from wasmwright.recipe.resolve import lock_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wasmwright.recipe.model import WrittenRecipe


def check_toolchain_lock(path: Path) -> ToolchainLock:
    """The lock beside the base or a profile; InvalidLock when that has changed since."""
    lock = path.with_suffix(".lock.json")
    found = read_toolchain_lock(lock)
    if found.wanted_sha256 != file_sha256(path):
        message = f"{lock.name} was made from another {path.name}, which has changed since"
        raise InvalidLock(message, hint="run `./wasmwright lock --toolchain`")
    return found


def check_package_locks(recipes: Iterable[WrittenRecipe]) -> tuple[PackageLock, ...]:
    """The locks of recipes; InvalidLock with all that are stale."""
    pairs = [(recipe, read_package_lock(recipe.lock_path)) for recipe in recipes]
    stale = [recipe.name for recipe, lock in pairs if lock.recipe_sha256 != lock_digest(recipe)]
    if stale:
        message = f"the recipe has changed since the lock was made: {', '.join(stale)}"
        raise InvalidLock(message, hint=f"run `./wasmwright lock {' '.join(stale)}`")
    return tuple(lock for _, lock in pairs)
