from __future__ import annotations

import pytest

from wasmwright.wheel.inspect import Member
from wasmwright.wheel.record import check_record, digest, parse_record, render_record

INFO = "demo-1.0.dist-info"
FILES = {"b,c.py": Member(data=b"b"), "a.py": Member(data=b""), f"{INFO}/WHEEL": Member(data=b"w")}


def with_record(text: bytes) -> dict[str, Member]:
    return {**FILES, f"{INFO}/RECORD": Member(data=text)}


def test_digest_has_no_padding():
    assert digest(b"") == "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"


def test_rendered_record_is_sorted_and_agrees():
    text = render_record(FILES, INFO)
    assert [row.path for row in parse_record(text)] == ["a.py", "b,c.py", f"{INFO}/WHEEL", f"{INFO}/RECORD"]
    assert check_record(with_record(text), INFO) == []


def test_signatures_need_no_line():
    members = with_record(render_record(FILES, INFO))
    assert check_record({**members, f"{INFO}/RECORD.jws": Member(data=b"")}, INFO) == []


@pytest.mark.parametrize(
    ("old", "new", "member", "message"),
    [
        (b"a.py,", b"z.py,", "a.py", "is not listed in RECORD"),
        (b"a.py,", b"z.py,", "z.py", "is listed in RECORD but not there"),
        (b"=47DEQ", b"=47DEX", "a.py", "differs from its hash in RECORD"),
        (b",0\n", b",7\n", "a.py", "has 0 bytes, RECORD says `7`"),
        (b"sha256=47DEQ", b"md5=47DEQ", "a.py", "has no sha256 in RECORD but `md5="),
        (f"{INFO}/RECORD,,\n".encode(), f"{INFO}/RECORD,,\na.py,,\n".encode(), "a.py", "is listed twice in RECORD"),
        (b",0\n", b"\n", f"{INFO}/RECORD", "cannot be read: line 1 has 2 fields, not 3"),
        (b"a.py", b"\xff", f"{INFO}/RECORD", "cannot be read: 'utf-8'"),
    ],
)
def test_disagreements_are_named(old: bytes, new: bytes, member: str, message: str):
    text = render_record(FILES, INFO)
    assert old in text
    faults = check_record(with_record(text.replace(old, new)), INFO)
    assert any(fault.member == member and fault.message.startswith(message) for fault in faults), faults
