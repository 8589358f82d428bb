"""Builds a library whose folder may lie anywhere: what it tells other builds names places relative to itself.

It stands beside `wasmwright.sandbox`: a change to it builds libraries anew and what links them, and no other wheel.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from typing import TYPE_CHECKING

from wasmwright.sandbox import library
from wasmwright.sandbox.attributes import load
from wasmwright.sandbox.errors import StepFailed
from wasmwright.sandbox.report import phase, reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "lib/pkgconfig"
"""Where builds look for pkg-config files, below the folder of a library."""

_TO_TOP = b"${pcfiledir}/../.."
# Where installers put those of libraries that are headers alone.
_ELSEWHERE = ("share/pkgconfig", "libdata/pkgconfig", "lib64/pkgconfig")
_SHELL = re.compile(rb"#![ \t]*\S*/(?:env[ \t]+)?(?:ba|da)?sh\b")
_PLAIN = rb"[^'\n$`\"\\]*"
_OF_SCRIPT = b'$(cd "$(dirname "$0")/.." && pwd)'


def make_relocatable(folder: Path) -> None:
    """Make pkg-config and CMake files and scripts of the library in `folder` name places relative to themselves.

    Pkg-config files come to `lib/pkgconfig`. Libtool's files, which know nothing but full paths, are removed: linkers
    find the archives without them. Raises StepFailed where two pkg-config files want the same name.
    """
    _gather(folder)
    own = re.compile(re.escape(os.fsencode(folder)) + rb"(?![\w.+-])")
    for path in _files(folder, FOLDER, "*.pc"):
        _change(path, own, _TO_TOP)
    for path in _files(folder, "", "**/*.cmake"):
        _change(path, own, _of_cmake(path.relative_to(folder)))
    # A place between single quotes would stay as it is written.
    quoted = re.compile(rb"'(" + _PLAIN + own.pattern + _PLAIN + rb")'")
    for path in _files(folder, "bin", "*"):
        if _SHELL.match(path.read_bytes()):
            _change(path, quoted, rb'"\1"')
            _change(path, own, _OF_SCRIPT)
    for path in (folder / "lib").glob("*.la"):
        path.unlink()


def _of_cmake(file: Path) -> bytes:
    """The folder that the CMake file at this place below it is in."""
    return b"${CMAKE_CURRENT_LIST_DIR}" + b"/.." * (len(file.parts) - 1)


def _gather(folder: Path) -> None:
    """Move pkg-config files to the one folder in which builds look for them."""
    for elsewhere in _ELSEWHERE:
        for path in sorted((folder / elsewhere).glob("*.pc")):
            target = folder / FOLDER / path.name
            if target.exists():
                message = f"the library installs {path.name} in {FOLDER} and in {elsewhere}"
                raise StepFailed(message, hint="leave one of them out by `flags` of [build] or a patch")
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        for emptied in (folder / elsewhere, (folder / elsewhere).parent):
            if emptied.is_dir() and not any(emptied.iterdir()):
                emptied.rmdir()


def _files(folder: Path, below: str, pattern: str) -> Iterator[Path]:
    for path in sorted((folder / below).glob(pattern)):
        if path.is_file() and not path.is_symlink():
            yield path


def _change(path: Path, pattern: re.Pattern[bytes], to: bytes) -> None:
    before = path.read_bytes()
    after = pattern.sub(to, before)
    if after != before:
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IWUSR)  # scripts are installed for reading alone
        path.write_bytes(after)
        path.chmod(mode)


@reported
def relocate() -> None:
    """Do so with the output of the derivation at hand."""
    with phase("relocate"):
        make_relocatable(load().out)


def main() -> int:
    """Build the library of the derivation at hand into its output, for any place."""
    return library.main() or relocate()


if __name__ == "__main__":
    sys.exit(main())
