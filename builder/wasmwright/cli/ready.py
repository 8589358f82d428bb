"""What packages have to have before Nix builds them: locks, generated files, and git's knowledge of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import log
from wasmwright.errors import UnknownToGit
from wasmwright.generate.files import drift, stale, write
from wasmwright.gitcheckout import tracked
from wasmwright.graph import closure
from wasmwright.lock.document import write_lock
from wasmwright.lock.many import lock_many
from wasmwright.lock.package import PackageLocking
from wasmwright.recipe.problems import shown
from wasmwright.recipe.resolve import check_dependencies, edges
from wasmwright.sources.registries import this_machines_registries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.generate.files import Generated
    from wasmwright.lock.model import PackageLock
    from wasmwright.recipe.model import WrittenRecipe


def make_ready(checkout: Checkout, names: Iterable[str]) -> None:
    """Lock and generate what these packages, and those they need, lack; then check them.

    What is there is left as it is: a lock that is stale moves no pin unasked. Raises what check_ready raises.
    """
    needed = _needed(checkout, names)
    recipes = (checkout.recipes[name] for name in needed)
    unlocked = [recipe for recipe in recipes if recipe.disabled is None and not recipe.lock_path.exists()]
    if unlocked:
        lock_many(unlocked, _locking(checkout), _write_lock)
    files = checkout.generated(needed) if needed else []
    for file in files:
        if not (checkout.root / file.path).exists():
            log.say(f"writing {file.path}")
            write(checkout.root, [file])
    _check(checkout, needed, files)


def check_ready(checkout: Checkout, names: Iterable[str]) -> None:
    """Raise where Nix would not see these packages, and those they need, as their recipes say.

    That is InvalidRecipe, DependencyCycle, InvalidLock, StaleGenerated, or UnknownToGit.
    """
    needed = _needed(checkout, names)
    _check(checkout, needed, checkout.generated(needed) if needed else [])


def _check(checkout: Checkout, needed: Iterable[str], files: Iterable[Generated]) -> None:
    """Raise for generated files that are not fresh, and for what git does not know."""
    found = drift(checkout.root, files)
    if found:
        raise stale(found)
    _check_known_to_git(checkout, needed)


def _needed(checkout: Checkout, names: Iterable[str]) -> list[str]:
    names = tuple(names)
    check_dependencies(checkout.recipes, names)
    return sorted(closure(edges(checkout.recipes), names))


def _write_lock(recipe: WrittenRecipe, lock: PackageLock) -> None:
    write_lock(recipe.lock_path, lock)
    log.say(f"wrote {shown(recipe.lock_path)}")


def _locking(checkout: Checkout) -> PackageLocking:
    return PackageLocking(
        targets=checkout.targets, recipes=checkout.recipes, registries=this_machines_registries(log.say)
    )


def _check_known_to_git(checkout: Checkout, names: Iterable[str]) -> None:
    root = checkout.root
    recipes = (checkout.recipes[name] for name in names)
    wanted = [path.relative_to(root).as_posix() for recipe in recipes for path in _files_for_nix(recipe)]
    known = tracked(root, wanted) if wanted else None
    unknown = sorted({*wanted} - known) if known is not None else []
    if unknown:
        more = f" and {len(unknown) - 1} more files" if len(unknown) > 1 else ""
        folders = dict.fromkeys("/".join(path.split("/")[:2]) for path in unknown)
        message = f"git does not know {unknown[0]}{more}, and Nix sees only what git knows"
        raise UnknownToGit(message, hint=f"`git add {' '.join(folders)}`, then run the same command again")


def _files_for_nix(recipe: WrittenRecipe) -> Iterator[Path]:
    """What Nix reads of a recipe's folder."""
    yield recipe.folder / "package.nix"
    if recipe.disabled is None:
        yield recipe.lock_path
    yield from (recipe.folder / "patches" / patch for patch in recipe.patches)
    if recipe.smoke_test:
        yield recipe.folder / "test_import.py"
