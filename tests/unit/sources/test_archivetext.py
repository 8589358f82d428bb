from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright import limits
from wasmwright.limits import Limit, LimitExceeded
from wasmwright.reading import Unreadable
from wasmwright.sources.archivetext import text_in
from wasmwright.tars import BrokenTar
from wasmwright.zips import BrokenZip

if TYPE_CHECKING:
    from collections.abc import Callable


def tar(*members: str, content: bytes | None = None) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tarball:
        for name in members:
            item = tarfile.TarInfo(name)
            data_of = name.encode() if content is None else content
            item.size = len(data_of)
            tarball.addfile(item, io.BytesIO(data_of))
    return data.getvalue()


def zipped(*members: str, content: bytes | None = None) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in members:
            archive.writestr(name, name.encode() if content is None else content)
    return data.getvalue()


@pytest.mark.parametrize(("pack", "name"), [(tar, "x-1.tar.gz"), (zipped, "x-1.zip")])
def test_file_below_the_top_is_read(pack: Callable[..., bytes], name: str):
    archive = pack("x-1/vendored/pyproject.toml", "x-1/pyproject.toml")
    assert text_in(archive, name, "pyproject.toml") == "x-1/pyproject.toml"
    assert text_in(archive, name, "vendored/pyproject.toml") == "x-1/vendored/pyproject.toml"
    assert text_in(pack("x-1/setup.py"), name, "pyproject.toml") is None


def test_what_stands_at_the_begin_says_what_it_is():
    both = tar("x-1/pyproject.toml") + zipped("x-1/pyproject.toml", "x-1/other")
    assert text_in(both, "x-1.tar.gz", "other") is None
    assert text_in(zipped("x-1/pyproject.toml"), "x-1.tar.gz", "pyproject.toml") == "x-1/pyproject.toml"


@pytest.mark.parametrize("cut", [0, 1, 20, 60, -30])
def test_archive_that_is_cut_is_told_with_its_name(cut: int):
    for pack, kind in ((tar, BrokenTar), (zipped, (BrokenTar, BrokenZip))):
        with pytest.raises(kind, match=r"x-1\.tar\.gz"):
            text_in(pack("x-1/setup.py", "x-1/pyproject.toml")[:cut], "x-1.tar.gz", "pyproject.toml")


def test_file_that_is_no_text_or_too_long(monkeypatch: pytest.MonkeyPatch):
    for archive in (tar("x-1/a", content=b"\xff"), zipped("x-1/a", content=b"\xff")):
        with pytest.raises(Unreadable, match="not UTF-8 text"):
            text_in(archive, "x", "a")
    monkeypatch.setattr(limits, "TOML_SIZE", Limit(name="size", most=9))
    for pack in (tar, zipped):
        with pytest.raises(LimitExceeded, match=r"pyproject\.toml: size"):
            text_in(pack("x-1/pyproject.toml"), "x", "pyproject.toml")


def test_top_may_be_written_with_a_dot():
    assert text_in(tar("./x-1/pyproject.toml"), "x.tar", "pyproject.toml") == "./x-1/pyproject.toml"
