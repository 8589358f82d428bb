"""One program of the suite: its sources, and what its header says about it."""

from __future__ import annotations

import difflib
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DIRECTIVE = re.compile(r"! ([A-Z][a-z]+): (.*)")
_KNOWN = ("Covers", "Sources", "Requires", "Flags", "Input", "Arguments", "Status", "Stderr")
_FORTRAN = (".f90", ".f")
_NONZERO = "nonzero"


class InvalidCase(WasmwrightError):
    """A program whose header cannot be understood, or which lacks a file."""

    exit_code = 69


@dataclass(frozen=True, kw_only=True)
class Case:
    """One program.

    `fortran` are its Fortran sources in the order of compilation, `c` its C source or None. It needs the Fortran
    runtime library if `needs_runtime`. `flags` are for the cross compiler alone. `status` is the exit status, None for
    any but 0; standard output must be the text of `expected`, standard error must contain `stderr`.
    """

    name: str
    covers: str
    fortran: tuple[Path, ...]
    c: Path | None
    expected: Path
    needs_runtime: bool = False
    flags: tuple[str, ...] = ()
    stdin: str = ""
    arguments: tuple[str, ...] = ()
    status: int | None = 0
    stderr: str = ""

    @property
    def hides_lengths(self) -> bool:
        """Whether every procedure takes the lengths of its CHARACTER arguments."""
        return "-fhidden-lengths" in self.flags


def load_cases(folder: Path) -> tuple[Case, ...]:
    """The programs in `folder`, by name. Raises InvalidCase naming the file."""
    headers = {path: _header(path) for path in sorted(folder.iterdir()) if path.suffix in _FORTRAN}
    parts = {folder / name for header in headers.values() for name in _words(header, "Sources")}
    return tuple(_case(path, header) for path, header in headers.items() if path not in parts)


def _header(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("!"):
            break
        match = _DIRECTIVE.fullmatch(line)
        if not match or match[1] not in _KNOWN:
            nearest = difflib.get_close_matches(match[1], _KNOWN, 1) if match else []
            message = f"{path.name}: `{line}` is no directive"
            raise InvalidCase(
                message, hint=f"did you mean `{nearest[0]}`?" if nearest else f"known: {', '.join(_KNOWN)}"
            )
        found.setdefault(match[1], []).append(match[2])
    return found


def _case(path: Path, header: Mapping[str, list[str]]) -> Case:
    if "Covers" not in header:
        message = f"{path.name} does not say what it covers"
        raise InvalidCase(message, hint="begin it with `! Covers: ...`")
    others = [path.parent / name for name in _words(header, "Sources")]
    for other in others:
        if not other.is_file():
            message = f"{path.name} names {other.name}, which does not exist"
            raise InvalidCase(message)
    c = path.with_suffix(".c")
    return Case(
        name=path.stem,
        covers=" ".join(header["Covers"]),
        fortran=(*others, path),
        c=c if c.is_file() else None,
        expected=path.with_suffix(".expected"),
        needs_runtime="runtime" in _words(header, "Requires"),
        flags=tuple(_words(header, "Flags")),
        stdin="".join(f"{line}\n" for line in header.get("Input", [])),
        arguments=tuple(_words(header, "Arguments")),
        status=_status(path, header),
        stderr=" ".join(header.get("Stderr", [])),
    )


def _words(header: Mapping[str, list[str]], name: str) -> list[str]:
    return [word for line in header.get(name, []) for word in shlex.split(line)]


def _status(path: Path, header: Mapping[str, list[str]]) -> int | None:
    text = " ".join(header.get("Status", ["0"]))
    if text == _NONZERO:
        return None
    if not text.isdecimal():
        message = f"{path.name}: the status `{text}` is no number"
        raise InvalidCase(message, hint=f"write a number or `{_NONZERO}`")
    return int(text)
