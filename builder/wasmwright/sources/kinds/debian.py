"""Debian packages: upstream's archive of a source package, and binary packages, which only the toolchain has."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote, unquote

from wasmwright import limits
from wasmwright.errors import MirrorUnreachable, NoMirror
from wasmwright.names import quoted
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, Option, State, probe_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.sources.entry import Source
    from wasmwright.sources.mirrors import Mirrors
    from wasmwright.sources.registries import Registries

SUITE = "trixie"
_HREF = re.compile(r'href="([^"?/]+)"')
_DIGITS = re.compile(r"(\d+)")
_LIMIT = 3


@dataclass(frozen=True, kw_only=True)
class DebianSource:
    """The upstream archive of a Debian source package."""

    package: str
    suite: str
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:
        """The archive of that upstream version."""
        return registries.apt(self.suite).source(self.package, asked.version)

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:  # noqa: ARG002 - a source fits all
        """The suite's version, as upstream calls it."""
        return Latest(version=registries.apt(self.suite).newest(self.package))


def package_fault(text: str) -> str | None:
    """Why no Debian source package is called so (Debian policy 5.6.1)."""
    if re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", text):
        return None
    return f"{quoted(text)} is not a Debian source package name"


def suite_fault(text: str) -> str | None:
    """Why no Debian suite is called so."""
    return None if re.fullmatch(r"[a-z][a-z-]*", text) else f"{quoted(text)} is not a Debian suite"


@dataclass(frozen=True, kw_only=True)
class DebianKind:
    """See the module."""

    key: str = "debian"
    registry: str = "Debian archive"
    has_version: bool = True
    options: tuple[Option, ...] = (
        Option(
            name="debian",
            check=package_fault,
            example='"zlib"',
            meaning="A Debian source package; upstream's archive in it (`.orig.tar.*`) is taken, not Debian's changes.",
        ),
        Option(
            name="suite",
            check=suite_fault,
            default=SUITE,
            example='"sid"',
            meaning="The Debian suite to look in; with `debian` only.",
        ),
    )

    def origin(self, said: Mapping[str, str]) -> DebianSource:
        """A source package of a suite."""
        return DebianSource(package=said["debian"], suite=said.get("suite", SUITE))

    def owns(self, source: Source) -> bool:
        """All of Debian's archive."""
        return source.package.type == "deb"

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:
        """In the pool of every mirror."""
        for mirror in registries.mirrors.debian:
            yield f"{mirror}/{quote(source.file)}"

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:
        """What lies in the pool, else what apt knows."""
        return _pool_versions(source, registries) or _suite_versions(source, registries)

    def probe(self, source: Source, registries: Registries) -> State:
        """Whether a mirror has the file."""
        return probe_addresses(self.urls(source, registries), registries.client, size=source.size)

    def text(self, source: Source, path: str, registries: Registries) -> str | None:
        """A file of upstream's archive."""
        return registries.text_in(source, self.urls(source, registries), path)

    def samples(self, mirrors: Mirrors) -> list[str]:
        """What every archive has."""
        return [f"{url}/dists/stable/Release" for url in mirrors.debian]


def _pool_versions(source: Source, registries: Registries) -> tuple[str, ...]:
    folder, file = posixpath.split(source.file)
    name = re.escape(file.partition("_")[0])
    archive = r"\.orig\.tar\.[a-z0-9]+"
    ending = rf"(?:_[a-z0-9]+\.deb|{archive})" if file.endswith(".deb") else archive
    pattern = re.compile(rf"{name}_(.+?){ending}")
    for mirror in registries.mirrors.debian:
        try:
            listing = registries.client.read(f"{mirror}/{quote(folder)}/", most=limits.PAGE_SIZE).text()
        except (NotThere, NoAnswer):
            continue
        matches = (pattern.fullmatch(unquote(href)) for href in _HREF.findall(listing))
        versions = {match[1] for match in matches if match}
        return tuple(sorted(versions, key=_numbers, reverse=True)[:_LIMIT])
    return ()


def _suite_versions(source: Source, registries: Registries) -> tuple[str, ...]:
    """What apt knows, for mirrors whose folders cannot be listed."""
    qualifiers = source.package.qualifiers
    suite = qualifiers.get("distro") if isinstance(qualifiers, dict) else None
    if suite is None:
        return ()
    try:
        apt = registries.apt(suite)
    except (MirrorUnreachable, NoMirror):
        return ()
    return apt.versions(source.package.name, is_source=not source.file.endswith(".deb"))


def _numbers(version: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts 1.10 after 1.9: good enough for a message."""
    parts = (part.lstrip("0") if part.isdecimal() else part for part in _DIGITS.split(version))
    return tuple((len(part), part) if part.isdecimal() else (-1, part) for part in parts)
