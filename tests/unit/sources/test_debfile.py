from __future__ import annotations

import io
import tarfile

import pytest

from wasmwright.errors import UnsafeArchive
from wasmwright.sources.debfile import read_member


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
    with pytest.raises(UnsafeArchive, match=r"tool\.deb has no file usr/bin/other"):
        read_member(_deb({"./usr/bin/tool": b"program"}), "usr/bin/other", name="tool.deb")


def test_other_file_is_no_package():
    with pytest.raises(UnsafeArchive, match="no Debian package"):
        read_member(b"PK", "x", name="tool.deb")
