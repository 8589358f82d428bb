"""RECORD: the list of a wheel's files with their hashes and sizes."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.limits import MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.wheel.inspect import Member

# Signatures are made after RECORD and cannot stand in it.
_UNLISTED = ("RECORD", "RECORD.jws", "RECORD.p7s")
_COLUMNS = 3
# The only ones that the format allows and that are strong enough.
_ALGORITHMS = {"sha256", "sha384", "sha512"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of RECORD; hash and size are empty for RECORD itself."""

    path: str
    digest: str
    size: str


@dataclass(frozen=True, kw_only=True)
class RecordFault:
    """A disagreement between RECORD and the files."""

    member: str
    message: str


def digest(data: bytes, algorithm: str = "sha256") -> str:
    """A hash as RECORD has it: urlsafe base 64 without padding."""
    raw = hashlib.new(algorithm, data).digest()
    return f"{algorithm}={base64.urlsafe_b64encode(raw).rstrip(b'=').decode('ascii')}"


def render_record(members: Mapping[str, Member], dist_info: str) -> bytes:
    """RECORD for `members`, in sorted order and with itself as the last line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    unlisted = _unlisted(dist_info)
    for path in sorted(members):
        if path not in unlisted:
            writer.writerow([path, digest(members[path].data), len(members[path].data)])
    writer.writerow([f"{dist_info}/RECORD", "", ""])
    return text.getvalue().encode()


def parse_record(data: bytes) -> list[Row]:
    """The rows of RECORD; raises ValueError for text that is none, and LimitExceeded."""
    rows = []
    for number, row in enumerate(csv.reader(io.StringIO(data.decode("utf-8"), newline="")), start=1):
        MEMBERS.check(number, "RECORD")
        if len(row) != _COLUMNS:
            message = f"line {number} has {len(row)} fields, not {_COLUMNS}"
            raise ValueError(message)
        rows.append(Row(path=row[0], digest=row[1], size=row[2]))
    return rows


def check_record(members: Mapping[str, Member], dist_info: str) -> list[RecordFault]:
    """Everything in which RECORD and the files disagree."""
    record = f"{dist_info}/RECORD"
    try:
        rows = parse_record(members[record].data)
    except (ValueError, csv.Error) as error:
        return [RecordFault(member=record, message=f"cannot be read: {error}")]
    listed = {row.path for row in rows}
    faults = [
        RecordFault(member=path, message="is not listed in RECORD")
        for path in sorted(members.keys() - listed - _unlisted(dist_info))
    ]
    seen: set[str] = set()
    for row in rows:
        if row.path in seen:
            faults.append(RecordFault(member=row.path, message="is listed twice in RECORD"))
        seen.add(row.path)
        faults += _check_row(row, members, is_unlisted=row.path in _unlisted(dist_info))
    return faults


def _check_row(row: Row, members: Mapping[str, Member], *, is_unlisted: bool) -> Iterator[RecordFault]:
    member = members.get(row.path)
    if member is None:
        yield RecordFault(member=row.path, message="is listed in RECORD but not there")
        return
    if is_unlisted:
        return
    algorithm = row.digest.partition("=")[0]
    if algorithm not in _ALGORITHMS:
        yield RecordFault(member=row.path, message=f"has no sha256 in RECORD but `{row.digest}`")
    elif row.digest != digest(member.data, algorithm):
        yield RecordFault(member=row.path, message="differs from its hash in RECORD")
    if row.size != str(len(member.data)):
        yield RecordFault(member=row.path, message=f"has {len(member.data)} bytes, RECORD says `{row.size}`")


def _unlisted(dist_info: str) -> set[str]:
    return {f"{dist_info}/{name}" for name in _UNLISTED}
