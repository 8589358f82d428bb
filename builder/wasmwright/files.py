"""Files of checkouts and users: written in one step, so that readers see the old one or the new one; read at once."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from wasmwright import limits, reading
from wasmwright.reading import Fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# A program that finds no room for a file leaves a rest that was too small for it.
_REST = 64 << 20
_FEW_FILES = 100
# Seconds, some thirty years: infinity is more.
_LONGEST = 1e9


def write_text(path: Path, text: str) -> None:
    """Write a text, in a folder that is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        # Where the disk is full, the system does not say for what, and the part is none of the reader's.
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            part.unlink()


def write_json(path: Path, document: Mapping[str, object]) -> None:
    """Write a document as people can read it, its keys in their order."""
    write_text(path, json.dumps(document, indent=1) + "\n")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Where to write a folder or file that takes the place of `path` in one step, if all goes well.

    Otherwise what was there stays. Raises OSError, which names `path`.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        if path.is_dir():
            path.rename(old)
        part.rename(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        if old.exists() and not path.exists():
            old.rename(path)
        for rest in part, old:
            if rest.is_dir():
                shutil.rmtree(rest, ignore_errors=True)
            else:
                with suppress(OSError):
                    rest.unlink()


def openable(path: Path) -> Path:
    """The path, if opening it waits for nobody. Raises OSError for a pipe and a socket, and where nothing is."""
    mode = path.stat().st_mode
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        raise OSError(errno.EINVAL, "it is a pipe or a socket, not a file", str(path))
    return path


def file_hash(path: Path) -> str:
    """The sha256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remembered(path: Path, *, version: int) -> Fields | None:
    """A JSON document of a version that was written here for later use; None where it is not there or no use."""
    try:
        found = Fields.of(reading.json_file(openable(path)))
    except (OSError, reading.Unreadable, limits.LimitExceeded):
        return None
    return found if found.content.get("version") == version else None


def is_duration(value: object) -> bool:
    """Whether this is a number of seconds; JSON also knows such as are none."""
    return isinstance(value, int | float) and 0 <= value < _LONGEST


def reason(error: Exception) -> str:
    """Why a file cannot be read, without its name, which stands beside it."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def folder_without_room(folders: Iterable[Path]) -> Path | None:
    """The first of these folders whose file system is full but for a rest, or has no files left to give."""
    for folder in folders:
        try:
            found = os.statvfs(folder)
        except OSError:
            continue
        if found.f_blocks == 0:
            # It is no disk, as /proc is none.
            continue
        if found.f_bavail * found.f_frsize < _REST or (found.f_files and found.f_favail < _FEW_FILES):
            return folder
    return None
