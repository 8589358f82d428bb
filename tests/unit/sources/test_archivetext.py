from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.sources.archivetext import text_in

if TYPE_CHECKING:
    from collections.abc import Callable


def tar(*members: str) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tarball:
        for name in members:
            item = tarfile.TarInfo(name)
            item.size = len(name)
            tarball.addfile(item, io.BytesIO(name.encode()))
    return data.getvalue()


def zipped(*members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in members:
            archive.writestr(name, name)
    return data.getvalue()


@pytest.mark.parametrize(("pack", "name"), [(tar, "x-1.tar.gz"), (zipped, "x-1.zip")])
def test_file_below_the_top_is_read(pack: Callable[..., bytes], name: str):
    archive = pack("x-1/vendored/pyproject.toml", "x-1/pyproject.toml")
    assert text_in(archive, name, "pyproject.toml") == "x-1/pyproject.toml"
    assert text_in(archive, name, "vendored/pyproject.toml") == "x-1/vendored/pyproject.toml"
    assert text_in(pack("x-1/setup.py"), name, "pyproject.toml") is None


def test_top_may_be_written_with_a_dot():
    assert text_in(tar("./x-1/pyproject.toml"), "x.tar", "pyproject.toml") == "./x-1/pyproject.toml"
