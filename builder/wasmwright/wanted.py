"""Which pinned sources a command needs: the toolchain's and those of packages."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.errors import InvalidLock
from wasmwright.graph import closure
from wasmwright.limits import LimitExceeded
from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.fresh import check_toolchain_lock
from wasmwright.lock.inside import Inside, inside_path
from wasmwright.lock.model import PackageLock, read_package_lock
from wasmwright.lock.profile import known_profiles, profile_path
from wasmwright.lock.wishes import Purpose
from wasmwright.names import find
from wasmwright.recipe.offer import offered
from wasmwright.recipe.parse import RECIPE
from wasmwright.recipe.resolve import edges
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN, Busybox, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.lock.base import Toolchain
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source


def wanted_sources(  # noqa: PLR0913 - all that decides it
    root: Path,
    profile: str,
    names: Iterable[str],
    *,
    recipes: Mapping[str, WrittenRecipe],
    project: tuple[WrittenRecipe, PackageLock] | None = None,
    outputs: bool = False,
) -> Wanted:
    """What building the packages `names`, and a `project` that depends on them, needs; with neither, the toolchain.

    `recipes` are all of the checkout `root`. The private Nix is left out: it is fetched before there is a store. So
    are, for packages, what tools need that none of them asks for, and what serves checks, or outputs unless `outputs`
    are made of them. Raises UnknownPackage and InvalidLock.
    """
    base, base_lock = read_base(base_path(root)), check_toolchain_lock(base_path(root))
    needed = _needed(recipes, names)
    packages = [_Package(recipe=recipe, lock=read_package_lock(recipe.lock_path)) for recipe in needed.values()]
    if project is not None:
        recipe, lock = project
        packages.append(_Package(recipe=recipe, lock=lock, relock=f"rm {recipe.lock_path}"))
    if packages:
        tools = {tool for package in packages for tool in _tools(package.recipe, base)}
        roots, wheels = base.roots_of_builds(tools), base.wheels_of_builds()
        if outputs:
            roots, wheels = roots | base.roots_for(Purpose.OUTPUTS), wheels | base.wheels_for(Purpose.OUTPUTS)
        entries = base_lock.entries(roots, base.tarballs_of_builds(tools), wheels)
    else:
        entries = base_lock.entries(base.wishes.roots.keys() - base.roots_for(Purpose.NIX))
    profile_lock = check_toolchain_lock(profile_path(root, profile))
    collected = _Collected(sources=[*entries, *profile_lock.entries()])
    for package in packages:
        collected.add(package.lock.for_profile(profile).entries(), package.relock or _relock(package.recipe))
    return collected.wanted(base_lock.busybox)


def and_sources(wanted: Wanted, sources: Iterable[Source], relock: str) -> Wanted:
    """What is wanted, and further sources, which `relock` pins anew. Raises InvalidLock for two files of one name."""
    collected = _Collected(sources=())
    for source in wanted.sources.values():
        collected.add([source], wanted.relock_of(source))
    collected.add(sources, relock)
    return collected.wanted(wanted.busybox)


def all_sources(root: Path, recipes: Mapping[str, WrittenRecipe], names: Iterable[str]) -> Wanted:
    """Every pinned source of the checkout, those of checks and of the private Nix included.

    Of packages it is those of `names` and of what they need: with all names what `.#sources` holds.
    """
    base_lock = check_toolchain_lock(base_path(root))
    locks = [base_lock, *(check_toolchain_lock(profile_path(root, name)) for name in known_profiles(root))]
    collected = _Collected(sources=[source for lock in locks for source in lock.sources.values()])
    for recipe in offered(_needed(recipes, names)).values():
        collected.add(read_package_lock(recipe.lock_path).entries(), _relock(recipe))
    for what in Inside:
        if (lock := inside_path(root, what).with_name("lock.json")).exists():
            collected.add(read_package_lock(lock).entries(), RELOCK_TOOLCHAIN)
    return collected.wanted(base_lock.busybox)


def nix_sources(root: Path) -> tuple[Source, ...]:
    """Those of the private Nix. Raises InvalidLock."""
    return tuple(check_toolchain_lock(base_path(root)).entries(read_base(base_path(root)).roots_for(Purpose.NIX)))


def package_names(pkgs: Path) -> tuple[str, ...]:
    """All packages that have a recipe."""
    return tuple(sorted(path.parent.name for path in pkgs.glob("*/recipe.toml")))


def library_names(pkgs: Path) -> frozenset[str]:
    """Those of the packages whose recipe says that they are libraries; others are not read further."""
    found = set()
    for name in package_names(pkgs):
        with contextlib.suppress(OSError, reading.Unreadable, LimitExceeded):
            build = reading.toml_file(pkgs / name / RECIPE).get("build")
            if isinstance(build, dict) and build.get("type") == "library":
                found.add(name)
    return frozenset(found)


def _needed(recipes: Mapping[str, WrittenRecipe], names: Iterable[str]) -> dict[str, WrittenRecipe]:
    """Packages and all that they need, by name. Raises UnknownPackage."""
    found = closure(edges(recipes), [find(name, recipes) for name in names])
    return {name: recipes[name] for name in sorted(found)}


def _relock(recipe: WrittenRecipe) -> str:
    return f"./wasmwright lock {recipe.name}"


@dataclass(frozen=True, kw_only=True)
class _Package:
    """A package with its lock; `relock` makes that anew, where it is not the command that does so for recipes."""

    recipe: WrittenRecipe
    lock: PackageLock
    relock: str | None = None


class _Collected:
    """Sources of the toolchain, and then those of packages."""

    def __init__(self, *, sources: Iterable[Source]) -> None:
        self._sources: dict[str, Source] = {}
        self._relock: dict[str, str] = {}
        self.add(sources, RELOCK_TOOLCHAIN)

    def add(self, sources: Iterable[Source], relock: str) -> None:
        """Add what the command `relock` pins anew. Raises InvalidLock where a file of that name is another one."""
        for source in sources:
            known = self._sources.setdefault(source.name, source)
            if known.sha256 != source.sha256:
                message = f"two locks pin different files named {source.name}"
                raise InvalidLock(message, hint=f"run `{relock}`")
            self._relock.setdefault(source.name, relock)

    def wanted(self, busybox: Busybox | None) -> Wanted:
        """All of them."""
        return Wanted(sources=self._sources, relock=self._relock, busybox=busybox)


def _tools(recipe: WrittenRecipe, base: Toolchain) -> set[str]:
    """What the recipe asks for, and what a library's build system implies."""
    system = recipe.build.system
    return {*recipe.build.tools, *(base.systems[system] if system is not None else ())}
