"""The folders of the user: whether a wheel can be put there, and putting it there at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.wheeltools.errors import FolderRefused, NoWorkSpace

if TYPE_CHECKING:
    from collections.abc import Iterator

_AS_OWNER = 'run the container with `--user "$(id -u):$(id -g)"`'


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Make the folder, and see that files can be made in it. One that is empty in the end goes, if it was made here.

    Raises FolderRefused.
    """
    was_there = folder.exists()
    _check_writable(folder)
    try:
        yield
    finally:
        if not was_there:
            with suppress(OSError):
                folder.rmdir()


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        message = f"user {os.geteuid()} cannot write {folder}: {error.strerror}"
        hint = f'{_AS_OWNER}, or name another folder with --out, such as one mounted for it: `-v "$PWD/dist:/out"`'
        raise FolderRefused(message, hint=hint) from None


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder of our own for as long as it is needed, below TMPDIR. Raises NoWorkSpace."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="build-wheel-")).resolve()
    except OSError as error:
        message = f"there is no folder for temporary files: {error.strerror or error}"
        hint = "name one in TMPDIR; in a container with a read-only root, give it one: `--tmpfs /tmp:exec`"
        raise NoWorkSpace(message, hint=hint) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(file: Path, folder: Path) -> Path:
    """Copy a file into the folder: readers see all of it or none. Raises FolderRefused."""
    target = folder / file.name
    part = folder / f".{file.name}.{os.getpid()}.part"
    try:
        shutil.copyfile(file, part)
        part.replace(target)
    except OSError as error:
        message = f"{file.name} cannot be written to {folder}: {error.strerror}"
        raise FolderRefused(message, hint="make room there, or name another folder with --out") from None
    finally:
        part.unlink(missing_ok=True)
    return target
