"""Which pinned sources a command needs: the toolchain's and those of packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidLock, UnknownPackage
from wasmwright.lock.base import base_lock_path, base_path, read_base
from wasmwright.lock.model import PackageLock, read_package_lock, read_toolchain_lock
from wasmwright.lock.profile import known_profiles, profile_lock_path
from wasmwright.lock.target import read_known
from wasmwright.lock.wishes import Purpose
from wasmwright.recipe.model import BuildSystem
from wasmwright.recipe.offer import offered
from wasmwright.recipe.parse import RECIPE, load_all, load_recipe
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN, Busybox, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source


def wanted_sources(
    root: Path, profile: str, names: Iterable[str], project: tuple[WrittenRecipe, PackageLock] | None = None
) -> Wanted:
    """What building the packages `names`, and a `project` that depends on them, needs; with neither, the toolchain.

    The private Nix is left out: it is fetched before there is a store. So are, for packages, what tools need that none
    of them asks for, and what serves checks.
    """
    base, base_lock = read_base(base_path(root)), read_toolchain_lock(base_lock_path(root))
    recipes = _with_dependencies(root, names)
    packages = [_Locked(lock=read_package_lock(recipe.lock_path), relock=_relock(recipe)) for recipe in recipes]
    if project is not None:
        recipe, lock = project
        recipes.append(recipe)
        packages.append(_Locked(lock=lock, relock=f"rm {recipe.lock_path}"))
    if packages:
        tools = {tool for recipe in recipes for tool in _tools(recipe)}
        entries = base_lock.entries(base.roots_of_builds(tools), base.tarballs_of_builds(tools))
    else:
        entries = base_lock.entries(base.wishes.roots.keys() - base.roots_for(Purpose.NIX))
    profile_lock = read_toolchain_lock(profile_lock_path(root, profile))
    collected = _Collected(sources=[*entries, *profile_lock.entries()])
    for package in packages:
        collected.add(package.lock.for_profile(profile).entries(), package.relock)
    return collected.wanted(base_lock.busybox)


def all_sources(root: Path) -> Wanted:
    """Every pinned source of the checkout, those of checks and of the private Nix included: what `.#sources` holds."""
    base_lock = read_toolchain_lock(base_lock_path(root))
    locks = [base_lock, *(read_toolchain_lock(profile_lock_path(root, name)) for name in known_profiles(root))]
    collected = _Collected(sources=[source for lock in locks for source in lock.sources.values()])
    for recipe in offered(load_all(root / "pkgs", read_known(root))).values():
        collected.add(read_package_lock(recipe.lock_path).entries(), _relock(recipe))
    return collected.wanted(base_lock.busybox)


def package_names(pkgs: Path) -> tuple[str, ...]:
    """All packages that have a recipe."""
    return tuple(sorted(path.parent.name for path in pkgs.glob("*/recipe.toml")))


def _relock(recipe: WrittenRecipe) -> str:
    return f"./wasmwright lock {recipe.name}"


@dataclass(frozen=True, kw_only=True)
class _Locked:
    """The lock of a package, and the command that makes it anew."""

    lock: PackageLock
    relock: str


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


def _tools(recipe: WrittenRecipe) -> set[str]:
    """What the recipe asks for, and CMake, which a library's build system implies."""
    return {*recipe.build.tools, *(["cmake"] if recipe.build.system is BuildSystem.CMAKE else [])}


def _with_dependencies(root: Path, names: Iterable[str]) -> list[WrittenRecipe]:
    """The recipes of packages and of all that they need, by name."""
    recipes: dict[str, WrittenRecipe] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in recipes:
            continue
        path = root / "pkgs" / name / RECIPE
        if not path.exists():
            message = f"there is no package {name}"
            raise UnknownPackage(message, hint=f"packages: {', '.join(package_names(root / 'pkgs')) or 'none'}")
        recipes[name] = load_recipe(path, read_known(root))
        waiting += (*recipes[name].host, *recipes[name].run)
    return [recipes[name] for name in sorted(recipes)]
