"""CHARACTER arguments: which procedures have hidden lengths, and which of those C callers pass.

flang passes the length of each CHARACTER argument after all others. C code does so only for CHARACTER*(*) dummies, so a
procedure whose dummies all have a constant length loses the lengths (docs/reference/fortran-abi.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from wasmwright.fortran.irmodule import Function, IrModule
    from wasmwright.fortran.irtext import Signature

BOX = "{ ptr, i32 }"

# Routines of LAPACK with CHARACTER*(*) dummies, which may lie in another library than their callers.
STAR_LENGTHS = ("ilaenv", "ilaenv2stage", "iparam2stage", "iparmq", "lsamen", "xerbla", "xerbla_array")

_INSERTED = re.compile(r"  (%\d+) = insertvalue \{ ptr, i32 \} (undef|poison|%\d+), (?:ptr|i32) (%\d+), ([01])")
_EXTRACTED = re.compile(r"  (%\d+) = extractvalue \{ ptr, i32 \} (%\d+|undef|poison|zeroinitializer), ([01])")
_DECLARED = re.compile(r"    #dbg_declare\(ptr (%\d+), (!\d+),")


@dataclass(frozen=True, slots=True)
class Length:
    """A hidden length of a definition: its position among the parameters, and its value if that is constant."""

    position: int
    constant: int | None


@dataclass(frozen=True, slots=True)
class Lengths:
    """The hidden lengths of a definition."""

    hidden: tuple[Length, ...]

    @property
    def are_constant(self) -> bool:
        """Whether C callers leave them out."""
        return all(length.constant is not None for length in self.hidden)


def is_external(name: str) -> bool:
    """Whether an IR name is that of an external Fortran procedure: `@dgemm_`, not a module's or the runtime's."""
    return name.endswith("_") and not name.startswith(("@_Q", "@_Fortran", "@llvm.", "@__"))


def lengths_of(function: Function, module: IrModule) -> Lengths:
    """The hidden lengths of an external procedure; empty where it has no CHARACTER dummies."""
    parameters = function.signature.parameters
    if not parameters or parameters[-1].type != "i32":
        return Lengths(())
    positions = {parameter.value: index for index, parameter in enumerate(parameters)}
    boxes, addresses = _boxes(function.lines)
    # A dummy may be boxed more than once; what debugging records say of any of them is true of all.
    found: dict[int, int | None] = {}
    for box, (address, length) in boxes.items():
        if address in positions and length in positions:
            position = positions[length]
            found.setdefault(position, None)
            constants = [
                _constant_length(declared, module)
                for pointer in addresses.get(box, ())
                for declared in _declared(function.lines, pointer)
            ]
            found[position] = next((value for value in constants if value is not None), found[position])
    return Lengths(tuple(Length(position, found[position]) for position in sorted(found)))


def _boxes(lines: Iterable[str]) -> tuple[dict[str, tuple[str, str]], dict[str, list[str]]]:
    """The boxes of a body (address, length), and the addresses taken out of each."""
    halves: dict[str, str] = {}
    boxes: dict[str, tuple[str, str]] = {}
    addresses: dict[str, list[str]] = {}
    for line in lines:
        if "{ ptr, i32 }" not in line:
            continue
        if (inserted := _INSERTED.match(line)) is not None:
            result, into, value, place = inserted.groups()
            if place == "0":
                halves[result] = value
            elif into in halves:
                boxes[result] = (halves[into], value)
        elif (extracted := _EXTRACTED.match(line)) is not None:
            result, box, place = extracted.groups()
            if place == "0":
                addresses.setdefault(box, []).append(result)
    return boxes, addresses


def _declared(lines: Iterable[str], pointer: str) -> list[str]:
    return [
        found.group(2)
        for line in lines
        if "#dbg_declare" in line and (found := _DECLARED.match(line)) is not None and found.group(1) == pointer
    ]


def _constant_length(variable: str, module: IrModule) -> int | None:
    _, fields = module.metadata(variable)
    kind, described = module.metadata(fields.get("type", ""))
    if kind == "DICompositeType":
        kind, described = module.metadata(described.get("baseType", ""))
    return int(described["size"]) // 8 if kind == "DIStringType" and "size" in described else None


def hidden_at(call: Signature, extracted: Container[str]) -> int:
    """How many hidden lengths a call passes: its last arguments that were taken out of boxes."""
    count = 0
    for argument in reversed(call.parameters):
        if argument.type != "i32" or argument.value not in extracted:
            break
        count += 1
    return count


def extracted_length(line: str) -> str | None:
    """The value that this line defines, if it takes a length out of a box."""
    found = _EXTRACTED.match(line)
    return found.group(1) if found is not None and found.group(3) == "1" else None
