"""The generated files of a checkout: which there are, whether they are fresh, writing them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import names as package_names
from wasmwright.errors import StaleGenerated
from wasmwright.files import openable, write_text
from wasmwright.generate import packagepage
from wasmwright.generate.render import package_nix
from wasmwright.graph import closure
from wasmwright.lock.fresh import check_package_locks, read_locks
from wasmwright.recipe.resolve import check_dependencies, edges, resolve_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wasmwright.lock.target import Target
    from wasmwright.recipe.known import Known
    from wasmwright.recipe.recipes import Recipes

PACKAGE = "package.nix"
_DIFF_LINES = 12
_NAMED = 10
# What of a file that is much longer than it should be is looked at.
_COMPARED_BYTES = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Generated:
    """A file as it should be. `path` is relative to the checkout; `text` None: it should not exist."""

    path: str
    text: str | None


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A file that is not as it should be, why, and the first lines of the difference."""

    path: str
    reason: str
    diff: str


def plan(
    root: Path,
    recipes: Recipes,
    names: Sequence[str],
    *,
    known: Known,
    targets: Sequence[Target],
) -> list[Generated]:
    """The generated files of the named packages; without names of all, and those that belong to no package.

    `recipes` are all of the checkout `root`, `known` what they may name besides, `targets` those that locks have to
    have answers for. Raises InvalidRecipe, DependencyCycle, InvalidLock, and for names InvalidName and UnknownPackage.
    """
    if not names:
        recipes.check()
    wanted = [package_names.find(name, recipes) for name in names] or sorted(recipes)
    check_dependencies(recipes, wanted)
    needed = closure(edges(recipes), wanted)
    used = {name: recipe for name, recipe in recipes.items() if name in needed}
    check_package_locks(used.values(), read_locks(used.values()), targets=targets, known=recipes)
    resolved = resolve_all(used)
    files = [
        Generated(path=f"pkgs/{name}/{PACKAGE}", text=package_nix(resolved[name])) for name in dict.fromkeys(wanted)
    ]
    if names:
        return files
    from wasmwright.generate.pages import PAGES  # noqa: PLC0415 - takes long to import, and builds need no page

    pages = [Generated(path=path, text=text(known)) for path, text in PAGES.items()]
    return [*files, *_orphans(root, recipes), *pages, _package_page(recipes)]


def drift(root: Path, files: Iterable[Generated]) -> list[Drift]:
    """Those of the files that are not as they should be."""
    compared = (_compare(root / file.path, file) for file in files)
    return [found for found in compared if found is not None]


def write(root: Path, files: Iterable[Generated]) -> None:
    """Write every file that should exist, each in one step."""
    for file in files:
        if file.text is not None:
            write_text(root / file.path, file.text)


def refresh_package_page(root: Path, recipes: Recipes) -> None:
    """Write the page of all packages anew, where the checkout has it, and no recipe has mistakes."""
    page = _package_page(recipes)
    if not recipes.broken and (root / page.path).exists():
        write(root, [page])


def _package_page(recipes: Recipes) -> Generated:
    return Generated(path=packagepage.PAGE, text=packagepage.package_page(recipes.values()))


def stale(found: Sequence[Drift]) -> StaleGenerated:
    """The error that names every drifted file, with a short diff."""
    lines = [f"{drift.path}: {drift.reason}" for drift in found]
    message = lines[0] if len(lines) == 1 else "\n  ".join([f"{len(lines)} generated files are not fresh:", *lines])
    orphans = [drift.path for drift in found if not drift.diff]
    names = [Path(drift.path).parent.name for drift in found if Path(drift.path).name == PACKAGE and drift.diff]
    # Other recipes may not be ready: what is asked for is the packages alone, where they are all.
    is_few = len(names) + len(orphans) == len(found) and len(names) <= _NAMED
    which = f" {' '.join(names)}" if is_few else ""
    advice = f"run `./wasmwright generate{which}`" if len(orphans) < len(found) else ""
    removal = f"delete {', '.join(orphans)} or restore the recipe.toml beside it" if orphans else ""
    hint = "; ".join(part for part in (advice, removal) if part)
    return StaleGenerated(message, hint=hint, excerpt="\n".join(drift.diff for drift in found if drift.diff) or None)


def _orphans(root: Path, known: Iterable[str]) -> list[Generated]:
    paths = sorted((root / "pkgs").glob(f"*/{PACKAGE}"))
    return [
        Generated(path=f"pkgs/{path.parent.name}/{PACKAGE}", text=None)
        for path in paths
        if path.parent.name not in known
    ]


def _compare(path: Path, file: Generated) -> Drift | None:
    if file.text is None:
        return Drift(path=file.path, reason="there is no recipe.toml beside it", diff="")
    fresh = file.text.encode()
    try:
        with openable(path).open("rb") as opened:
            present = opened.read(len(fresh) + _COMPARED_BYTES)
    except FileNotFoundError:
        return Drift(path=file.path, reason="does not exist", diff=_short_diff("", file))
    if present == fresh:
        return None
    diff = _short_diff(present.decode(errors="replace"), file)
    return Drift(path=file.path, reason="differs from what its recipe and lock say", diff=diff)


def _short_diff(present: str, file: Generated) -> str:
    assert file.text is not None
    lines = list(
        difflib.unified_diff(
            present.splitlines(),
            file.text.splitlines(),
            f"{file.path} (present)",
            f"{file.path} (fresh)",
            "",
            "",
            1,
            "",
        )
    )
    left = len(lines) - _DIFF_LINES
    return "\n".join([*lines[:_DIFF_LINES], *([f"... {left} more lines"] if left > 0 else [])])
