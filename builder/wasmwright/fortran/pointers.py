"""Procedure pointers inside derived types: flang's tables count 8 bytes for one, aligned, as on its 64-bit machine.

The runtime goes by the tables when it copies, initialises or finalises, so the types in the code follow them. A type
with a C binding has C's layout instead; its pointers are type(c_funptr), which is no bare pointer here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.fortran.irtext import closing, split_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADDRESS = "%wasm.address"
DEFINITION = f"{ADDRESS} = type {{ ptr, [0 x i64] }}"

_DERIVED = re.compile(r"^(%_Q[-\w$.]*T[-\w$.]+) = type (\{.*\})$")
_ELEMENT = re.compile(r"(?:insert|extract)value (%_Q[-\w$.]+) ")
_INDICES = re.compile(r", (\d+)((?:, \d+)*)((?:, !.*)?)$")


def widened(head: Sequence[str]) -> dict[str, frozenset[int]]:
    """The derived types that have procedure pointers, and which of their components these are."""
    found: dict[str, frozenset[int]] = {}
    for line in head:
        derived = _DERIVED.match(line) if " ptr" in line else None
        if derived is not None:
            members = split_list(derived.group(2)[1:-1])
            places = frozenset(place for place, member in enumerate(members) if member == "ptr")
            if places:
                found[derived.group(1)] = places
    return found


def widen(line: str, types: Mapping[str, frozenset[int]]) -> str:
    """A line with those components widened: in the type's definition and constants, and where parts are taken out."""
    derived = _DERIVED.match(line)
    if derived is not None and derived.group(1) in types:
        places = types[derived.group(1)]
        members = split_list(derived.group(2)[1:-1])
        kept = (ADDRESS if place in places else member for place, member in enumerate(members))
        return f"{derived.group(1)} = type {{ {', '.join(kept)} }}"
    for name in types:
        at = line.rfind(f"{name} {{")
        while at >= 0:
            line = _constant(line, at + len(name) + 1, types[name])
            at = line.rfind(f"{name} {{", 0, at)
    return _element(line, types)


def _constant(line: str, at: int, places: frozenset[int]) -> str:
    end = closing(line, at)
    values = split_list(line[at + 1 : end - 1])
    kept = (
        f"{ADDRESS} {{ {value}, [0 x i64] zeroinitializer }}" if place in places else value
        for place, value in enumerate(values)
    )
    return f"{line[:at]}{{ {', '.join(kept)} }}{line[end:]}"


def _element(line: str, types: Mapping[str, frozenset[int]]) -> str:
    element, indices = _ELEMENT.search(line), _INDICES.search(line)
    if element is None or indices is None or int(indices.group(1)) not in types.get(element.group(1), ()):
        return line
    return f"{line[: indices.start()]}, {indices.group(1)}, 0{indices.group(2)}{indices.group(3)}"
