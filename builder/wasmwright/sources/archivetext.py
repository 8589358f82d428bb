"""Single files out of source archives, without unpacking them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import limits, reading, tars, zips

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What is in an archive: the names of all files below its top folder, and the texts of some.

    Bytes that are no text are replaced in these.
    """

    names: tuple[str, ...]
    texts: Mapping[str, str]


def look_through(archive: bytes, name: str, wanted: Callable[[str], bool]) -> Contents:
    """The files of a tar or zip archive called `name`, with the texts of those that are `wanted` by their names.

    One that is longer than a text should be has none. Raises BrokenTar, BrokenZip and LimitExceeded.
    """
    file = io.BytesIO(archive)
    names: list[str] = []
    texts: dict[str, str] = {}
    for path, content in _zip_files(file, name, wanted) if tars.is_zip(file) else _tar_files(file, name, wanted):
        names.append(path)
        if content is not None:
            texts[path] = content.decode(errors="replace")
    return Contents(names=tuple(names), texts=texts)


def _zip_files(file: io.BytesIO, name: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes | None]]:
    with zips.opened(file, name) as archive:
        for entry in archive.infolist():
            path = _below_top(entry.filename)
            if entry.is_dir() or not path:
                continue
            is_text = wanted(path) and entry.file_size <= limits.TOML_SIZE.most
            yield path, zips.read_member(archive, entry, name) if is_text else None


def _tar_files(file: io.BytesIO, name: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes | None]]:
    with tars.opened(file, name, most=limits.SEARCHED_SIZE) as archive:
        for member in archive.members():
            path = _below_top(member.name)
            if not member.isfile() or not path:
                continue
            is_text = wanted(path) and member.size <= limits.TOML_SIZE.most
            yield path, archive.read(member) if is_text else None


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
