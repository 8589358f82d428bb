"""The locks: what was resolved, with hashes. Written deterministically, read with suspicion."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from wasmwright.errors import InvalidLock
from wasmwright.sources.entry import Source, read_source
from wasmwright.sources.wanted import Busybox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

VERSION = 1
TOOLCHAIN_VERSION = 2


@dataclass(frozen=True, kw_only=True)
class ToolchainLock:
    """What the base or a profile resolved to. Roots, wheels and npm packages name their sources by store name.

    Only the base has the first shell, wheels and tarballs. `wishes` are digests of what was asked for, so that a later
    lock leaves alone what did not change.
    """

    name: str
    wanted_sha256: str
    roots: Mapping[str, tuple[str, ...]]
    npm: Mapping[str, str]
    sources: Mapping[str, Source]
    busybox: Busybox | None = None
    wheels: Mapping[str, str] = field(default_factory=dict)
    tarballs: Mapping[str, str] = field(default_factory=dict)
    wishes: Mapping[str, str] = field(default_factory=dict)

    def entries(self, roots: Iterable[str] | None = None, tarballs: Iterable[str] | None = None) -> tuple[Source, ...]:
        """The sources that every build needs, with those of these roots and tarballs; None means all of them."""
        wanted_roots = self.roots if roots is None else roots
        names = {name for root in wanted_roots for name in self.roots[root]}
        names.update(self.wheels.values(), self.npm.values())
        names.update(self.tarballs[key] for key in (self.tarballs if tarballs is None else tarballs))
        if self.busybox is not None:
            names.add(self.busybox.source)
        return tuple(self.sources[name] for name in sorted(names))

    def root_entries(self, root: str) -> tuple[Source, ...]:
        """The sources of one root."""
        return tuple(self.sources[name] for name in self.roots[root])

    def to_json(self) -> dict[str, object]:
        """The document of the lock."""
        document: dict[str, object] = {
            "version": TOOLCHAIN_VERSION,
            "name": self.name,
            "wanted_sha256": self.wanted_sha256,
            "roots": {root: list(names) for root, names in self.roots.items()},
            "wheels": dict(self.wheels),
            "npm": dict(self.npm),
            "tarballs": dict(self.tarballs),
            "wishes": dict(self.wishes),
            "sources": {name: source.to_json() for name, source in self.sources.items()},
        }
        if self.busybox is not None:
            document["bootstrap"] = {"busybox": asdict(self.busybox)}
        return document


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
    """Read and check the lock of the base or of a profile."""
    document = _read(path, "./wasmwright lock --toolchain", TOOLCHAIN_VERSION)
    where = path.name
    try:
        bootstrap = document.get("bootstrap")
        lock = ToolchainLock(
            name=str(document["name"]),
            wanted_sha256=str(document["wanted_sha256"]),
            busybox=Busybox(**bootstrap["busybox"]) if bootstrap is not None else None,
            roots={root: tuple(names) for root, names in document["roots"].items()},
            wheels=dict(document["wheels"]),
            npm=dict(document["npm"]),
            tarballs=dict(document["tarballs"]),
            wishes=dict(document["wishes"]),
            sources={name: read_source(entry, where=where) for name, entry in document["sources"].items()},
        )
        lock.entries()
    except (KeyError, TypeError, AttributeError) as error:
        message = f"{where} is incomplete: {error}"
        raise InvalidLock(message, hint="run `./wasmwright lock --toolchain`") from None
    return lock


def read_package_lock(path: Path) -> PackageLock:
    """Read and check the lock of a package."""
    relock = f"./wasmwright lock {path.parent.name}"
    document = _read(path, relock, VERSION)
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


def _read(path: Path, relock: str, version: int) -> dict[str, Any]:
    hint = f"run `{relock}`"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"{path.parent.name}/{path.name} does not exist"
        raise InvalidLock(message, hint=hint) from None
    except (OSError, ValueError) as error:
        message = f"{path.parent.name}/{path.name} cannot be read: {error}"
        raise InvalidLock(message, hint=hint) from None
    if not isinstance(document, dict) or document.get("version") != version:
        message = f"{path.parent.name}/{path.name} is not a lock of version {version}"
        raise InvalidLock(message, hint=hint)
    return document
