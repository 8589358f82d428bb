"""Debian packages: `ar` archives with a tarball inside."""

from __future__ import annotations

import io

from wasmwright import limits, tars
from wasmwright.tars import BrokenTar

_MAGIC = b"!<arch>\n"
_HEADER = 60
_SIZE = slice(48, 58)


def read_member(deb: bytes, member: str, *, name: str) -> bytes:
    """The file `member` (such as `usr/bin/busybox`) of the package `name`. Raises BrokenTar."""
    with tars.opened(io.BytesIO(data_tarball(deb, name)), name, most=limits.SEARCHED_SIZE) as tarball:
        for item in tarball.members():
            if item.isfile() and item.name.removeprefix("./") == member:
                limits.HELD_SIZE.check(item.size, f"{name}: {member}")
                return tarball.read(item)
    message = f"{name} has no file {member}"
    raise BrokenTar(message, hint="change `member` in the profile")


def data_tarball(deb: bytes, name: str) -> bytes:
    """The archive of the files of a package. Raises BrokenTar for what is no package."""
    offset = len(_MAGIC)
    if not deb.startswith(_MAGIC):
        offset = len(deb)
    while offset + _HEADER <= len(deb):
        header = deb[offset : offset + _HEADER]
        digits = header[_SIZE].strip()
        if not digits.isdigit():
            break
        size = int(digits)
        offset += _HEADER
        if header[:16].startswith(b"data.tar"):
            return deb[offset : offset + size]
        offset += size + size % 2
    message = f"{name} is no Debian package"
    raise BrokenTar(message, hint="remove the file and fetch it again")
