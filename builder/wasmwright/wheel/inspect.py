"""What a wheel holds. The whole file is read into memory: the largest ones have some hundred megabytes."""

from __future__ import annotations

import email.parser
import io
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.wheel.errors import InvalidWheel, UnsafeWheel
from wasmwright.wheel.tags import WheelName, normalized, parse_wheel_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message
    from pathlib import Path

EXTENSION = ".so"
_REQUIRED = ("METADATA", "WHEEL", "RECORD")


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file in a wheel."""

    data: bytes
    is_executable: bool = False


@dataclass(frozen=True, kw_only=True)
class WheelInfo:
    """A wheel, read and found to be one. `dist_info` is the folder as it is named inside."""

    name: WheelName
    dist_info: str
    members: Mapping[str, Member]

    @property
    def extensions(self) -> tuple[str, ...]:
        """The names of shared objects, sorted."""
        return tuple(sorted(name for name in self.members if name.endswith(EXTENSION)))

    @property
    def metadata(self) -> Message:
        """The fields of METADATA."""
        return parse_fields(self.members[f"{self.dist_info}/METADATA"].data)

    @property
    def wheel(self) -> Message:
        """The fields of WHEEL."""
        return parse_fields(self.members[f"{self.dist_info}/WHEEL"].data)


def read_wheel(path: Path) -> WheelInfo:
    """Read a wheel; raises InvalidWheel or UnsafeWheel, saying which member is wrong and how."""
    name = parse_wheel_name(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise InvalidWheel(message) from error
    members = _members(path.name, data)
    return WheelInfo(name=name, dist_info=_dist_info(path.name, name, members), members=members)


def parse_fields(data: bytes) -> Message:
    """The `Key: value` lines of METADATA or WHEEL."""
    return email.parser.HeaderParser().parsestr(data.decode("utf-8", errors="replace"))


def check_member_name(wheel: str, name: str) -> None:
    """Raise UnsafeWheel for a name that could leave the folder a wheel is unpacked in."""
    parts = name.rstrip("/").split("/")
    is_unsafe = name.startswith("/") or "\\" in name or "\0" in name or ":" in parts[0]
    if is_unsafe or any(part in {"", ".", ".."} for part in parts):
        message = f"{wheel}: the member `{name}` would be unpacked outside its folder"
        raise UnsafeWheel(message, hint="do not install this wheel; build it again from its source")


def _members(wheel: str, data: bytes) -> dict[str, Member]:
    members: dict[str, Member] = {}
    current = ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                current = entry.filename
                check_member_name(wheel, current)
                if entry.is_dir():
                    continue
                _refuse_odd(wheel, entry, is_known=current in members)
                executable = bool(entry.external_attr >> 16 & stat.S_IXUSR)
                members[current] = Member(data=archive.read(entry), is_executable=executable)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        where = f"the member `{current}` cannot be read" if current else "it is not a zip archive, or a truncated one"
        message = f"{wheel}: {where} ({error})"
        raise InvalidWheel(message, hint="fetch or build the wheel again") from error
    return members


def _refuse_odd(wheel: str, entry: zipfile.ZipInfo, *, is_known: bool) -> None:
    if is_known:
        message = f"{wheel}: the member `{entry.filename}` is there twice"
        raise InvalidWheel(message)
    if stat.S_ISLNK(entry.external_attr >> 16):
        message = f"{wheel}: the member `{entry.filename}` is a symbolic link"
        raise UnsafeWheel(message, hint="wheels hold plain files only")


def _dist_info(wheel: str, name: WheelName, members: Mapping[str, Member]) -> str:
    tops = {PurePosixPath(member).parts[0] for member in members}
    found = sorted(top for top in tops if top.endswith(".dist-info"))
    if len(found) != 1:
        message = f"{wheel}: it has {len(found)} folders .dist-info where a wheel has one"
        raise InvalidWheel(message, hint=f"expected `{name.dist_info}`" if not found else ", ".join(found))
    distribution, _, version = found[0].removesuffix(".dist-info").partition("-")
    if (normalized(distribution), version) != (normalized(name.distribution), name.version):
        message = f"{wheel}: its metadata folder is `{found[0]}`, which belongs to another wheel"
        raise InvalidWheel(message, hint=f"expected `{name.dist_info}`")
    missing = [file for file in _REQUIRED if f"{found[0]}/{file}" not in members]
    if missing:
        message = f"{wheel}: `{found[0]}` lacks {', '.join(missing)}"
        raise InvalidWheel(message)
    return found[0]
