"""What a library tells other builds about itself: whether the files and folders are there that it names.

Looked at are pkg-config's `.pc` files, and what CMake wrote about installed targets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.audit.findings import Code, Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

_VARIABLE = re.compile(r"([\w.]+)[ \t]*=[ \t]*(.*)")
_FIELD = re.compile(r"(Libs|Libs\.private|Cflags|Cflags\.private):[ \t]*(.*)", re.IGNORECASE)
_REFERENCE = re.compile(r"\$\{([\w.]+)\}")
_LIBRARY = re.compile(r"lib(.+?)\.(?:a|so(?:\.[0-9]+)*)")
# References in references in references end somewhere.
_TURNS, _LONGEST = 20, 10_000
# In the C and C++ libraries of the compiler, or taken for such by builds everywhere.
_OF_SYSTEM = {
    *("m", "c", "dl", "pthread", "rt", "util", "resolv", "nsl", "socket", "crypt", "atomic", "log"),
    *("stdc++", "c++", "c++abi", "gcc", "gcc_s", "unwind"),
}
# A command about an installed target in which paths have to exist, and those below the folder of installation.
_TARGET = re.compile(
    r"IMPORTED_LOCATION|IMPORTED_IMPLIB|IMPORT_CHECK_FILES|INTERFACE_INCLUDE_DIRECTORIES|INTERFACE_LINK_LIBRARIES"
    r"|set_and_check"
)
_BELOW = re.compile(r"\$\{(?:_IMPORT_PREFIX|PACKAGE_PREFIX_DIR)\}/([^\";$<>)\s]+)")


@dataclass(frozen=True, kw_only=True)
class _Described:
    """The words of a `.pc` file's fields, with its variables put in."""

    libraries: Sequence[str]
    flags: Sequence[str]


def check_build_files(folder: Path, files: Sequence[Path], others: Sequence[Path] = ()) -> Iterator[Finding]:
    """What `files` of the library in `folder` name that neither it nor the libraries in `others` have."""
    known = _libraries([path for other in others for path in other.rglob("lib*")] + list(files))
    for path in files:
        if path.suffix not in {".pc", ".cmake"}:
            continue
        limits.BUILD_FILE_SIZE.check(path.stat().st_size, str(path))
        name = str(path.relative_to(folder))
        text = path.read_text(encoding="utf-8", errors="replace")
        found = _check_pc(text, path, known) if path.suffix == ".pc" else _check_cmake(text, folder)
        for message in found:
            yield Finding(code=Code.NAMES_NOTHING, member=name, message=message)


def _libraries(files: Sequence[Path]) -> set[str]:
    """The names by which `-l` finds files."""
    return {found[1] for path in files if (found := _LIBRARY.fullmatch(path.name))}


def _check_pc(text: str, path: Path, known: Collection[str]) -> Iterator[str]:
    described = _described(text, {"pcfiledir": str(path.parent)})
    for library in dict.fromkeys(described.libraries):
        if library not in known and library not in _OF_SYSTEM:
            yield f"names the library {library} (-l{library}), which is not there"
    for flag in dict.fromkeys(described.flags):
        if flag[2:].startswith("/") and not _exists(path.parent / flag[2:]):
            yield f"names the folder {flag[2:]} ({flag[:2]}), which is not there"


def _described(text: str, variables: Mapping[str, str]) -> _Described:
    held = dict(variables)
    words: list[str] = []
    for line in text.replace("\\\n", " ").splitlines():
        line_ = line.partition("#")[0].strip()
        if variable := _VARIABLE.fullmatch(line_):
            held[variable[1]] = variable[2].strip()
        elif field := _FIELD.fullmatch(line_):
            words += field[2].split()
    expanded = [word for text in words for word in _expanded(text, held).split()]
    return _Described(
        libraries=[word[2:] for word in expanded if word.startswith("-l") and word[2:]],
        flags=[word for word in expanded if word.startswith("-I") and word[2:]],
    )


def _expanded(text: str, variables: Mapping[str, str]) -> str:
    for _ in range(_TURNS):
        if not _REFERENCE.search(text) or len(text) > _LONGEST:
            break
        text = _REFERENCE.sub(lambda found: variables.get(found[1], "")[:_LONGEST], text)[: 2 * _LONGEST]
    return text


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # No file has a name that is so long, or has a NUL in it.
        return False


def _check_cmake(text: str, folder: Path) -> Iterator[str]:
    """Paths in lines about targets; where a file is generated, each property has a line."""
    told: set[str] = set()
    for line in text.splitlines():
        if not _TARGET.search(line):
            continue
        for below in _BELOW.findall(line):
            if below not in told and not _exists(folder / below):
                told.add(below)
                yield f"names {below} below the folder of installation, which is not there"
