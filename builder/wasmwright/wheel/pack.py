"""Writes wheels whose bytes depend on their contents only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.wheel.archive import File, archive
from wasmwright.wheel.inspect import Member, check_member_name
from wasmwright.wheel.record import render_record

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = 0o100644
_EXECUTABLE = 0o100755


def pack(members: Mapping[str, Member], dist_info: str, *, epoch: int) -> bytes:
    """A wheel of `members` with a RECORD of its own; all files get the time `epoch` (seconds since 1970).

    The metadata folder comes last, as the format recommends, and RECORD last in it.
    """
    record = f"{dist_info}/RECORD"
    complete = {**members, record: Member(data=render_record(members, dist_info))}
    names = sorted(complete, key=lambda path: (path.startswith(f"{dist_info}/"), path == record, path))
    for name in names:
        check_member_name(dist_info, name)
    return archive([_file(name, complete[name]) for name in names], epoch=epoch)


def _file(name: str, member: Member) -> File:
    return File(name=name, data=member.data, mode=_EXECUTABLE if member.is_executable else _FILE)
