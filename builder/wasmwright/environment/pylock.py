"""An environment's lock: a `pylock.toml` (PEP 751), with a table of ours for what that does not say.

It names no index. A wheel's `path` is where it lies in a distribution of the environment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packaging.pylock import Pylock, PylockUnsupportedVersionError, PylockValidationError

from wasmwright import reading
from wasmwright.environment.errors import InvalidEnvironmentLock
from wasmwright.errors import InvalidLock
from wasmwright.files import write_text
from wasmwright.limits import LimitExceeded
from wasmwright.names import quoted
from wasmwright.outputs.documents import WheelOrigin
from wasmwright.outputs.pylock import pylock_text
from wasmwright.sources.entry import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packaging.pylock import Package, PackageWheel

NAME = "pylock.toml"
_PYTHON = re.compile(r"3\.[0-9]{1,3}")
_RELOCK = "make it anew: `./wasmwright env lock`"


@dataclass(frozen=True, kw_only=True)
class LockedWheel:
    """A wheel of an environment; `source` says where one of the index is from, and is None of a package of ours.

    `extras` are those that something asks for, `depends` the names of other wheels here.
    """

    name: str
    version: str
    file: str
    size: int
    sha256: str
    depends: tuple[str, ...]
    extras: tuple[str, ...] = ()
    source: Source | None = None

    @property
    def origin(self) -> WheelOrigin:
        """Whether we build it."""
        return WheelOrigin.BUILT if self.source is None else WheelOrigin.INDEX


@dataclass(frozen=True, kw_only=True)
class EnvironmentLock:
    """What requirements resolved to for a profile, by name."""

    profile: str
    python: str
    requirements: tuple[str, ...]
    wheels: tuple[LockedWheel, ...]

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that we build."""
        return tuple(wheel.name for wheel in self.wheels if wheel.source is None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The wheels of the index."""
        return tuple(wheel.source for wheel in self.wheels if wheel.source is not None)


def write_lock(path: Path, lock: EnvironmentLock) -> None:
    """Write the lock in one step."""
    ours = {"profile": lock.profile, "python": lock.python, "requirements": [*lock.requirements]}
    write_text(path, pylock_text(lock.wheels, python=lock.python, ours=ours, ours_of=_ours_of))


def read_lock(path: Path) -> EnvironmentLock:
    """Read a lock that wasmwright made. Raises InvalidEnvironmentLock and LimitExceeded."""
    try:
        pylock = Pylock.from_dict(reading.toml_file(path))
        ours = reading.Fields.of(dict(pylock.tool or {}), "tool").table("wasmwright")
        return EnvironmentLock(
            profile=ours.text("profile"),
            python=_python(ours),
            requirements=ours.texts("requirements"),
            wheels=tuple(_wheel(package, str(path)) for package in pylock.packages),
        )
    except LimitExceeded:
        raise
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise InvalidEnvironmentLock(message, hint="give the lock that `./wasmwright env lock` writes") from None
    except (reading.Unreadable, PylockValidationError, PylockUnsupportedVersionError, InvalidLock) as error:
        message = f"{path} is no lock of an environment: {error}"
        raise InvalidEnvironmentLock(message, hint=_RELOCK) from None


def _ours_of(wheel: LockedWheel) -> dict[str, Any]:
    ours: dict[str, Any] = {"origin": wheel.origin.value}
    if wheel.source is not None:
        ours |= {"purl": wheel.source.purl, "store-name": wheel.source.name}
    if wheel.extras:
        ours["extras"] = [*wheel.extras]
    return ours


def _python(ours: reading.Fields) -> str:
    python = ours.text("python")
    if _PYTHON.fullmatch(python) is None:
        reason = f"{ours.inside('python')} is {quoted(python)}, which is no version as 3.14"
        raise reading.Unreadable(reason)
    return python


def _wheel(package: Package, where: str) -> LockedWheel:
    wheels = package.wheels or ()
    if len(wheels) != 1 or package.version is None:
        reason = f"{package.name} has {len(wheels)} wheels, and an environment has one of each, with its version"
        raise reading.Unreadable(reason)
    (wheel,) = wheels
    ours = reading.Fields.of(dict(package.tool or {}), f"tool of {package.name}").table("wasmwright")
    origin, sha256, size = ours.text("origin"), wheel.hashes.get("sha256"), wheel.size
    if origin not in {*WheelOrigin} or sha256 is None or size is None:
        reason = f"{package.name} has no sha256 or size, or comes from `{origin}`"
        raise reading.Unreadable(reason)
    return LockedWheel(
        name=package.name,
        version=str(package.version),
        file=wheel.filename,
        size=size,
        sha256=sha256,
        depends=tuple(_dependency(package, entry) for entry in package.dependencies or ()),
        extras=ours.texts("extras", ()),
        source=_source(ours, wheel, where) if WheelOrigin(origin) is WheelOrigin.INDEX else None,
    )


def _source(ours: reading.Fields, wheel: PackageWheel, where: str) -> Source:
    entry = {"purl": ours.text("purl"), "file": wheel.filename, "name": ours.text("store-name")}
    return read_source({**entry, "size": wheel.size, "sha256": wheel.hashes["sha256"]}, where=where)


def _dependency(package: Package, entry: Mapping[str, Any]) -> str:
    return reading.Fields.of(dict(entry), f"a dependency of {package.name}").text("name")
