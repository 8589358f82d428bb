"""Archives of wheels: what Python's own reader makes of them, and how small they are."""

import io
import random
import struct
import zipfile
import zlib

import pytest

from wasmwright.wheel import archive as module
from wasmwright.wheel.archive import EARLIEST, File, archive
from wasmwright.wheel.errors import InvalidWheel


def read(data: bytes) -> zipfile.ZipFile:
    opened = zipfile.ZipFile(io.BytesIO(data))
    assert opened.testzip() is None
    return opened


def test_what_the_standard_library_reads() -> None:
    text = b"import numpy\n" * 50
    files = [
        File(name="a/__init__.py", data=b"", mode=0o100644),
        File(name="a/größe.py", data=text, mode=0o100644),
        File(name="a/run", data=b"\x00\x01", mode=0o100755),
    ]
    opened = read(archive(files, epoch=1_700_000_001))
    found = opened.infolist()
    assert [entry.filename for entry in found] == ["a/__init__.py", "a/größe.py", "a/run"]
    assert [opened.read(entry) for entry in found] == [b"", text, b"\x00\x01"]
    assert [oct(entry.external_attr >> 16) for entry in found] == ["0o100644", "0o100644", "0o100755"]
    assert {entry.create_system for entry in found} == {3}
    # two seconds are the smallest step
    assert {entry.date_time for entry in found} == {(2023, 11, 14, 22, 13, 20)}
    # what deflate would make no smaller is there as it is
    assert [entry.compress_type for entry in found] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]


@pytest.mark.parametrize(("epoch", "year"), [(0, 1980), (EARLIEST, 1980), (2**40, 2107)])
def test_dates_that_an_archive_has_no_place_for(epoch: int, year: int) -> None:
    (entry,) = read(archive([File(name="a", data=b"a", mode=0o100644)], epoch=epoch)).infolist()
    assert entry.date_time[0] == year


def test_smaller_than_by_zlib() -> None:
    # as tables in modules are
    data = b"".join(struct.pack("<d", n * n % 977 / 7) for n in range(40_000))
    (entry,) = read(archive([File(name="table", data=data, mode=0o100644)], epoch=0)).infolist()
    assert entry.compress_size < 0.97 * len(zlib.compress(data, 9))


@pytest.mark.parametrize("seed", range(20))
def test_any_names_and_bytes(seed: int) -> None:
    chance = random.Random(seed)
    names = {"".join(chance.choices("ab/.-_ äß漢😀", k=chance.randint(1, 30))) for _ in range(30)}
    files = [File(name=name, data=chance.randbytes(chance.choice([0, 1, 300])) * 3, mode=0o100644) for name in names]
    whole = archive(files, epoch=0)
    assert whole == archive(files, epoch=0)
    opened = read(whole)
    found = [(entry.orig_filename, opened.read(entry)) for entry in opened.infolist()]
    assert found == [(file.name, file.data) for file in files]


def test_no_files() -> None:
    assert read(archive([], epoch=0)).namelist() == []


def test_more_than_the_format_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [File(name=name, data=bytes(100), mode=0o100644) for name in "abc"]
    monkeypatch.setattr(module, "_MOST_FILES", 2)
    with pytest.raises(InvalidWheel, match="3 files, and an archive holds 2"):
        archive(files, epoch=0)
    monkeypatch.setattr(module, "_MOST_BYTES", 99)
    with pytest.raises(InvalidWheel, match="a has 100 bytes, and an archive holds 99"):
        archive(files[:1], epoch=0)
    files = [File(name=name, data=b"\x01\x02", mode=0o100644) for name in "abc"]
    monkeypatch.setattr(module, "_MOST_FILES", 3)
    monkeypatch.setattr(module, "_MOST_BYTES", 98)
    with pytest.raises(InvalidWheel, match="c: the archive has more than the 98 bytes"):
        archive(files, epoch=0)
