from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright import limits
from wasmwright.limits import LimitExceeded
from wasmwright.zips import BrokenZip, opened, read_member

if TYPE_CHECKING:
    from pathlib import Path

_LISTED = b"PK\1\2"


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return bytearray(buffer.getvalue())


def contents(data: bytes) -> dict[str, bytes]:
    with opened(io.BytesIO(data), "x.zip") as archive:
        return {entry.filename: read_member(archive, entry, "x.zip") for entry in archive.infolist()}


def listed(data: bytearray, offset: int, packed: str, value: int) -> bytearray:
    """The archive with a field of its first entry in the list at the end changed."""
    struct.pack_into(packed, data, data.index(_LISTED) + offset, value)
    return data


def test_what_is_right_is_read(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(zipped(("a", b"1"), ("b/c", b"2" * 5000)))
    with opened(tmp_path / "a.zip", "a.zip") as archive:
        assert [read_member(archive, entry, "a.zip") for entry in archive.infolist()] == [b"1", b"2" * 5000]
    assert contents(bytes(zipped(("a", b"1"), method=zipfile.ZIP_STORED))) == {"a": b"1"}


def test_a_bomb_is_refused_by_its_list_before_anything_is_unpacked():
    bomb = listed(zipped(("a", b"0" * 100)), 24, "<I", 200 * limits.MIB)
    with pytest.raises(LimitExceeded, match="in times of its own") as caught:
        contents(bomb)
    assert caught.value.limit is limits.RATIO


def test_a_bomb_that_lists_a_small_size_is_not_unpacked_beyond_it():
    bomb = listed(zipped(("a", bytes(100 * limits.MIB))), 24, "<I", 10)
    with pytest.raises(BrokenZip, match="`a` in it cannot be read"):
        contents(bomb)


@pytest.mark.parametrize(
    ("entry", "limit"),
    [
        (("a" * 5000, b""), limits.MEMBER_NAME),
        (("a/" * 101, b""), limits.MEMBER_DEPTH),
    ],
)
def test_names_have_limits(entry: tuple[str, bytes], limit: limits.Limit):
    with pytest.raises(LimitExceeded) as caught:
        contents(zipped(entry))
    assert caught.value.limit is limit


def test_a_list_of_files_that_is_too_long_is_not_read():
    data = zipped(("a", b""))
    end = data.rindex(b"PK\5\6")
    size = limits.ZIP_LISTING.most + 1
    struct.pack_into("<I", data, end + 12, size)
    with pytest.raises(LimitExceeded) as caught:
        contents(data[:end] + bytes(size) + data[end:])
    assert caught.value.limit is limits.ZIP_LISTING


def test_too_many_files(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MEMBERS", limits.Limit(name="files", most=2))
    with pytest.raises(LimitExceeded, match=r"x\.zip: files: 3, and no more than 2 are read"):
        contents(zipped(("a", b""), ("b", b""), ("c", b"")))


@pytest.mark.parametrize(("method", "name"), [(zipfile.ZIP_LZMA, "lzma"), (zipfile.ZIP_BZIP2, "bzip2")])
def test_other_compressions_are_named(method: int, name: str):
    with pytest.raises(BrokenZip, match=f"`a` in it is compressed with {name}, which installers need not know"):
        contents(zipped(("a", b"1"), method=method))


def test_unknown_compression_and_encryption():
    with pytest.raises(BrokenZip, match="compressed with method 77"):
        contents(listed(zipped(("a", b"1")), 10, "<H", 77))
    with pytest.raises(BrokenZip, match="is encrypted"):
        contents(listed(zipped(("a", b"1")), 8, "<H", 1))


def test_names_with_nul():
    data = bytes(zipped(("a_b.py", b""))).replace(b"a_b.py", b"a\0b.py")
    with pytest.raises(BrokenZip, match="has a NUL"):
        contents(data)


@pytest.mark.parametrize("data", [b"", b"PK\5\6", b"<html>", b"PK\5\6" + b"\xff" * 18, b"PK\6\7" + b"\xff" * 60])
def test_what_is_no_archive(data: bytes):
    with pytest.raises(BrokenZip, match="it is not a zip archive, or a truncated one"):
        contents(data)


def test_offsets_beyond_every_file():
    data = zipped(("a", b"1"))
    data = listed(data, 42, "<I", 0xFFFFFFF0)
    with pytest.raises(BrokenZip):
        contents(data)


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(BrokenZip, match="cannot be read: No such file"), opened(tmp_path / "no.zip", "no.zip"):
        pass
