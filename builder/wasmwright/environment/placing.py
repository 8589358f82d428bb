"""An output from the store to where a user wants it: complete or not at all, and over nothing that is not ours."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.environment.errors import OutputInTheWay
from wasmwright.errors import AccessDenied
from wasmwright.files import reason, replacing
from wasmwright.limits import LimitExceeded
from wasmwright.names import first_few
from wasmwright.outputs.manifest import FILE
from wasmwright.places import write_fault

if TYPE_CHECKING:
    from pathlib import Path

_NAMED = 5


def check_place(out: Path, *, force: bool) -> None:
    """Raise OutputInTheWay or AccessDenied where a folder cannot be written at `out`, before anything is built.

    With `force`, an output of ours that is there already, and nothing else, may be replaced.
    """
    # An output is made beside, and then takes the name.
    if (fault := write_fault(out.parent)) is not None:
        raise fault
    if not os.path.lexists(out):
        return
    if out.is_symlink() or not out.is_dir():
        message = f"{out} is there already, and is no folder"
        raise OutputInTheWay(message, hint="give the name of a new folder with --out")
    ours = _ours(out)
    # What is not ours may be somebody's home: it is not looked through.
    found = _found(out) if ours else {path.name for path in out.iterdir()}
    if not found:
        return
    foreign = sorted(found - ours)
    if foreign:
        message = f"{out} holds what is not ours: {first_few(foreign, _NAMED)}"
        raise OutputInTheWay(message, hint="give another folder with --out, or move those files away")
    if not force:
        message = f"{out} holds an output already: {len(found)} files, such as {first_few(sorted(found), _NAMED)}"
        raise OutputInTheWay(message, hint="`--force` replaces it")


def place(built: Path, out: Path) -> None:
    """Copy an output of the store to `out`, writable, in one step at the end.

    Raises AccessDenied, and OSError, which names `out`, where no room is left.
    """
    try:
        with replacing(out) as part:
            _copy(built, part)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise
        message = f"{out} cannot be written: {reason(error)}"
        raise AccessDenied(message, hint="give another folder with --out") from error


def _copy(built: Path, part: Path) -> None:
    """What the store holds can only be read, and is from 1970."""
    part.mkdir()
    for path in sorted(built.rglob("*")):
        target = part / path.relative_to(built)
        if path.is_dir():
            target.mkdir()
        else:
            shutil.copyfile(path, target)


def _found(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_symlink() or not path.is_dir()}


def _ours(out: Path) -> set[str]:
    """The files that the manifest in the folder says are an output's, and itself; none where there is no such thing."""
    try:
        entries = reading.Fields.of(reading.json_file(out / FILE)).tables("files")
        return {FILE, *(entry.text("path") for entry in entries)}
    except (OSError, reading.Unreadable, LimitExceeded):
        return set()
