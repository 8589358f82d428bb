from __future__ import annotations

import gzip
import io
import lzma
import tarfile
from typing import TYPE_CHECKING

import pytest

from wasmwright import limits, tars
from wasmwright.limits import Limit, LimitExceeded
from wasmwright.tars import BrokenTar

if TYPE_CHECKING:
    from pathlib import Path


def tar(*members: tarfile.TarInfo | str, form: str = "") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=f"w:{form}") as archive:  # type: ignore[call-overload]
        for member in members:
            info = tarfile.TarInfo(member) if isinstance(member, str) else member
            info.size = 600 if info.isreg() else 0
            archive.addfile(info, io.BytesIO(b"y" * info.size))
    return data.getvalue()


def block(change: dict[tuple[int, int], bytes], name: str = "a") -> bytes:
    """A header with some of its bytes changed, and a right checksum."""
    header = bytearray(tarfile.TarInfo(name).tobuf(tarfile.GNU_FORMAT))
    for (begin, end), content in change.items():
        header[begin:end] = content
    header[148:156] = b"        "
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def number(value: int) -> bytes:
    """Twelve bytes of a header, as GNU writes what octal digits cannot say."""
    return (value % (1 << 96) | (0xFF if value < 0 else 0x80) << 88).to_bytes(12, "big")


def members(data: bytes, *, most: Limit = limits.UNPACKED_SIZE) -> list[tuple[str, bytes]]:
    with tars.opened(io.BytesIO(data), "x.tar", most=most) as archive:
        return [(member.name, archive.read(member)) for member in archive.members()]


@pytest.mark.parametrize("form", ["", "gz", "bz2", "xz"])
def test_members_are_read_however_they_are_compressed(form: str, tmp_path: Path):
    data = tar("a/b", "a/" + "c" * 200, form=form)
    assert members(data) == [("a/b", b"y" * 600), ("a/" + "c" * 200, b"y" * 600)]
    (tmp_path / "x").write_bytes(data)
    with tars.opened(tmp_path / "x", "x") as archive:
        assert [member.name[:3] for member in archive.members()] == ["a/b", "a/c"]


def test_old_lzma_is_read():
    assert members(lzma.compress(tar("a"), format=lzma.FORMAT_ALONE)) == [("a", b"y" * 600)]


SIZE, KIND = (124, 136), (156, 157)
BROKEN = {
    "nothing": b"",
    "no archive": b"please log in" * 100,
    "a zip archive": b"PK\3\4" + bytes(100),
    "zstd": b"\x28\xb5\x2f\xfd" + bytes(100),
    "gzip of nothing": gzip.compress(b""),
    "gzip, cut": tar("a", "b", form="gz")[:-20],
    "bzip2, cut": tar("a", "b", form="bz2")[:-20],
    "xz, cut": tar("a", "b", form="xz")[:60],
    "xz, of a broken header": b"\xfd7zXZ\0" + bytes(40),
    "cut in a file": tar("a", "b")[:700],
    "cut in a header": tar("a", "b")[:1800],
    "header broken": tar("a")[:1536] + b"x" * 512 + bytes(1024),
    "size below zero": block({SIZE: number(-512)}) * 3,
    "size that leads back": tar("a")[:1536] + block({SIZE: number(-1536)}) + bytes(1024),
    "holes": block({KIND: b"S"}) + bytes(1024),
    "holes without end": block({KIND: b"S", (386, 483): b"\xff" * 96 + b"\1"}) + b"\1" * 4096,
    "extended header, cut": block({KIND: b"x", SIZE: b"00000001000\0"}),
    "extended header of nonsense": block({KIND: b"x", SIZE: b"00000000020\0"}) + b"99999999999999 a" + bytes(496),
    "long name without a member": block({KIND: b"L", SIZE: b"00000000020\0"}) + b"x" * 512,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_broken_is_one_kind_of_error(kind: str):
    with pytest.raises(BrokenTar, match=r"x\.tar"):
        members(BROKEN[kind])


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (block({SIZE: number(1 << 40)}), limits.MEMBER_SIZE),
        (block({KIND: b"x", SIZE: number(1 << 29)}), limits.TAR_HEADER),
        (block({KIND: b"L", SIZE: number(1 << 29)}), limits.TAR_HEADER),
        (tar("a/" * 200 + "b"), limits.MEMBER_DEPTH),
        (tar("a" * 5000), limits.MEMBER_NAME),
    ],
)
def test_headers_are_believed_within_limits(data: bytes, limit: Limit):
    with pytest.raises(LimitExceeded) as caught:
        members(data)
    assert caught.value.limit is limit


def test_archive_is_unpacked_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tars, "_CHUNK", 1)
    data = gzip.compress(tar(*map(str, range(200))))
    most = Limit(name="size", most=150_000, of_bytes=True)
    with pytest.raises(LimitExceeded, match=r"x\.tar: size: more, and no more than 146\.5 KiB"):
        members(data, most=most)
    with tars.opened(io.BytesIO(data), "x.tar", most=most) as archive:
        assert next(archive.members()).name == "0"


def test_many_members_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MEMBERS", Limit(name="files", most=9))
    with pytest.raises(LimitExceeded, match="files: 10"):
        members(tar(*map(str, range(12))))


def test_zip_is_told_by_how_it_begins():
    for content, is_zip in ((b"PK\3\4xyz", True), (b"PK\5\6", True), (b"", False), (tar("a") + b"PK\3\4", False)):
        file = io.BytesIO(content)
        assert tars.is_zip(file) is is_zip
        assert file.tell() == 0
