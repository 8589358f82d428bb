from __future__ import annotations

import io
import tarfile

import pytest

from wasmwright.sources.debfile import read_member
from wasmwright.tars import BrokenTar


def _deb(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:xz") as tarball:
        for name, content in files.items():
            item = tarfile.TarInfo(name)
            item.size = len(content)
            tarball.addfile(item, io.BytesIO(content))
    members = {"debian-binary": b"2.0\n", "control.tar.xz": b"odd", "data.tar.xz": data.getvalue()}
    return b"!<arch>\n" + b"".join(_member(name, content) for name, content in members.items())


def _member(name: str, content: bytes) -> bytes:
    header = f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode()
    return header + content + b"\n" * (len(content) % 2)


def test_member_is_found_after_one_of_odd_length():
    assert read_member(_deb({"./usr/bin/tool": b"program"}), "usr/bin/tool", name="tool.deb") == b"program"


def test_missing_member_is_named():
    with pytest.raises(BrokenTar, match=r"tool\.deb has no file usr/bin/other"):
        read_member(_deb({"./usr/bin/tool": b"program"}), "usr/bin/other", name="tool.deb")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"!<arch>\n",
        b"!<arch>\n" + b"debian-binary   " + b" " * 44,
        b"!<arch>\n" + b"debian-binary   " + b" " * 32 + b"-70       `\n",
        b"!<arch>\n" + b"debian-binary   " + b" " * 32 + b"4x        `\n",
    ],
)
def test_other_file_is_no_package(content: bytes):
    with pytest.raises(BrokenTar, match=r"tool\.deb is no Debian package"):
        read_member(content, "x", name="tool.deb")


@pytest.mark.parametrize("end", [-5, -100, 200])
def test_package_that_is_cut_is_told(end: int):
    with pytest.raises(BrokenTar, match=r"tool\.deb"):
        read_member(_deb({"./usr/bin/tool": b"program"})[:end], "usr/bin/other", name="tool.deb")
