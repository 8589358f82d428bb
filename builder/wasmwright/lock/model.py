"""The locks: what was resolved, with hashes. Written deterministically, read with suspicion."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wasmwright.errors import InvalidLock
from wasmwright.sources.entry import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Busybox:
    """The static shell that builds the first derivations: one file of a Debian package."""

    source: str
    member: str
    name: str
    nar_sha256: str


@dataclass(frozen=True, kw_only=True)
class ToolchainLock:
    """What a profile resolved to. Roots, wheels and npm packages name their sources by store name.

    `wishes` are digests of what the profile asked for, so that a later lock leaves alone what did not change.
    """

    profile: str
    profile_sha256: str
    busybox: Busybox
    roots: Mapping[str, tuple[str, ...]]
    wheels: Mapping[str, str]
    npm: Mapping[str, str]
    sources: Mapping[str, Source]
    tarballs: Mapping[str, str] = field(default_factory=dict)
    wishes: Mapping[str, str] = field(default_factory=dict)

    def entries(self, *, without: Iterable[str] = ()) -> tuple[Source, ...]:
        """All sources except the tarballs, which few packages need, and those that only the roots `without` need."""
        left_out = set(without)
        kept = [name for root, names in self.roots.items() if root not in left_out for name in names]
        names = {self.busybox.source, *kept, *self.wheels.values(), *self.npm.values()}
        return tuple(self.sources[name] for name in sorted(names))

    def root_entries(self, root: str) -> tuple[Source, ...]:
        """The sources of one root."""
        return tuple(self.sources[name] for name in self.roots[root])

    def tarball_entry(self, tarball: str) -> Source:
        """The source of one tarball."""
        return self.sources[self.tarballs[tarball]]

    def to_json(self) -> dict[str, object]:
        """The document of the lock."""
        busybox = self.busybox
        return {
            "version": VERSION,
            "profile": self.profile,
            "profile_sha256": self.profile_sha256,
            "bootstrap": {
                "busybox": {
                    "source": busybox.source,
                    "member": busybox.member,
                    "name": busybox.name,
                    "nar_sha256": busybox.nar_sha256,
                }
            },
            "roots": {root: list(names) for root, names in self.roots.items()},
            "wheels": dict(self.wheels),
            "npm": dict(self.npm),
            "tarballs": dict(self.tarballs),
            "wishes": dict(self.wishes),
            "sources": {name: source.to_json() for name, source in self.sources.items()},
        }


@dataclass(frozen=True, kw_only=True)
class PackageLock:
    """What a recipe resolved to."""

    name: str
    package_version: str
    recipe_sha256: str
    source: Source
    build_requires: tuple[Source, ...] = ()
    test_requires: tuple[Source, ...] = ()
    host: tuple[str, ...] = ()
    run: tuple[str, ...] = field(default=())

    def entries(self) -> tuple[Source, ...]:
        """All sources of the package itself."""
        return (self.source, *self.build_requires, *self.test_requires)

    def to_json(self) -> dict[str, object]:
        """The document of the lock."""
        return {
            "version": VERSION,
            "name": self.name,
            "package_version": self.package_version,
            "recipe_sha256": self.recipe_sha256,
            "source": self.source.to_json(),
            "build_requires": [source.to_json() for source in self.build_requires],
            "test_requires": [source.to_json() for source in self.test_requires],
            "dependencies": {"host": list(self.host), "run": list(self.run)},
        }


def write_lock(path: Path, lock: ToolchainLock | PackageLock) -> None:
    """Write a lock in one step: readers see the old one or the new one."""
    text = json.dumps(lock.to_json(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_toolchain_lock(path: Path) -> ToolchainLock:
    """Read and check the lock of a profile."""
    document = _read(path, "./wasmwright lock --toolchain")
    where = path.name
    try:
        sources = {name: read_source(entry, where=where) for name, entry in document["sources"].items()}
        lock = ToolchainLock(
            profile=str(document["profile"]),
            profile_sha256=str(document["profile_sha256"]),
            busybox=Busybox(**document["bootstrap"]["busybox"]),
            roots={root: tuple(names) for root, names in document["roots"].items()},
            wheels=dict(document["wheels"]),
            npm=dict(document["npm"]),
            tarballs=dict(document.get("tarballs", {})),
            wishes=dict(document.get("wishes", {})),
            sources=sources,
        )
        lock.entries()
        for tarball in lock.tarballs:
            lock.tarball_entry(tarball)
    except (KeyError, TypeError, AttributeError) as error:
        message = f"{where} is incomplete: {error}"
        raise InvalidLock(message, hint="run `./wasmwright lock --toolchain`") from None
    return lock


def read_package_lock(path: Path) -> PackageLock:
    """Read and check the lock of a package."""
    relock = f"./wasmwright lock {path.parent.name}"
    document = _read(path, relock)
    where = f"{path.parent.name}/{path.name}"
    try:
        return PackageLock(
            name=str(document["name"]),
            package_version=str(document["package_version"]),
            recipe_sha256=str(document["recipe_sha256"]),
            source=read_source(document["source"], where=where),
            build_requires=tuple(read_source(entry, where=where) for entry in document["build_requires"]),
            test_requires=tuple(read_source(entry, where=where) for entry in document["test_requires"]),
            host=tuple(document["dependencies"]["host"]),
            run=tuple(document["dependencies"]["run"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        message = f"{where} is incomplete: {error}"
        raise InvalidLock(message, hint=f"run `{relock}`") from None


def file_sha256(path: Path) -> str:
    """The hash of a small file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path, relock: str) -> dict[str, Any]:
    hint = f"run `{relock}`"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"{path.parent.name}/{path.name} does not exist"
        raise InvalidLock(message, hint=hint) from None
    except (OSError, ValueError) as error:
        message = f"{path.parent.name}/{path.name} cannot be read: {error}"
        raise InvalidLock(message, hint=hint) from None
    if not isinstance(document, dict) or document.get("version") != VERSION:
        message = f"{path.parent.name}/{path.name} is not a lock of version {VERSION}"
        raise InvalidLock(message, hint=hint)
    return document
