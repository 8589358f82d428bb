"""From a profile to its lock: apt resolves the tool roots, PyPI and npm give the rest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from packageurl import PackageURL
from packaging.requirements import InvalidRequirement, Requirement
from packaging.tags import Tag

from wasmwright.errors import HashMismatch, InvalidProfile, PinUnavailable
from wasmwright.lock.model import Busybox, ToolchainLock, file_sha256
from wasmwright.lock.pin import pin_file, project_files, unreachable
from wasmwright.lock.profile import read_profile
from wasmwright.lock.wishes import BUSYBOX, packages_of, unchanged, wishes
from wasmwright.sources import npm, pypi
from wasmwright.sources.apt import Apt
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.debfile import read_member
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.storepath import program_nar_sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from wasmwright.lock.profile import Profile, Root, TarballWish
    from wasmwright.sources.apt import Deb
    from wasmwright.sources.client import Client
    from wasmwright.sources.mirrors import Mirrors

_STATIC_PLATFORMS = ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64")


def lock_toolchain(  # noqa: PLR0913 - keyword only
    path: Path,
    *,
    client: Client,
    mirrors: Mirrors,
    cache: Path,
    step: Callable[[str], None] = lambda _: None,
    old: ToolchainLock | None = None,
) -> ToolchainLock:
    """Resolve the profile at `path`. What it asks for as when `old` was made keeps its pins.

    `step` is told what is being done.
    """
    locking = _Locking(profile=read_profile(path), client=client, mirrors=mirrors, cache=cache, step=step, old=old)
    return locking.lock(file_sha256(path))


@dataclass(kw_only=True)
class _Locking:
    profile: Profile
    client: Client
    mirrors: Mirrors
    cache: Path
    step: Callable[[str], None]
    sources: dict[str, Source] = field(default_factory=dict)
    suites: dict[str, Apt] = field(default_factory=dict)
    old: ToolchainLock | None = None
    kept: frozenset[str] = frozenset()

    def lock(self, profile_sha256: str) -> ToolchainLock:
        self.kept = unchanged(self.profile, self.old)
        roots = self._roots()
        busybox = self._kept_busybox() or self._busybox()
        wheels = {key: self._keep("wheels", key) or self._wheel(wish) for key, wish in self.profile.wheels.items()}
        self._find_npm(wheels.get("node"))
        packages = {key: self._keep("npm", key) or self._npm_package(wish) for key, wish in self.profile.npm.items()}
        tarballs = {
            key: self._keep("tarballs", key) or self._tarball(wish) for key, wish in self.profile.tarballs.items()
        }
        return ToolchainLock(
            profile=self.profile.name,
            profile_sha256=profile_sha256,
            busybox=busybox,
            roots=roots,
            wheels=wheels,
            npm=packages,
            tarballs=tarballs,
            sources=self.sources,
            wishes=wishes(self.profile),
        )

    def _kept_busybox(self) -> Busybox | None:
        if self.old is None or BUSYBOX not in self.kept:
            return None
        self._pin(self.old.sources[self.old.busybox.source])
        return self.old.busybox

    def _keep(self, table: str, key: str) -> str | None:
        """The pin that an entry has in the old lock, if the profile still asks for the same."""
        if self.old is None or f"{table}.{key}" not in self.kept:
            return None
        pins: Mapping[str, str] = getattr(self.old, table)
        return self._pin(self.old.sources[pins[key]]) if key in pins else None

    def _kept_root(self, name: str) -> tuple[str, ...] | None:
        if self.old is None or f"roots.{name}" not in self.kept or name not in self.old.roots:
            return None
        return tuple(self._pin(source) for source in self.old.root_entries(name))

    def _apt(self, suite: str) -> Apt:
        if suite not in self.suites:
            self.step(f"apt: lists of {suite}")
            apt = Apt(
                directory=self.cache / "apt" / suite,
                suite=suite,
                architecture=self.profile.architecture,
                component=self.profile.component,
            )
            apt.update(self.mirrors.debian)
            self.suites[suite] = apt
        return self.suites[suite]

    def _roots(self) -> dict[str, tuple[str, ...]]:
        kept = {name: pins for name in self.profile.roots if (pins := self._kept_root(name)) is not None}
        resolved = {name: self._debs(name, root) for name, root in self.profile.roots.items() if name not in kept}
        packages = {name: frozenset(deb.name for deb in debs) for name, debs in resolved.items()}
        packages |= {name: frozenset(self.sources[pin].package.name for pin in pins) for name, pins in kept.items()}
        less = {name: self._less(name, packages, debs) for name, debs in resolved.items()}
        return {name: kept[name] if name in kept else less[name] for name in self.profile.roots}

    def _debs(self, name: str, root: Root) -> tuple[Deb, ...]:
        apt = self._apt(root.suite)
        self.step(f"apt: root {name} from {root.suite}")
        return (*apt.closure(root.packages), *apt.show(root.alone))

    def _less(self, name: str, packages: Mapping[str, frozenset[str]], debs: Iterable[Deb]) -> tuple[str, ...]:
        root = self.profile.roots[name]
        left_out = {package for other in root.without for package in packages_of(other, self.profile, packages)}
        apt = self.suites[root.suite]
        return tuple(sorted({self._pin(apt.pin(deb)) for deb in debs if deb.name not in left_out}))

    def _pin(self, source: Source) -> str:
        known = self.sources.setdefault(source.name, source)
        if known.sha256 != source.sha256:
            message = f"two suites have different files named {source.name}"
            raise HashMismatch(message, hint="take both from one suite in the profile")
        return source.name

    def _busybox(self) -> Busybox:
        wish = self.profile.busybox
        apt = self._apt(wish.suite)
        source = apt.pin(apt.show([wish.package])[0])
        deb = self._debian_file(source)
        program = read_member(deb, wish.member, name=source.name)
        return Busybox(
            source=self._pin(source),
            member=wish.member,
            name="busybox",
            nar_sha256=program_nar_sha256("busybox", program),
        )

    def _debian_file(self, source: Source) -> bytes:
        refusal: NoAnswer | NotThere | None = None
        for mirror in self.mirrors.debian:
            try:
                content = self.client.get(f"{mirror}/{source.file}").content
            except (NoAnswer, NotThere) as error:
                refusal = error
                continue
            if hashlib.sha256(content).hexdigest() == source.sha256:
                return content
        message = f"no Debian mirror has {source.name}, which its own lists name ({refusal or 'the files differ'})"
        raise PinUnavailable(message, hint="try again later, or set WASMWRIGHT_DEBIAN_MIRRORS to another mirror")

    def _wheel(self, wish: str) -> str:
        self.step(f"PyPI: {wish}")
        requirement = _requirement(wish)
        files = project_files(self.client, self.mirrors, requirement.name)
        chosen = pypi.newest_wheel(files, requirement.specifier, self._tool_tags())
        if chosen is None:
            raise pypi.no_file(requirement.name, requirement.specifier, files, "wheel for this machine")
        return self._pin(pin_file(self.client, requirement.name, chosen))

    def _tool_tags(self) -> tuple[Tag, ...]:
        platforms = ("any", *self.profile.host_platforms, *_STATIC_PLATFORMS)
        return tuple(Tag(python, "none", platform) for platform in platforms for python in ("py3", "py2"))

    def _find_npm(self, node: str | None) -> None:
        def inside_node() -> str | None:
            if node is None:
                return None
            self.step("npm: its default registry, from Node's wheel")
            project = self.sources[node].package.name
            file = next(
                file
                for file in project_files(self.client, self.mirrors, project)
                if file.name == self.sources[node].file
            )
            wheel = self.cache / "node.whl"
            wheel.write_bytes(self.client.get(file.url).content)
            try:
                return npm.default_registry(wheel)
            finally:
                wheel.unlink()

        self.mirrors = replace(self.mirrors, npm_default=inside_node)

    def _tarball(self, wish: TarballWish) -> str:
        apt = self._apt(wish.suite)
        self.step(f"apt: source package {wish.package} of {wish.suite}")
        return self._pin(apt.source(wish.package, wish.version))

    def _npm_package(self, wish: str) -> str:
        self.step(f"npm: {wish}")
        at = wish.find("@", 1)
        name, version = (wish, None) if at < 0 else (wish[:at], wish[at + 1 :])
        registry = self.mirrors.npm
        try:
            tarball = npm.choose(npm.packument(self.client, registry, name), name, version, base=f"{registry}/")
            content = self.client.get(tarball.url).content
        except (NotThere, NoAnswer) as refusal:
            raise unreachable(wish, refusal) from None
        npm.check_integrity(content, tarball.integrity, name=tarball.file)
        namespace, _, plain = name.rpartition("/")
        package = PackageURL(type="npm", namespace=namespace or None, name=plain, version=tarball.version)
        sha256 = hashlib.sha256(content).hexdigest()
        return self._pin(make_source(package, file=tarball.file, size=len(content), sha256=sha256))


def _requirement(wish: str) -> Requirement:
    try:
        return Requirement(wish)
    except InvalidRequirement as error:
        message = f"`{wish}` in [wheels] is no requirement: {error}"
        raise InvalidProfile(message, hint='write it as "name==version"') from None
