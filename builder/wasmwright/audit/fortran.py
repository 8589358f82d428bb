"""Whether Fortran objects that were linked together agree: on CHARACTER lengths, and on the sizes of COMMON blocks.

`wasm-flang` writes a line for each object into a custom section (docs/reference/fortran-abi.md), such as
`lengths=c defines=lsame_:2+2,name_:1+1* calls=xerbla_:2+1 common=blk_:16`, and f2py one for its C code. With an
asterisk a procedure takes lengths although its object leaves them out elsewhere: callers of both kinds are right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.audit.findings import Code, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECTION = "wasmwright.fortran"
_COUNT = re.compile("[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class _Procedure:
    """How one object has a procedure: arguments, lengths of CHARACTER arguments, and whether C callers pass those."""

    arguments: int
    lengths: int
    convention: str

    def __str__(self) -> str:
        if self.convention == "hidden":
            return f"with {self.arguments} arguments and {self.lengths} lengths, as with -fhidden-lengths"
        return f"with {self.arguments} arguments, as without -fhidden-lengths"


@dataclass(slots=True)
class _Records:
    defined: dict[str, set[_Procedure]] = field(default_factory=dict)
    called: dict[str, set[_Procedure]] = field(default_factory=dict)
    common: dict[str, set[int]] = field(default_factory=dict)


def check_fortran(member: str, notes: Iterable[bytes]) -> Iterator[Finding]:
    """The disagreements among the records of a module's, or a static library's, objects."""
    records = _Records()
    for line in b"".join(notes).decode("utf-8", "replace").splitlines():
        _add(records, line)
    for name, definitions in sorted(records.defined.items()):
        # One of each convention: there may be very many.
        calls = {call.convention: call for call in records.called.get(name, ())}
        for definition in {each.convention: each for each in definitions}.values():
            other = next((call for call in calls.values() if call.convention != definition.convention), None)
            if other is not None:
                message = f"calls {name} {other}, but defines it {definition}"
                yield Finding(code=Code.FORTRAN_LENGTHS, member=member, message=message)
    for name, sizes in sorted(records.common.items()):
        if len(sizes) > 1:
            listed = " and ".join(map(str, sorted(sizes)))
            message = f"has the COMMON block {name} with sizes of {listed} bytes"
            yield Finding(code=Code.FORTRAN_COMMON, member=member, message=message)


def passed_lengths(notes: bytes) -> dict[str, tuple[int, int]]:
    """The procedures to which a module passes lengths: numbers of arguments and of lengths, by name."""
    records = _Records()
    for line in notes.decode("utf-8", "replace").splitlines():
        _add(records, line)
    calls = ((name, call) for name, procedures in records.called.items() for call in procedures)
    return {name: (call.arguments, call.lengths) for name, call in calls if call.convention == "hidden"}


def _add(records: _Records, line: str) -> None:
    fields = dict(word.partition("=")[::2] for word in line.split())
    convention = fields.get("lengths", "")
    for key, table in (("defines", records.defined), ("calls", records.called)):
        for name, counts in _items(fields.get(key, "")):
            arguments, _, lengths = counts.partition("+")
            if _COUNT.fullmatch(arguments) and _COUNT.fullmatch(
                lengths
            ):  # With an asterisk there is nothing to compare.
                table.setdefault(name, set()).add(_Procedure(int(arguments), int(lengths), convention))
    for name, size in _items(fields.get("common", "")):
        if _COUNT.fullmatch(size):
            records.common.setdefault(name, set()).add(int(size))


def _items(text: str) -> Iterator[tuple[str, str]]:
    for item in text.split(","):
        name, colon, value = item.partition(":")
        if colon:
            yield name, value
