"""Distributions that are there, and which of them requirements ask for."""

from __future__ import annotations

import email.parser
import zipfile
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.markers import UndefinedComparison
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from wasmwright.wheel.errors import InvalidWheel
from wasmwright.wheel.inspect import check_wheel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from email.message import Message
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """One that can be used: a folder with `lib` and `bin`, or a wheel; None for a program that is on PATH anyway.

    `requires` is as its METADATA says it.
    """

    name: str
    version: str
    path: Path | None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A requirement that nothing on the shelf meets. `found` is the version that is there, which does not fit."""

    requirement: str
    wanted_by: str
    found: str | None = None

    @property
    def told(self) -> str:
        """For people."""
        there = f" ({self.found} is there)" if self.found else ""
        return f"{self.requirement}{there}, which {self.wanted_by} asks for"


@dataclass(frozen=True, kw_only=True)
class Picked:
    """What requirements led to, by name, and what they lack."""

    chosen: Mapping[str, Distribution]
    lacking: tuple[Lacking, ...]


def unpacked(folder: Path) -> Distribution:
    """The one distribution of a folder of the build Python."""
    (metadata,) = (folder / "lib").glob("*.dist-info/METADATA")
    return _distribution(_fields(metadata.read_text(encoding="utf-8")), folder)


def wheels_in(folder: Path) -> list[Distribution]:
    """The wheels of a folder. Raises InvalidWheel for what is named so and is none."""
    return [wheel(path) for path in sorted(folder.glob("*.whl"))]


def wheel(path: Path) -> Distribution:
    """A wheel. Raises InvalidWheel."""
    check_wheel(path)
    with zipfile.ZipFile(path) as zipped:
        names = [name for name in zipped.namelist() if name.count("/") == 1 and name.endswith(".dist-info/METADATA")]
        if len(names) != 1:
            message = f"{path.name} has {len(names)} files METADATA where a wheel has one"
            raise InvalidWheel(message, hint="build or download it again")
        return _distribution(_fields(zipped.read(names[0]).decode("utf-8", "replace")), path)


def select(
    requirements: Iterable[str], shelf: Sequence[Distribution], markers: Mapping[str, str], *, wanted_by: str
) -> Picked:
    """What `requirements` need of the shelf, where of several of one name the first that fits is taken.

    Raises InvalidRequirement and UndefinedComparison of packaging for a text of the project's own that is none.
    """
    chosen: dict[str, Distribution] = {}
    lacking: dict[str, Lacking] = {}
    extras: dict[str, set[str]] = {}
    waiting = deque((requirement, wanted_by) for requirement in _applying(requirements, markers, set()))
    while waiting:
        requirement, who = waiting.popleft()
        name = canonicalize_name(requirement.name)
        offered = [chosen[name]] if name in chosen else [one for one in shelf if one.name == name]
        found = next((one for one in offered if fits(requirement, one.version)), None)
        if found is None:
            text = _without_marker(requirement)
            there = ", ".join(dict.fromkeys(one.version for one in offered)) or None
            lacking[text] = Lacking(requirement=text, wanted_by=who, found=there)
            continue
        known = extras.get(name)
        wanted = (known or set()) | requirement.extras
        if known == wanted:
            continue
        extras[name] = wanted
        chosen[name] = found
        waiting.extend((needed, found.name) for needed in _applying(found.requires, markers, wanted, lenient=True))
    return Picked(chosen=chosen, lacking=tuple(lacking.values()))


def fits(requirement: Requirement, version: str) -> bool:
    """Whether a version is one that is asked for; betas are, as they are there."""
    try:
        return requirement.specifier.contains(Version(version), prereleases=True)
    except InvalidVersion:
        return False


def _applying(
    texts: Iterable[str], markers: Mapping[str, str], extras: set[str], *, lenient: bool = False
) -> Iterator[Requirement]:
    """The requirements whose markers are true. What others wrote wrongly is passed over with `lenient`."""
    for text in texts:
        try:
            requirement = Requirement(text)
            marker = requirement.marker
            applies = marker is None or any(marker.evaluate({**markers, "extra": extra}) for extra in extras or {""})
        except (InvalidRequirement, UndefinedComparison):
            if lenient:
                continue
            raise
        if applies:
            yield requirement


def _without_marker(requirement: Requirement) -> str:
    return str(requirement).partition(";")[0].strip()


def _fields(text: str) -> Message:
    return email.parser.HeaderParser().parsestr(text)


def _distribution(fields: Message, path: Path) -> Distribution:
    return Distribution(
        name=canonicalize_name(str(fields["Name"])),
        version=str(fields["Version"]),
        requires=tuple(map(str, fields.get_all("Requires-Dist", []))),
        path=path,
    )
