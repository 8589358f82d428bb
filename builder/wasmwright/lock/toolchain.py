"""From the base or a profile to its lock: apt resolves the tool roots, PyPI and npm give the rest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.tags import Tag

from wasmwright.errors import HashMismatch, InvalidProfile
from wasmwright.lock.availability import check_listed
from wasmwright.lock.base import read_base
from wasmwright.lock.document import file_sha256
from wasmwright.lock.pins import ToolchainLock
from wasmwright.lock.profile import read_profile
from wasmwright.lock.wishes import BUSYBOX, packages_of, unchanged
from wasmwright.sources import npm, pypi
from wasmwright.sources.debfile import read_member
from wasmwright.sources.kinds.npm import pin_package
from wasmwright.sources.kinds.pypifiles import page, pin_file
from wasmwright.sources.kinds.table import kind_of
from wasmwright.sources.storepath import program_nar_sha256
from wasmwright.sources.wanted import Busybox
from wasmwright.standards import parse_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.lock.base import Toolchain
    from wasmwright.lock.wishes import Machine, Root, TarballWish, WheelWish, Wishes
    from wasmwright.sources.apt import Apt, Deb
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

_STATIC_PLATFORMS = ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64")
_OLDEST_ABI3 = 2  # Python 3.2


def lock_base(path: Path, registries: Registries, *, old: ToolchainLock | None = None) -> ToolchainLock:
    """Resolve the base at `path`. What it asks for as when `old` was made keeps its pins."""
    base = read_base(path)
    locking = _Locking(
        registries=registries, machine=base.machine, wishes=base.wishes, old=_known(old), python=base.compiler.python
    )
    return locking.lock(path)


def lock_profile(
    path: Path, registries: Registries, *, base: Toolchain, base_lock: ToolchainLock, old: ToolchainLock | None = None
) -> ToolchainLock:
    """Resolve the profile at `path`. What it asks for as the base does, or as when `old` was made, has their pins."""
    wishes = read_profile(path).wishes
    node = base_lock.sources.get(base_lock.wheels.get("node", ""))
    known = _known(base_lock, old)
    locking = _Locking(registries=registries, machine=base.machine, wishes=wishes, old=known, node=node)
    return locking.lock(path)


def _known(*locks: ToolchainLock | None) -> tuple[ToolchainLock, ...]:
    return tuple(lock for lock in locks if lock is not None)


@dataclass(kw_only=True)
class _Locking:
    """One lock in the making. `old` are locks whose pins are taken where the wish is the same, the first one first.

    `python` runs what wheels have for Python; without it they have programs only.
    """

    registries: Registries
    machine: Machine
    wishes: Wishes
    old: tuple[ToolchainLock, ...] = ()
    node: Source | None = None
    python: str | None = None
    sources: dict[str, Source] = field(default_factory=dict)

    def lock(self, path: Path) -> ToolchainLock:
        wishes = self.wishes
        roots = self._roots()
        busybox = self._kept_busybox() or self._busybox()
        wheels = {key: self._keep("wheels", key) or self._wheel(wish) for key, wish in wishes.wheels.items()}
        if "node" in wheels:
            self.node = self.sources[wheels["node"]]
        packages = {key: self._keep("npm", key) or self._npm_package(wish) for key, wish in wishes.npm.items()}
        tarballs = {key: self._keep("tarballs", key) or self._tarball(wish) for key, wish in wishes.tarballs.items()}
        old = {source.sha256 for lock in self.old for source in lock.sources.values()}
        check_listed([source for source in self.sources.values() if source.sha256 not in old], self.registries)
        return ToolchainLock(
            name=path.stem,
            wanted_sha256=file_sha256(path),
            busybox=busybox,
            roots=roots,
            wheels=wheels,
            npm=packages,
            tarballs=tarballs,
            sources=self.sources,
            wishes=wishes.digests(self.machine),
        )

    def _holding(self, entry: str) -> ToolchainLock | None:
        """The lock whose pins of an entry can stay."""
        return next((lock for lock in self.old if entry in unchanged(self.wishes, self.machine, lock)), None)

    def _kept_busybox(self) -> Busybox | None:
        lock = self._holding(BUSYBOX)
        if lock is None or lock.busybox is None:
            return None
        self._pin(lock.sources[lock.busybox.source])
        return lock.busybox

    def _keep(self, table: str, key: str) -> str | None:
        """The pin that an entry has in an old lock, if the same is asked for."""
        lock = self._holding(f"{table}.{key}")
        pins: Mapping[str, str] = getattr(lock, table, {})
        return self._pin(lock.sources[pins[key]]) if lock is not None and key in pins else None

    def _kept_root(self, name: str) -> tuple[str, ...] | None:
        lock = self._holding(f"roots.{name}")
        if lock is None or name not in lock.roots:
            return None
        return tuple(self._pin(source) for source in lock.root_entries(name))

    def _apt(self, suite: str) -> Apt:
        return self.registries.apt(suite, self.machine.architecture, self.machine.component)

    def _roots(self) -> dict[str, tuple[str, ...]]:
        kept = {name: pins for name in self.wishes.roots if (pins := self._kept_root(name)) is not None}
        resolved = {name: self._debs(name, root) for name, root in self.wishes.roots.items() if name not in kept}
        packages = {name: frozenset(deb.name for deb in debs) for name, debs in resolved.items()}
        packages |= {name: frozenset(self.sources[pin].package.name for pin in pins) for name, pins in kept.items()}
        less = {name: self._less(name, packages, debs) for name, debs in resolved.items()}
        return {name: kept[name] if name in kept else less[name] for name in self.wishes.roots}

    def _debs(self, name: str, root: Root) -> tuple[Deb, ...]:
        apt = self._apt(root.suite)
        self.registries.step(f"apt: root {name} from {root.suite}")
        return (*apt.closure(root.packages), *apt.show(root.alone))

    def _less(self, name: str, packages: Mapping[str, frozenset[str]], debs: Iterable[Deb]) -> tuple[str, ...]:
        root = self.wishes.roots[name]
        left_out = {package for other in root.without for package in packages_of(other, self.wishes.roots, packages)}
        apt = self._apt(root.suite)
        return tuple(sorted({self._pin(apt.pin(deb)) for deb in debs if deb.name not in left_out}))

    def _pin(self, source: Source) -> str:
        known = self.sources.setdefault(source.name, source)
        if known.sha256 != source.sha256:
            message = f"two suites have different files named {source.name}"
            raise HashMismatch(message, hint="take both from one suite")
        return source.name

    def _busybox(self) -> Busybox | None:
        wish = self.wishes.busybox
        if wish is None:
            return None
        apt = self._apt(wish.suite)
        source = apt.pin(apt.show([wish.package])[0])
        deb = self.registries.content(source, kind_of(source).urls(source, self.registries))
        program = read_member(deb, wish.member, name=source.name)
        return Busybox(
            source=self._pin(source),
            member=wish.member,
            name="busybox",
            nar_sha256=program_nar_sha256("busybox", program),
        )

    def _wheel(self, wish: WheelWish) -> str:
        self.registries.step(f"PyPI: {wish.requirement}")
        requirement = _requirement(wish.requirement)
        files = page(requirement.name, self.registries)
        chosen = pypi.newest_wheel(files, requirement.specifier, self._tool_tags())
        if chosen is None:
            raise pypi.no_file(requirement.name, requirement.specifier, files, "wheel for this machine")
        return self._pin(pin_file(self.registries.client, requirement.name, chosen))

    def _tool_tags(self) -> tuple[Tag, ...]:
        platforms = ("any", *self.machine.platforms, *_STATIC_PLATFORMS)
        programs = (Tag(python, "none", platform) for platform in platforms for python in ("py3", "py2"))
        # Modules for any Python up to the one that runs our programs, which has a C library that is not static.
        minors = range(int(self.python.partition(".")[2]), _OLDEST_ABI3 - 1, -1) if self.python else ()
        modules = (Tag(f"cp3{minor}", "abi3", platform) for platform in self.machine.platforms for minor in minors)
        return (*programs, *modules)

    def _npm_inside_node(self) -> str | None:
        """The default registry of npm, as its copy in Node's wheel has it."""
        if self.node is None:
            return None
        self.registries.step("npm: its default registry, from Node's wheel")
        content = self.registries.content(self.node, kind_of(self.node).urls(self.node, self.registries))
        wheel = self.registries.cache / "node.whl"
        wheel.parent.mkdir(parents=True, exist_ok=True)
        wheel.write_bytes(content)
        try:
            return npm.default_registry(wheel)
        finally:
            wheel.unlink()

    def _tarball(self, wish: TarballWish) -> str:
        apt = self._apt(wish.suite)
        self.registries.step(f"apt: source package {wish.package} of {wish.suite}")
        return self._pin(apt.source(wish.package, wish.version))

    @cached_property
    def _npm_registry(self) -> str:
        return replace(self.registries.mirrors, npm_default=self._npm_inside_node).npm

    def _npm_package(self, wish: str) -> str:
        self.registries.step(f"npm: {wish}")
        at = wish.find("@", 1)
        name, version = (wish, None) if at < 0 else (wish[:at], wish[at + 1 :])
        return self._pin(pin_package(self.registries.client, self._npm_registry, name, version))


def _requirement(wish: str) -> Requirement:
    try:
        return parse_requirement(wish)
    except InvalidRequirement as error:
        message = f"`{wish}` in [wheels] is no requirement: {error}"
        raise InvalidProfile(message, hint='write it as "name==version"') from None
