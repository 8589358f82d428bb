"""The lock of a package: what a recipe resolved to, with hashes, for all its profiles."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.errors import InvalidLock
from wasmwright.lock.document import VERSION, read_document
from wasmwright.sources.entry import Source, read_source, relative_fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Role(StrEnum):
    """What a file of a package's lock is: a source of its own, or a wheel that builds or tests it."""

    SOURCE = "source"
    WHEEL = "wheel"


@dataclass(frozen=True, kw_only=True)
class OwnSource:
    """One of the sources that a package is made of, and its place in the first, which has none itself.

    That is a folder, or the file itself for one that is not unpacked. `profiles` are those that it is for, where others
    have another: a finished wheel for each runtime; none means all.
    """

    source: Source
    into: str = ""
    unpack: bool = True
    profiles: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The entry as locks hold it; what has its default is left out."""
        document: dict[str, object] = {"role": Role.SOURCE.value, **self.source.to_json()}
        if self.into:
            document["into"] = self.into
        if not self.unpack:
            document["unpack"] = False
        if self.profiles:
            document["profiles"] = [*self.profiles]
        return document


@dataclass(frozen=True, kw_only=True)
class MadeFor:
    """What the answer for a profile depends on besides the recipe.

    `python_full` is the runtime's version and decides about markers of test requirements, `build_python` that of the
    Python that runs the back ends, for those of build requirements. `wheels` are the versions of the packages of the
    checkout whose wheels the build uses.
    """

    python: str
    python_full: str
    python_tag: str
    platform: str
    build_python: str
    build_platforms: tuple[str, ...]
    wheels: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What requirements resolved to in one profile: names of wheels. `run_requires` are pure, and no package's here."""

    made_for: MadeFor
    build_requires: tuple[str, ...]
    test_requires: tuple[str, ...]
    run_requires: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The answer as locks hold it; what has its default is left out."""
        document = asdict(self)
        if not self.run_requires:
            del document["run_requires"]
        return document


@dataclass(frozen=True, kw_only=True)
class ProfileLock:
    """The lock of a package as one profile sees it."""

    own: tuple[OwnSource, ...]
    build_requires: tuple[Source, ...]
    test_requires: tuple[Source, ...]
    run_requires: tuple[Source, ...] = ()

    def entries(self) -> tuple[Source, ...]:
        """All sources."""
        return (*(own.source for own in self.own), *self.build_requires, *self.test_requires, *self.run_requires)


@dataclass(frozen=True, kw_only=True)
class PackageLock:
    """What a recipe resolved to, for all its profiles. A library, which needs no wheel, has an answer for none.

    `own` begins with the source without `into`, or those of the profiles; the lock beside a user's project holds none.
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
        own = tuple(one for one in self.own if not one.profiles or profile in one.profiles)
        if len([one for one in own if not one.into]) != bool(self.own):
            message = f"the lock of {self.name} has no source, or several, for profile {profile}"
            raise InvalidLock(message, hint=f"run `./wasmwright lock {self.name}`")
        if answer is None:
            return ProfileLock(own=own, build_requires=(), test_requires=())
        return ProfileLock(
            own=own,
            build_requires=tuple(self.wheels[name] for name in answer.build_requires),
            test_requires=tuple(self.wheels[name] for name in answer.test_requires),
            run_requires=tuple(self.wheels[name] for name in answer.run_requires),
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
            "profiles": {name: answer.to_json() for name, answer in self.profiles.items()},
        }


def read_package_lock(path: Path) -> PackageLock:
    """Read and check the lock of a package."""
    relock = f"./wasmwright lock {path.parent.name}"
    hint = f"restore it with git, or run `{relock}`"
    document = read_document(path, relock)
    where = f"{path.parent.name}/{path.name}"
    try:
        roles: dict[Role, dict[str, reading.Fields]] = {role: {} for role in Role}
        for name, entry in document.table("sources").all_tables().items():
            roles[_role(entry)][name] = entry
        own = (_own_source(entry, where) for entry in roles[Role.SOURCE].values())
        lock = PackageLock(
            name=document.text("name"),
            package_version=document.text("package_version"),
            recipe_sha256=document.text("recipe_sha256"),
            own=tuple(sorted(own, key=lambda source: source.into)),
            wheels={name: read_source(entry.content, where=where) for name, entry in roles[Role.WHEEL].items()},
            profiles={name: _answer(answer) for name, answer in document.table("profiles").all_tables().items()},
        )
        for profile in lock.profiles:
            lock.for_profile(profile)
    except InvalidLock as error:
        error.hint = hint
        raise
    except (KeyError, reading.Unreadable) as error:
        message = f"{where} is incomplete: {error}"
        raise InvalidLock(message, hint=hint) from None
    return lock


def _role(entry: reading.Fields) -> Role:
    role = entry.text("role")
    if role not in {*Role}:
        reason = f"{entry.inside('role')} is {role!r}, which is none"
        raise reading.Unreadable(reason)
    return Role(role)


def _own_source(entry: reading.Fields, where: str) -> OwnSource:
    into = entry.content.get("into", "")
    if not isinstance(into, str) or (into and relative_fault(into)):
        message = f"{where}: `into` of {entry.text('name')} is `{into}`, which is no folder below the package's own"
        raise InvalidLock(message)
    unpack = entry.content.get("unpack", True) is not False
    profiles = entry.texts("profiles", ())
    return OwnSource(source=read_source(entry.content, where=where), into=into, unpack=unpack, profiles=profiles)


def _answer(document: reading.Fields) -> Answer:
    made_for = document.table("made_for")
    return Answer(
        made_for=MadeFor(
            python=made_for.text("python"),
            python_full=made_for.text("python_full"),
            python_tag=made_for.text("python_tag"),
            platform=made_for.text("platform"),
            build_python=made_for.text("build_python"),
            build_platforms=made_for.texts("build_platforms"),
            wheels=made_for.table("wheels").all_texts(),
        ),
        build_requires=document.texts("build_requires"),
        test_requires=document.texts("test_requires"),
        run_requires=document.texts("run_requires", ()),
    )
