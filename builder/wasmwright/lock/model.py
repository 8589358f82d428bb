"""The locks: what was resolved, with hashes. Written deterministically, read with suspicion."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wasmwright.errors import InvalidLock
from wasmwright.sources.entry import Source, read_source, relative_fault
from wasmwright.sources.wanted import Busybox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

VERSION = 2


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
            "version": VERSION,
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


class Role(StrEnum):
    """What a file of a package's lock is: a source of its own, or a wheel that builds or tests it."""

    SOURCE = "source"
    WHEEL = "wheel"


@dataclass(frozen=True, kw_only=True)
class OwnSource:
    """One of the sources that a package is made of, and its place in the first, which has none itself.

    That is a folder, or the file itself for one that is not unpacked.
    """

    source: Source
    into: str = ""
    unpack: bool = True

    def to_json(self) -> dict[str, object]:
        """The entry as locks hold it; what has its default is left out."""
        document: dict[str, object] = {"role": Role.SOURCE.value, **self.source.to_json()}
        if self.into:
            document["into"] = self.into
        if not self.unpack:
            document["unpack"] = False
        return document


@dataclass(frozen=True, kw_only=True)
class MadeFor:
    """What the answer for a profile depends on besides the recipe.

    `wheels` are the versions of the packages of the checkout whose wheels the build uses.
    """

    python: str
    python_tag: str
    platform: str
    build_platforms: tuple[str, ...]
    wheels: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What requirements resolved to in one profile: names of wheels."""

    made_for: MadeFor
    build_requires: tuple[str, ...]
    test_requires: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProfileLock:
    """The lock of a package as one profile sees it."""

    own: tuple[OwnSource, ...]
    build_requires: tuple[Source, ...]
    test_requires: tuple[Source, ...]

    def entries(self) -> tuple[Source, ...]:
        """All sources."""
        return (*(own.source for own in self.own), *self.build_requires, *self.test_requires)


@dataclass(frozen=True, kw_only=True)
class PackageLock:
    """What a recipe resolved to, for all its profiles. A library, which needs no wheel, has an answer for none.

    `own` begins with the source without `into`; the lock beside a user's project holds none.
    """

    name: str
    package_version: str
    recipe_sha256: str
    own: tuple[OwnSource, ...]
    wheels: Mapping[str, Source] = field(default_factory=dict)
    profiles: Mapping[str, Answer] = field(default_factory=dict)

    def for_profile(self, profile: str) -> ProfileLock:
        """The part of a profile. Raises InvalidLock where the lock has answers, but none for that one."""
        answer = self.profiles.get(profile)
        if answer is None and self.profiles:
            message = f"the lock of {self.name} has no answer for profile {profile}"
            raise InvalidLock(message, hint=f"run `./wasmwright lock {self.name}`")
        build, test = ((), ()) if answer is None else (answer.build_requires, answer.test_requires)
        return ProfileLock(
            own=self.own,
            build_requires=tuple(self.wheels[name] for name in build),
            test_requires=tuple(self.wheels[name] for name in test),
        )

    def entries(self) -> tuple[Source, ...]:
        """The sources of all profiles."""
        return (*(own.source for own in self.own), *self.wheels.values())

    def to_json(self) -> dict[str, object]:
        """The document of the lock."""
        own = {own.source.name: own.to_json() for own in self.own}
        wheels = {name: {"role": Role.WHEEL.value, **wheel.to_json()} for name, wheel in self.wheels.items()}
        return {
            "version": VERSION,
            "name": self.name,
            "package_version": self.package_version,
            "recipe_sha256": self.recipe_sha256,
            "sources": {**own, **wheels},
            "profiles": {name: asdict(answer) for name, answer in self.profiles.items()},
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
    document = _read(path, "./wasmwright lock --toolchain")
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
    document = _read(path, relock)
    where = f"{path.parent.name}/{path.name}"
    try:
        roles: dict[Role, dict[str, Any]] = {role: {} for role in Role}
        for name, entry in document["sources"].items():
            roles[Role(entry["role"])][name] = entry
        own = (_own_source(entry, where) for entry in roles[Role.SOURCE].values())
        lock = PackageLock(
            name=str(document["name"]),
            package_version=str(document["package_version"]),
            recipe_sha256=str(document["recipe_sha256"]),
            own=tuple(sorted(own, key=lambda source: source.into)),
            wheels={name: read_source(entry, where=where) for name, entry in roles[Role.WHEEL].items()},
            profiles={name: _answer(answer) for name, answer in document["profiles"].items()},
        )
        for profile in lock.profiles:
            lock.for_profile(profile)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"{where} is incomplete: {error}"
        raise InvalidLock(message, hint=f"run `{relock}`") from None
    return lock


def _own_source(entry: Mapping[str, Any], where: str) -> OwnSource:
    into = entry.get("into", "")
    if not isinstance(into, str) or (into and relative_fault(into)):
        message = f"{where}: `into` of {entry['name']} is `{into}`, which is no folder below the package's own"
        raise InvalidLock(message, hint="lock it again with `./wasmwright lock`")
    return OwnSource(source=read_source(entry, where=where), into=into, unpack=entry.get("unpack", True) is not False)


def _answer(document: Mapping[str, Any]) -> Answer:
    made_for = document["made_for"]
    return Answer(
        made_for=MadeFor(**{**made_for, "build_platforms": tuple(made_for["build_platforms"])}),
        build_requires=tuple(document["build_requires"]),
        test_requires=tuple(document["test_requires"]),
    )


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
