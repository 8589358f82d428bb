"""What a file below `nix/toolchain/` asks for, and digests that tell what changed since a lock was made. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from wasmwright.graph import chain, closure, find_cycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.lock.pins import ToolchainLock
    from wasmwright.lock.tables import TomlTable

BUSYBOX = "busybox"


class Purpose(StrEnum):
    """What a root or wheel is for that no build of a package sees."""

    CHECKS = "checks"
    NIX = "nix"
    OUTPUTS = "outputs"


@dataclass(frozen=True, kw_only=True)
class Root:
    """Debian packages that make one tool root; without `purpose`, builds use it."""

    suite: str
    packages: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    purpose: Purpose | None = None


@dataclass(frozen=True, kw_only=True)
class WheelWish:
    """One wheel, without its dependencies; without `purpose`, builds use it."""

    requirement: str
    purpose: Purpose | None = None


@dataclass(frozen=True, kw_only=True)
class BusyboxWish:
    """The package and the member that hold the first shell."""

    suite: str
    package: str
    member: str


@dataclass(frozen=True, kw_only=True)
class TarballWish:
    """A Debian source package whose upstream tarball is wanted. `version` is upstream's; the suite's own without it."""

    suite: str
    package: str
    version: str | None = None


@dataclass(frozen=True, kw_only=True)
class Machine:
    """The machine that builds: its part of the Debian archive, and the tags that its wheels may have."""

    architecture: str
    component: str
    platforms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """The entries of a file that resolve by themselves, by table and name."""

    roots: Mapping[str, Root]
    npm: Mapping[str, str]
    wheels: Mapping[str, WheelWish] = field(default_factory=dict)
    tarballs: Mapping[str, TarballWish] = field(default_factory=dict)
    busybox: BusyboxWish | None = None

    def digests(self, machine: Machine) -> dict[str, str]:
        """A digest for each entry, by a name such as `roots.llvm` or `wheels.build`."""
        archive = [machine.architecture, machine.component]
        asked: dict[str, object] = {}
        if self.busybox is not None:
            asked[BUSYBOX] = [archive, asdict(self.busybox)]
        asked |= {f"roots.{name}": [archive, _resolved_from(root)] for name, root in self.roots.items()}
        asked |= {f"wheels.{name}": [machine.platforms, wish.requirement] for name, wish in self.wheels.items()}
        asked |= {f"npm.{name}": wish for name, wish in self.npm.items()}
        asked |= {f"tarballs.{name}": asdict(wish) for name, wish in self.tarballs.items()}
        return {name: hashlib.sha256(json.dumps(wish).encode()).hexdigest()[:16] for name, wish in asked.items()}


def read_wishes(document: TomlTable, *, is_base: bool) -> Wishes:
    """The entries of a file; wheels, tarballs and the first shell are in the base only."""
    roots = {name: _root(table) for name, table in document.table("roots").all_tables().items()}
    for name, root in roots.items():
        for other in root.without:
            if other not in roots:
                document.faults.append(f"roots.{name}.without names {other}, which is no root of this file")
    cycle = find_cycle({name: root.without for name, root in roots.items()})
    if cycle is not None:
        document.faults.append(f"roots.{cycle[0]}.without leads back to it: {chain(cycle)}")
    npm = document.table("npm").all_texts()
    if not is_base:
        return Wishes(roots=roots, npm=npm)
    return Wishes(
        roots=roots,
        npm=npm,
        wheels=_wheels(document.table("wheels")),
        tarballs={name: _tarball(table) for name, table in document.table("tarballs").all_tables().items()},
        busybox=_busybox(document.table("bootstrap")),
    )


def unchanged(wishes: Wishes, machine: Machine, lock: ToolchainLock | None) -> frozenset[str]:
    """The entries whose pins can stay: asked for as before, and for roots, without the packages of such roots only."""
    if lock is None:
        return frozenset()
    kept = {name for name, digest in wishes.digests(machine).items() if lock.wishes.get(name) == digest}
    names = {name.removeprefix("roots.") for name in kept if name.startswith("roots.")}
    while changed := {name for name in names if not names.issuperset(wishes.roots[name].without)}:
        names -= changed
    return frozenset(name for name in kept if not name.startswith("roots.") or name.removeprefix("roots.") in names)


def packages_of(name: str, roots: Mapping[str, Root], pinned: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The packages of a root together with those it is without; `pinned` holds what each root has itself."""
    needed = closure({other: root.without for other, root in roots.items()}, [name])
    return frozenset().union(*(pinned[other] for other in needed))


def _resolved_from(root: Root) -> dict[str, object]:
    """All of a root that decides what it holds."""
    return {key: value for key, value in asdict(root).items() if key != "purpose"}


def _root(table: TomlTable) -> Root:
    root = Root(
        suite=table.text("suite"),
        packages=table.texts("packages", is_optional=True),
        alone=table.texts("alone", is_optional=True),
        without=table.texts("without", is_optional=True),
        purpose=_purpose(table),
    )
    table.done()
    return root


def _purpose(table: TomlTable) -> Purpose | None:
    purpose = table.optional("for")
    if purpose is None or purpose in {*Purpose}:
        return None if purpose is None else Purpose(purpose)
    table.note(f"is for `{purpose}`; known: {', '.join(Purpose)}")
    return None


def _wheels(table: TomlTable) -> dict[str, WheelWish]:
    """Each a requirement, or a table with one."""
    return {
        name: _wheel(table.table(name)) if isinstance(wish, dict) else WheelWish(requirement=table.text(name))
        for name, wish in table.content.items()
    }


def _wheel(table: TomlTable) -> WheelWish:
    wish = WheelWish(requirement=table.text("package"), purpose=_purpose(table))
    table.done()
    return wish


def _tarball(table: TomlTable) -> TarballWish:
    wish = TarballWish(suite=table.text("suite"), package=table.text("package"), version=table.optional("version"))
    table.done()
    return wish


def _busybox(bootstrap: TomlTable) -> BusyboxWish:
    table = bootstrap.table("busybox")
    wish = BusyboxWish(suite=table.text("suite"), package=table.text("package"), member=table.text("member"))
    table.done()
    bootstrap.done()
    return wish
