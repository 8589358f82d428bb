"""Single files out of source archives, without unpacking them."""

from __future__ import annotations

import io

from wasmwright import limits, reading, tars, zips


def text_in(archive: bytes, name: str, path: str) -> str | None:
    """The text of `path` below the top folder of a tar or zip archive called `name`; None where it has none.

    Raises BrokenTar, BrokenZip, LimitExceeded, and Unreadable for what is no UTF-8 text.
    """
    file = io.BytesIO(archive)
    content = _in_zip(file, name, path) if tars.is_zip(file) else _in_tar(file, name, path)
    return None if content is None else reading.decoded(content)


def _in_zip(file: io.BytesIO, name: str, path: str) -> bytes | None:
    with zips.opened(file, name) as archive:
        found = next((entry for entry in archive.infolist() if _below_top(entry.filename) == path), None)
        if found is None:
            return None
        limits.TOML_SIZE.check(found.file_size, f"{name}: {path}")
        return zips.read_member(archive, found, name)


def _in_tar(file: io.BytesIO, name: str, path: str) -> bytes | None:
    with tars.opened(file, name, most=limits.SEARCHED_SIZE) as archive:
        for member in archive.members():
            if member.isfile() and _below_top(member.name) == path:
                limits.TOML_SIZE.check(member.size, f"{name}: {path}")
                return archive.read(member)
    return None


def _below_top(name: str) -> str:
    return name.removeprefix("./").partition("/")[2]
