"""A package's folder for another version: recipe, lock and package.nix together, or as they were before.

What changes is worked out first, and patches are tried against the new source; then it is written.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import limits, reading
from wasmwright.checkout import Checkout
from wasmwright.errors import PatchesRefused, Unresolvable
from wasmwright.files import write_text
from wasmwright.generate.files import PACKAGE, refresh_package_page, write
from wasmwright.graph import dependents
from wasmwright.lock.document import write_lock
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.package import PackageLocking
from wasmwright.recipe.hunks import HunkFault, PatchTrial, Tried
from wasmwright.recipe.parse import parse_recipe
from wasmwright.recipe.problems import Problems, shown
from wasmwright.recipe.resolve import edges
from wasmwright.recipe.write import set_version
from wasmwright.sources.kinds.table import kind_of
from wasmwright.sources.tree import unpack_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wasmwright.lock.model import PackageLock
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries


@dataclass(frozen=True, kw_only=True)
class MovedPin:
    """A file of the lock before and after, by the name of its project; None where it was not there, or is no more."""

    name: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        return f"{self.name}: {self.old or 'new'} -> {self.new or 'gone'}"


@dataclass(frozen=True, kw_only=True)
class PackageUpdate:
    """What another version of a package means. `text` is the recipe as it will be, `old_recipe` what it is now.

    `requirements` are the pinned ones that move, by profile: of the build, the tests and the package itself. `mentions`
    are further lines of the recipe that name the old version. `stale` are packages whose locks will not fit any more,
    `dependents` all that need it.
    """

    old_recipe: WrittenRecipe
    recipe: WrittenRecipe
    text: str
    lock: PackageLock
    sources: tuple[tuple[Source | None, Source], ...]
    requirements: Mapping[str, tuple[MovedPin, ...]]
    patches: tuple[PatchTrial, ...]
    mentions: tuple[int, ...]
    stale: tuple[str, ...]
    dependents: tuple[str, ...]

    @property
    def refused(self) -> tuple[PatchTrial, ...]:
        """The patches that do not apply."""
        return tuple(patch for patch in self.patches if patch.faults)


def prepare_update(recipe: WrittenRecipe, version: str, checkout: Checkout, registries: Registries) -> PackageUpdate:
    """Work out what `version` means; nothing is written. Raises what parsing and locking raise."""
    written = reading.file_text(recipe.path, limits.TOML_SIZE)
    text = set_version(written, version)
    new = _parsed(recipe, text, checkout)
    recipes = checkout.recipes.including(new)
    lock = PackageLocking(targets=checkout.targets, recipes=recipes, registries=registries).lock(new)
    old = read_package_lock(recipe.lock_path) if recipe.lock_path.exists() else None
    before = {(own.into, own.profiles): own.source for own in old.own} if old is not None else {}
    graph = edges(checkout.recipes)
    return PackageUpdate(
        old_recipe=recipe,
        recipe=new,
        text=text,
        lock=lock,
        sources=tuple((before.get((own.into, own.profiles)), own.source) for own in lock.own),
        requirements=_requirements(old, lock),
        patches=_try_patches(new, lock.own[0].source, registries) if new.patches else (),
        mentions=_mentions(text, recipe.version, version),
        stale=tuple(sorted(name for name, other in checkout.recipes.items() if recipe.name in other.host)),
        dependents=tuple(sorted(dependents(graph, [recipe.name]) - {recipe.name})),
    )


def write_update(update: PackageUpdate, checkout: Checkout) -> None:
    """Write recipe, lock and package.nix; where one cannot be made, all are as before."""
    recipe = update.recipe
    with _as_before([recipe.path, recipe.lock_path, recipe.folder / PACKAGE]):
        write_text(recipe.path, update.text)
        write_lock(recipe.lock_path, update.lock)
        fresh = Checkout(root=checkout.root, profile=checkout.profile)
        write(checkout.root, fresh.generated([recipe.name]))
    refresh_package_page(checkout.root, fresh.recipes)


def check_patches(update: PackageUpdate) -> None:
    """Raise PatchesRefused where one does not apply, with every hunk."""
    if not update.refused:
        return
    names = ", ".join(patch.name for patch in update.refused)
    lines = [f"{patch.name}: {fault}" for patch in update.refused for fault in patch.faults]
    version = update.recipe.version
    counted = f"{len(update.refused)} of {len(update.patches)} patches"
    message = f"{counted} do not apply to {update.recipe.name} {version}: {names}"
    raise PatchesRefused(
        message,
        excerpt="\n".join(lines),
        hint="nothing was written; with --despite-patches all else is, and the patches are yours to make anew or drop",
    )


def _parsed(recipe: WrittenRecipe, text: str, checkout: Checkout) -> WrittenRecipe:
    problems = Problems()
    folder = recipe.folder
    files = {file.relative_to(folder).as_posix() for file in (*folder.glob("*"), *folder.glob("patches/*"))}
    new = parse_recipe(text, recipe.path, files, problems, known=checkout.known)
    problems.raise_if_any()
    assert new is not None
    return replace(new, smoke_test=recipe.smoke_test)


def _requirements(old: PackageLock | None, new: PackageLock) -> dict[str, tuple[MovedPin, ...]]:
    found = {}
    for profile in new.profiles:
        known = old is not None and profile in old.profiles
        before = _versions(old, profile) if old is not None and known else {}
        after = _versions(new, profile)
        names = sorted(before.keys() | after.keys())
        moved = (MovedPin(name=name, old=before.get(name), new=after.get(name)) for name in names)
        found[profile] = tuple(one for one in moved if one.old != one.new)
    return found


def _versions(lock: PackageLock, profile: str) -> dict[str, str]:
    view = lock.for_profile(profile)
    wheels = (*view.build_requires, *view.test_requires, *view.run_requires)
    return {wheel.package.name: wheel.package.version or "" for wheel in wheels}


def _try_patches(recipe: WrittenRecipe, source: Source, registries: Registries) -> tuple[PatchTrial, ...]:
    registries.step(f"{recipe.name}: trying patches on {source.file}")
    content = registries.content(source, kind_of(source).urls(source, registries))
    with tempfile.TemporaryDirectory(prefix="wasmwright-") as folder:
        archive = Path(folder, "archive")
        archive.write_bytes(content)
        top = unpack_tree(archive, Path(folder, "unpacked"))
        tried = Tried(read=lambda file: _read(top, file))
        return tuple(_try(tried, name, recipe.folder / "patches" / name) for name in recipe.patches)


def _try(tried: Tried, name: str, path: Path) -> PatchTrial:
    try:
        return tried.apply(name, path.read_bytes().decode("latin-1"))
    except ValueError as error:
        fault = HunkFault(file=name, number=1, line=1, why=f"the patch cannot be tried: {error}")
        return PatchTrial(name=name, hunks=1, moved=0, faults=(fault,))


def _read(top: Path, file: str) -> str | None:
    path = (top / file).resolve()
    if not path.is_relative_to(top.resolve()) or not path.is_file():
        return None
    return path.read_bytes().decode("latin-1")


def _mentions(text: str, old: str, new: str) -> tuple[int, ...]:
    """Lines that name the old version still, such as those of flags."""
    if old == new or "." not in old:
        return ()
    return tuple(number for number, line in enumerate(text.splitlines(), 1) if old in line)


@contextmanager
def _as_before(paths: Sequence[Path]) -> Iterator[None]:
    """What is written inside stays only if all of it can be."""
    before = {path: path.read_bytes() if path.exists() else None for path in paths}
    try:
        yield
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise


def refuse_unknown(recipe: WrittenRecipe, passed_over: str) -> Unresolvable:
    """The error for a package of which no version fits, or whose source no version decides."""
    if passed_over:
        message = f"no version of {recipe.name} fits its profiles: {passed_over}"
        return Unresolvable(message, hint=f"limit `profiles` in {shown(recipe.path)}, or take another [source]")
    message = f"nobody tells the newest version of {recipe.name}: its source names a revision"
    return Unresolvable(
        message, hint=f"change [source] in {shown(recipe.path)}, then `./wasmwright lock {recipe.name}`"
    )
