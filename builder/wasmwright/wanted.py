"""Which pinned sources a command needs: the toolchain's and those of packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.errors import InvalidLock, UnknownPackage
from wasmwright.lock.base import base_lock_path, base_path, read_base
from wasmwright.lock.model import PackageLock, read_package_lock, read_toolchain_lock
from wasmwright.lock.profile import known_profiles, profile_lock_path
from wasmwright.lock.wishes import Purpose
from wasmwright.recipe.known import Known
from wasmwright.recipe.model import BuildSystem
from wasmwright.recipe.offer import offered
from wasmwright.recipe.parse import load_all, load_recipe
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wasmwright.lock.model import ToolchainLock
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
    locks = _with_dependencies(root / "pkgs", names)
    recipes = [load_recipe(root / "pkgs" / lock.name / "recipe.toml", _known(root)) for lock in locks]
    tools = {tool for recipe in recipes for tool in _tools(recipe)}
    relocks = _relocks(locks)
    if project is not None:
        recipe, lock = project
        tools |= _tools(recipe)
        relocks.append((lock, f"rm {recipe.lock_path}"))
    if relocks:
        entries = base_lock.entries(base.roots_of_builds(tools), base.tarballs_of_builds(tools))
    else:
        entries = base_lock.entries(base.wishes.roots.keys() - base.roots_for(Purpose.NIX))
    profile_lock = read_toolchain_lock(profile_lock_path(root, profile))
    return _collected(base_lock, [*entries, *profile_lock.entries()], relocks)


def all_sources(root: Path) -> Wanted:
    """Every pinned source of the checkout, those of checks and of the private Nix included: what `.#sources` holds."""
    base_lock = read_toolchain_lock(base_lock_path(root))
    locks = [base_lock, *(read_toolchain_lock(profile_lock_path(root, name)) for name in known_profiles(root))]
    relocks = _relocks(_with_dependencies(root / "pkgs", _enabled(root)))
    return _collected(base_lock, [source for lock in locks for source in lock.sources.values()], relocks)


def package_names(pkgs: Path) -> tuple[str, ...]:
    """All packages that have a recipe."""
    return tuple(sorted(path.parent.name for path in pkgs.glob("*/recipe.toml")))


def _enabled(root: Path) -> list[str]:
    recipes = load_all(root / "pkgs", _known(root))
    return sorted(offered(recipes))


def _known(root: Path) -> Known:
    return Known(tools=tuple(read_base(base_path(root)).tools), profiles=known_profiles(root))


def _relocks(locks: Iterable[PackageLock]) -> list[tuple[PackageLock, str]]:
    """Locks of packages, each with the command that makes it anew."""
    return [(lock, f"./wasmwright lock {lock.name}") for lock in locks]


def _collected(
    base_lock: ToolchainLock, entries: Iterable[Source], relocks: Iterable[tuple[PackageLock, str]]
) -> Wanted:
    """Entries of the toolchain, and those of all these locks."""
    sources: dict[str, Source] = {}
    for source in entries:
        if sources.setdefault(source.name, source).sha256 != source.sha256:
            message = f"the locks of the toolchain pin two different files named {source.name}"
            raise InvalidLock(message, hint=f"run `{RELOCK_TOOLCHAIN}`")
    relock = dict.fromkeys(sources, RELOCK_TOOLCHAIN)
    for lock, command in relocks:
        for source in lock.entries():
            sources.setdefault(source.name, source)
            relock.setdefault(source.name, command)
    return Wanted(sources=sources, relock=relock, busybox=base_lock.busybox)


def _tools(recipe: WrittenRecipe) -> set[str]:
    """What the recipe asks for, and CMake, which a library's build system implies."""
    return {*recipe.build.tools, *(["cmake"] if recipe.build.system is BuildSystem.CMAKE else [])}


def _with_dependencies(pkgs: Path, names: Iterable[str]) -> list[PackageLock]:
    locks: dict[str, PackageLock] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in locks:
            continue
        if not (pkgs / name / "recipe.toml").exists():
            message = f"there is no package {name}"
            raise UnknownPackage(message, hint=f"packages: {', '.join(package_names(pkgs)) or 'none'}")
        locks[name] = read_package_lock(pkgs / name / "lock.json")
        waiting += (*locks[name].host, *locks[name].run)
    return [locks[name] for name in sorted(locks)]
