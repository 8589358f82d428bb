"""What a wheel holds. All of it is read into memory, as far as limits.py allows."""

from __future__ import annotations

import bisect
import email.parser
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import limits, zips
from wasmwright.wheel.errors import InvalidWheel, UnsafeWheel
from wasmwright.wheel.tags import WheelName, parse_wheel_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message
    from pathlib import Path
    from zipfile import ZipInfo

_REQUIRED = ("METADATA", "WHEEL", "RECORD")
_SHARED_OBJECT = re.compile(r"\.so(\.[0-9]+)*\Z")
# What terminals and editors obey instead of showing it: controls, and turns of the direction of writing.
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


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
        return tuple(sorted(name for name in self.members if is_shared_object(name)))

    @property
    def metadata(self) -> Message:
        """The fields of METADATA."""
        return parse_fields(self.members[f"{self.dist_info}/METADATA"].data)

    @property
    def wheel(self) -> Message:
        """The fields of WHEEL."""
        return parse_fields(self.members[f"{self.dist_info}/WHEEL"].data)


def is_shared_object(name: str) -> bool:
    """Whether a file is named as side modules are: `x.so`, `libx.so.1.2`."""
    return bool(_SHARED_OBJECT.search(name))


def read_wheel(path: Path) -> WheelInfo:
    """Read a wheel; raises InvalidWheel, UnsafeWheel or LimitExceeded, saying which member is wrong and how."""
    name = parse_wheel_name(path.name)
    try:
        members = _members(path)
    except zips.BrokenZip as error:
        raise InvalidWheel(str(error), hint=error.hint) from error
    return WheelInfo(name=name, dist_info=_dist_info(path.name, name, members), members=members)


def check_wheel(path: Path) -> None:
    """What can be told of a wheel at once, by its name and its list of files; raises as `read_wheel`."""
    parse_wheel_name(path.name)
    try:
        with zips.opened(path, path.name):
            pass
    except zips.BrokenZip as error:
        raise InvalidWheel(str(error), hint=error.hint) from error


def parse_fields(data: bytes) -> Message:
    """The `Key: value` lines of METADATA or WHEEL."""
    return email.parser.HeaderParser().parsestr(data.decode("utf-8", errors="replace"))


def check_member_name(wheel: str, name: str) -> None:
    """Raise UnsafeWheel for a name that could leave the folder a wheel is unpacked in, or steer a terminal."""
    parts = name.rstrip("/").split("/")
    is_unsafe = name.startswith("/") or "\\" in name or ":" in parts[0]
    if is_unsafe or any(part in {"", ".", ".."} for part in parts):
        message = f"{wheel}: the member `{name}` would be unpacked outside its folder"
        raise UnsafeWheel(message, hint="do not install this wheel; build it again from its source")
    if _CONTROL.search(name):
        message = f"{wheel}: the name of the member {name!r} has characters that steer a terminal"
        raise UnsafeWheel(message, hint="no project names files so: do not install this wheel")


def _members(path: Path) -> dict[str, Member]:
    wheel = path.name
    members: dict[str, Member] = {}
    with zips.opened(path, wheel) as archive:
        entries = archive.infolist()
        limits.WHEEL_SIZE.check(sum(entry.file_size for entry in entries), wheel)
        for entry in entries:
            check_member_name(wheel, entry.filename)
            if entry.is_dir():
                continue
            _refuse_odd(wheel, entry, is_known=entry.filename in members)
            executable = bool(entry.external_attr >> 16 & stat.S_IXUSR)
            members[entry.filename] = Member(data=zips.read_member(archive, entry, wheel), is_executable=executable)
    _refuse_files_as_folders(wheel, members)
    return members


def _refuse_odd(wheel: str, entry: ZipInfo, *, is_known: bool) -> None:
    limits.WHEEL_MEMBER_SIZE.check(entry.file_size, f"{wheel}, {entry.filename}")
    if is_known:
        message = f"{wheel}: the member `{entry.filename}` is there twice"
        raise InvalidWheel(message)
    if zips.is_link(entry):
        message = f"{wheel}: the member `{entry.filename}` is a symbolic link"
        raise UnsafeWheel(message, hint="wheels hold plain files only")
    if zips.is_special(entry):
        message = f"{wheel}: the member `{entry.filename}` is a device, or another special file"
        raise UnsafeWheel(message, hint="wheels hold plain files only")


def _refuse_files_as_folders(wheel: str, members: Mapping[str, Member]) -> None:
    names = sorted(members)
    for name in names:
        following = bisect.bisect_left(names, f"{name}/")
        if following < len(names) and names[following].startswith(f"{name}/"):
            message = f"{wheel}: the member `{name}` is a file, and the folder of `{names[following]}`"
            raise InvalidWheel(message)


def _dist_info(wheel: str, name: WheelName, members: Mapping[str, Member]) -> str:
    tops = {member.partition("/")[0] for member in members}
    found = sorted(top for top in tops if top.endswith(".dist-info"))
    if len(found) != 1:
        message = f"{wheel}: it has {len(found)} folders .dist-info where a wheel has one"
        raise InvalidWheel(message, hint=f"expected `{name.dist_info}`" if not found else ", ".join(found))
    distribution, _, version = found[0].removesuffix(".dist-info").partition("-")
    if not name.is_of(distribution, version.replace("_", "-")):
        message = f"{wheel}: its metadata folder is `{found[0]}`, which belongs to another wheel"
        raise InvalidWheel(message, hint=f"expected `{name.dist_info}`")
    missing = [file for file in _REQUIRED if f"{found[0]}/{file}" not in members]
    if missing:
        message = f"{wheel}: `{found[0]}` lacks {', '.join(missing)}"
        raise InvalidWheel(message)
    for file in _REQUIRED:
        _check_document(f"{wheel}, {found[0]}/{file}", members[f"{found[0]}/{file}"].data)
    return found[0]


def _check_document(where: str, data: bytes) -> None:
    limits.METADATA_SIZE.check(len(data), where)
    if not where.endswith("/RECORD"):
        head = data.replace(b"\r", b"").partition(b"\n\n")[0]
        limits.METADATA_FIELDS.check(head.count(b"\n"), where)
