"""Where the mirrors keep a pinned source, and which versions they have when they no longer keep it."""

from __future__ import annotations

import posixpath
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from wasmwright.errors import InvalidLock, MirrorUnreachable, NoMirror
from wasmwright.sources import npm, pypi
from wasmwright.sources.apt import Apt
from wasmwright.sources.client import Client, NoAnswer, NotThere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wasmwright.sources.entry import Source
    from wasmwright.sources.mirrors import Mirrors

_HREF = re.compile(r'href="([^"?/]+)"')
_DIGITS = re.compile(r"(\d+)")
_LIMIT = 3


@dataclass(kw_only=True)
class Locator:
    """Turns a package URL into addresses at this machine's mirrors."""

    client: Client
    mirrors: Mirrors
    # Where apt keeps its lists; without it, apt is not asked.
    cache: Path | None = None
    _suites: dict[str, Apt | None] = field(default_factory=dict)
    _pages: dict[str, tuple[pypi.IndexFile, ...]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def urls(self, source: Source) -> Iterator[str]:
        """Addresses of the file, the likeliest first. Asking for the next one may ask a registry."""
        package = source.package
        match package.type:
            case "deb":
                for mirror in self.mirrors.debian:
                    yield f"{mirror}/{quote(source.file)}"
            case "pypi":
                yield from self._pypi_urls(source)
            case "npm":
                yield from self._npm_urls(source)
            case other:
                message = f"{source.name} comes from `{other}`, which is no registry that wasmwright knows"
                raise InvalidLock(message, hint="lock it again with this version of wasmwright")

    def current(self, source: Source) -> tuple[str, ...]:
        """The versions that the mirrors have now, the newest first; empty when they do not tell."""
        package = source.package
        try:
            if package.type == "pypi":
                return pypi.newest_versions(self._page(package.name))
            if package.type == "npm":
                newest = npm.latest(npm.packument(self.client, self.mirrors.npm, npm_name(source)))
                return (newest,) if newest else ()
            return self._pool_versions(source) or self._suite_versions(source)
        except (NotThere, NoAnswer):
            return ()

    def _pypi_urls(self, source: Source) -> Iterator[str]:
        files = [file for file in self._page(source.package.name) if file.name == source.file]
        if not files:
            page = f"{self.mirrors.pypi[0]}/{source.package.name}/{source.file}"
            raise NotThere(page)
        yield files[0].url

    def _npm_urls(self, source: Source) -> Iterator[str]:
        registry, name, version = self.mirrors.npm, npm_name(source), source.package.version or ""
        usual = npm.tarball_url(registry, name, version)
        yield usual
        document = npm.packument(self.client, registry, name)
        told = npm.find(document, name, version, base=f"{registry}/")
        if told is not None and told.url != usual:
            yield told.url

    def _page(self, project: str) -> tuple[pypi.IndexFile, ...]:
        with self._lock:
            known = self._pages.get(project)
        if known is None:
            known = pypi.list_files(self.client, self.mirrors.pypi, project)
            with self._lock:
                self._pages[project] = known
        return known

    def _pool_versions(self, source: Source) -> tuple[str, ...]:
        folder, file = posixpath.split(source.file)
        name = file.partition("_")[0]
        kind = re.compile(rf"{re.escape(name)}_(.+?)(?:_[a-z0-9]+\.deb|\.orig\.tar\.[a-z0-9]+)")
        if not file.endswith(".deb"):
            kind = re.compile(rf"{re.escape(name)}_(.+?)\.orig\.tar\.[a-z0-9]+")
        for mirror in self.mirrors.debian:
            try:
                listing = self.client.get(f"{mirror}/{quote(folder)}/").text
            except (NotThere, NoAnswer):
                continue
            matches = (kind.fullmatch(unquote(href)) for href in _HREF.findall(listing))
            versions = {match[1] for match in matches if match}
            return tuple(sorted(versions, key=_numbers, reverse=True)[:_LIMIT])
        return ()

    def _suite_versions(self, source: Source) -> tuple[str, ...]:
        """What apt knows, for mirrors whose folders cannot be listed."""
        package = source.package
        qualifiers = package.qualifiers
        suite = qualifiers.get("distro") if isinstance(qualifiers, dict) else None
        if suite is None or self.cache is None:
            return ()
        with self._lock:
            if suite not in self._suites:
                self._suites[suite] = self._updated(suite, self.cache / "apt" / suite)
            apt = self._suites[suite]
        return apt.versions(package.name, is_source=not source.file.endswith(".deb")) if apt else ()

    def _updated(self, suite: str, folder: Path) -> Apt | None:
        apt = Apt(directory=folder, suite=suite, environ=self.mirrors.environ, run=self.mirrors.run)
        try:
            apt.update(self.mirrors.debian)
        except (MirrorUnreachable, NoMirror):
            return None
        return apt


def npm_name(source: Source) -> str:
    """The package's name with its scope."""
    package = source.package
    return f"{package.namespace}/{package.name}" if package.namespace else package.name


def _numbers(version: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts 1.10 after 1.9: good enough for a message."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(version))
