"""Which sources a command needs: the toolchain's, and those of packages with all that they depend on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.errors import UnknownPackage
from wasmwright.lock.model import PackageLock, read_package_lock, read_toolchain_lock
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.model import BuildSystem
from wasmwright.recipe.parse import load_recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.lock.model import Busybox, ToolchainLock
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source

RELOCK_TOOLCHAIN = "./wasmwright lock --toolchain --regenerate"
NIX_ROOT = "nix"
# Roots and tarballs of which only the builds of some recipes know, by the tool that these name.
TOOL_ROOTS = {"cmake": "cmake", "flang": "flang", "flang-compiler": "flang"}
TOOL_TARBALLS = {"flang": "llvm-flang"}
# Roots of which no build of a package knows.
CHECK_ROOTS = ("lfortran", "native")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Sources, the command that locks each of them anew (by store name), and the first shell."""

    sources: Mapping[str, Source]
    relock: Mapping[str, str] = field(default_factory=dict)
    busybox: Busybox | None = None

    def relock_of(self, source: Source) -> str:
        """The command that pins what the mirrors have now."""
        return self.relock.get(source.name, RELOCK_TOOLCHAIN)


def wanted_sources(
    toolchain_lock: Path, pkgs: Path, names: Iterable[str], project: tuple[WrittenRecipe, PackageLock] | None = None
) -> Wanted:
    """What building the packages `names`, and a `project` that depends on them, needs; with neither, the toolchain.

    The private Nix is left out: it is fetched before there is a store. So are, for packages, the roots of tools that
    none of them asks for, and those of checks.
    """
    toolchain = read_toolchain_lock(toolchain_lock)
    locks = _with_dependencies(pkgs, names)
    tools = {tool for lock in locks for tool in _tools(load_recipe(pkgs / lock.name / "recipe.toml", KNOWN))}
    relocks = _relocks(locks)
    if project is not None:
        recipe, lock = project
        tools |= _tools(recipe)
        relocks.append((lock, f"rm {recipe.lock_path}"))
    used = {root for tool, root in TOOL_ROOTS.items() if tool in tools}
    unused = {*CHECK_ROOTS, *TOOL_ROOTS.values()} - used if relocks else set()
    tarballs = {TOOL_TARBALLS[tool] for tool in tools if tool in TOOL_TARBALLS} if relocks else toolchain.tarballs
    entries = (*toolchain.entries(without={NIX_ROOT, *unused}), *map(toolchain.tarball_entry, sorted(tarballs)))
    return _collected(toolchain, entries, relocks)


def all_sources(toolchain_lock: Path, pkgs: Path) -> Wanted:
    """Every pinned source of the checkout, those of checks and of the private Nix included: what `.#sources` holds."""
    toolchain = read_toolchain_lock(toolchain_lock)
    relocks = _relocks(_with_dependencies(pkgs, _enabled(pkgs)))
    return _collected(toolchain, toolchain.sources.values(), relocks)


def package_names(pkgs: Path) -> tuple[str, ...]:
    """All packages that have a recipe."""
    return tuple(sorted(path.parent.name for path in pkgs.glob("*/recipe.toml")))


def _enabled(pkgs: Path) -> list[str]:
    names = package_names(pkgs)
    return [name for name in names if load_recipe(pkgs / name / "recipe.toml", KNOWN).disabled is None]


def _relocks(locks: Iterable[PackageLock]) -> list[tuple[PackageLock, str]]:
    """Locks of packages, each with the command that makes it anew."""
    return [(lock, f"./wasmwright lock {lock.name}") for lock in locks]


def _collected(
    toolchain: ToolchainLock, entries: Iterable[Source], relocks: Iterable[tuple[PackageLock, str]]
) -> Wanted:
    """Entries of the toolchain, and those of all these locks."""
    sources = {source.name: source for source in entries}
    relock = dict.fromkeys(sources, RELOCK_TOOLCHAIN)
    for lock, command in relocks:
        for source in lock.entries():
            sources.setdefault(source.name, source)
            relock.setdefault(source.name, command)
    return Wanted(sources=sources, relock=relock, busybox=toolchain.busybox)


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
