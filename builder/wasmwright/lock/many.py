"""Many packages locked side by side, each for itself: one that cannot be locked keeps none of the others from it."""

from __future__ import annotations

from concurrent.futures import as_completed
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError
from wasmwright.pool import interruptible_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wasmwright.lock.model import PackageLock
    from wasmwright.lock.package import PackageLocking
    from wasmwright.recipe.model import WrittenRecipe

# Each waits for registries most of the time, and for pip, which needs a processor.
_AT_ONCE = 4


def lock_many(
    recipes: Sequence[WrittenRecipe], locking: PackageLocking, on_locked: Callable[[WrittenRecipe, PackageLock], None]
) -> None:
    """Lock `recipes`, and hand over each lock as it is made, one at a time.

    Raises the error of the one that failed, at the end; where several did, one that tells of all.
    """
    failed: dict[str, WasmwrightError] = {}
    with interruptible_pool(_AT_ONCE) as pool:
        waiting = {pool.submit(locking.lock, recipe): recipe for recipe in recipes}
        for future in as_completed(waiting):
            recipe = waiting[future]
            try:
                lock = future.result()
            except WasmwrightError as error:
                failed[recipe.name] = error
            else:
                on_locked(recipe, lock)
    if failed:
        raise _together([failed[recipe.name] for recipe in recipes if recipe.name in failed], len(recipes))


def _together(errors: Sequence[WasmwrightError], count: int) -> WasmwrightError:
    first, *others = errors
    if not others:
        return first
    lines = "".join(f"\n  {error}" for error in errors)
    hints = dict.fromkeys(error.hint for error in errors if error.hint)
    excerpts = dict.fromkeys(error.excerpt for error in errors if error.excerpt)
    told = WasmwrightError(
        f"{len(errors)} of {count} packages could not be locked:{lines}",
        hint="; ".join(hints),
        excerpt="\n".join(excerpts) or None,
    )
    told.exit_code = first.exit_code
    return told
