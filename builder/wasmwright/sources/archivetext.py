"""Single files out of source archives, without unpacking them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
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
    names: list[str] = []
    texts: dict[str, str] = {}
    for path, size, read in _files(archive, name):
        if not path:
            continue
        names.append(path)
        if wanted(path) and size <= limits.TOML_SIZE.most:
            texts[path] = read().decode(errors="replace")
    return Contents(names=tuple(names), texts=texts)


def text_in(archive: bytes, name: str, path: str) -> str | None:
    """The text of `path` below the top folder of a tar or zip archive called `name`; None where it has none.

    Raises BrokenTar, BrokenZip, LimitExceeded, and Unreadable for what is no UTF-8 text.
    """
    for found, size, read in _files(archive, name):
        if found == path:
            limits.TOML_SIZE.check(size, f"{name}: {path}")
            return reading.decoded(read())
    return None


def _files(archive: bytes, name: str) -> Iterator[tuple[str, int, Callable[[], bytes]]]:
    """The files below the top folder: path, size in bytes, and what reads it before the next is asked for."""
    file = io.BytesIO(archive)
    if tars.is_zip(file):
        with zips.opened(file, name) as opened:
            for entry in opened.infolist():
                if not entry.is_dir():
                    yield _below_top(entry.filename), entry.file_size, partial(zips.read_member, opened, entry, name)
        return
    with tars.opened(file, name, most=limits.SEARCHED_SIZE) as tar:
        for member in tar.members():
            if member.isfile():
                yield _below_top(member.name), member.size, partial(tar.read, member)


def _below_top(name: str) -> str:
    return name.removeprefix("./").partition("/")[2]
