"""A `pylock.toml` (PEP 751) beside the project: which wheels are its build requirements."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from wasmwright import reading
from wasmwright.wheeltools.errors import InvalidBuildLock
from wasmwright.wheeltools.index import file_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wasmwright.wheeltools.pythons import FittingPython

# The first of them that is there.
NAMES = ("pylock.build.toml", "pylock.toml")
_ALGORITHM = "sha256"


@dataclass(frozen=True, kw_only=True)
class BuildLockWheel:
    """A wheel of a lock: its file on this machine, or where it is downloaded from."""

    project: str
    file: str
    sha256: str
    path: Path | None
    url: str | None

    @property
    def reference(self) -> str:
        """As pip takes a file that it has to check."""
        return f"{self.url}#{_ALGORITHM}={self.sha256}"


@dataclass(frozen=True, kw_only=True)
class BuildLock:
    """The wheels of a lock, by project."""

    path: Path
    wheels: tuple[BuildLockWheel, ...]

    def wheel_of(self, project: str, python: FittingPython) -> BuildLockWheel | None:
        """The wheel of a project that fits a Python."""
        return next((one for one in self.wheels if one.project == project and python.takes(one.file)), None)

    def check(self, wheel: BuildLockWheel, file: Path) -> None:
        """Raise InvalidBuildLock where a file is not the one that is locked."""
        try:
            found = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            message = f"{self.path} names {file}, which cannot be read: {error.strerror}"
            raise InvalidBuildLock(message, hint="put it there, or make the lock anew") from None
        if found != wheel.sha256:
            message = f"{file} has sha256 {found}, and {self.path} wants {wheel.sha256}"
            raise InvalidBuildLock(message, hint="make the lock anew, or put the file back that it was made of")


def lock_beside(folder: Path) -> BuildLock | None:
    """The lock in a project's folder, if there is one. Raises InvalidBuildLock."""
    found = next((folder / name for name in NAMES if (folder / name).is_file()), None)
    return None if found is None else read_lock(found)


def read_lock(path: Path) -> BuildLock:
    """Read a lock. Raises InvalidBuildLock."""
    try:
        document = reading.Fields(reading.toml_file(path))
        wheels = tuple(wheel for package in document.tables("packages") for wheel in _wheels(package, path.parent))
    except (OSError, reading.Unreadable) as error:
        message = f"{path} cannot be read: {error}"
        raise InvalidBuildLock(message, hint="make it with a tool that writes pylock.toml (PEP 751)") from None
    return BuildLock(path=path, wheels=wheels)


def _wheels(package: reading.Fields, folder: Path) -> Iterator[BuildLockWheel]:
    project = canonicalize_name(package.text("name"))
    entries: Iterable[reading.Fields] = package.tables("wheels") if "wheels" in package.content else ()
    for entry in entries:
        url, place = entry.optional_text("url"), entry.optional_text("path")
        sha256 = entry.table("hashes").all_texts().get(_ALGORITHM)
        where = place or url
        if where is None or sha256 is None:
            reason = f"a wheel of {project} has no {'url' if where is None else _ALGORITHM}"
            raise reading.Unreadable(reason)
        yield BuildLockWheel(
            project=project,
            file=entry.optional_text("name") or file_name(where),
            sha256=sha256,
            path=None if place is None else folder / place,
            url=url,
        )
