"""Writes wheels whose bytes depend on their contents only."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

from wasmwright.wheel.inspect import Member, check_member_name
from wasmwright.wheel.record import render_record

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNIX = 3
_LEVEL = 9
_FILE = 0o100644 << 16
_EXECUTABLE = 0o100755 << 16
EARLIEST = 315532800
"""1980-01-01, the first date that a zip archive can hold, in seconds since 1970."""
_LATEST = 4354819198  # 2107-12-31


def pack(members: Mapping[str, Member], dist_info: str, *, epoch: int) -> bytes:
    """A wheel of `members` with a RECORD of its own; all files get the time `epoch` (seconds since 1970).

    The metadata folder comes last, as the format recommends, and RECORD last in it.
    """
    record = f"{dist_info}/RECORD"
    complete = {**members, record: Member(data=render_record(members, dist_info))}
    stamp = time.gmtime(min(max(epoch, EARLIEST), _LATEST))[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name in sorted(complete, key=lambda path: (path.startswith(f"{dist_info}/"), path == record, path)):
            check_member_name(dist_info, name)
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.create_system = _UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _EXECUTABLE if complete[name].is_executable else _FILE
            archive.writestr(entry, complete[name].data, compresslevel=_LEVEL)
    return buffer.getvalue()
