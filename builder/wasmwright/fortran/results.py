"""Function results that clang's wasm32 convention passes otherwise than i686's: COMPLEX(4) and CHARACTER.

A COMPLEX(4) result comes as an i64 on i686, and through a pointer on wasm32. flang gives a CHARACTER function the
result's address and (as i64) its length, and has it return both again. Here it returns nothing; the length is an i32.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.fortran.irtext import Parameter, Signature, replace_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.fortran.irmodule import Function

BOX = "{ ptr, i32 }"
RESULT = "%wasm.result"
SLOT = "%wasm.complex"
ALLOCATE_SLOT = f"  {SLOT} = alloca {{ float, float }}, align 4"

_STORED = re.compile(r"  store i64 (%\d+), ptr (%\d+),")
_LOADED = re.compile(r"  (%\d+) = load i64, ptr (%\d+),")
_RETURNED = re.compile(r"  ret i64 (%\d+)")
_ASSIGNED = re.compile(r"  (%\d+) = ")


def is_complex_call(lines: Sequence[str], index: int) -> bool:
    """Whether the i64 that a call gives is a COMPLEX(4): flang stores it, and at once loads a complex from there."""
    assigned = _ASSIGNED.match(lines[index])
    if assigned is None:
        return False
    for at in range(index + 1, min(index + 4, len(lines) - 1)):
        stored = _STORED.match(lines[at])
        if stored is not None and stored.group(1) == assigned.group(1):
            return f"load {{ float, float }}, ptr {stored.group(2)}," in lines[at + 1]
    return False


def is_complex_definition(function: Function) -> bool:
    """Whether the i64 that a function returns is a COMPLEX(4): stored as such just before it is loaded."""
    if function.signature.returns != "i64":
        return False
    for index, line in enumerate(function.lines):
        if (returned := _RETURNED.match(line)) is not None:
            loaded = _LOADED.match(function.lines[index - 1])
            stored = function.lines[index - 2]
            return (
                loaded is not None
                and loaded.group(1) == returned.group(1)
                and stored.startswith("  store { float, float } ")
                and f", ptr {loaded.group(2)}," in stored
            )
    return False


def complex_signature(signature: Signature, pointer: str) -> Signature:
    """The signature with the result behind its first argument."""
    first = Parameter("ptr", "", pointer)
    return _with(signature, "void", (first, *signature.parameters))


def character_signature(signature: Signature, length: str) -> Signature:
    """The signature without a result, and with an i32 for its length."""
    result, _, *others = signature.parameters
    return _with(signature, "void", (result, Parameter("i32", "", length), *others))


def complex_call(call: Signature, assigned: str) -> list[str]:
    """The lines for a call whose result goes through the slot."""
    changed = complex_signature(call, SLOT)
    return [str(_bare(changed)), f"  {assigned} = load i64, ptr {SLOT}, align 4"]


def character_call(call: Signature, assigned: str, *, is_used: bool) -> list[str]:
    """The lines for a call of a CHARACTER function; the box it returned is made again where something reads it."""
    number = assigned.removeprefix("%")
    length = f"%wasm.length.{number}"
    address = call.parameters[0].value
    lines = [
        f"  {length} = trunc i64 {call.parameters[1].value} to i32",
        str(_bare(character_signature(call, length))),
    ]
    if is_used:
        half = f"%wasm.box.{number}"
        lines += [
            f"  {half} = insertvalue {BOX} poison, ptr {address}, 0",
            f"  {assigned} = insertvalue {BOX} {half}, i32 {length}, 1",
        ]
    return lines


def complex_body(lines: Sequence[str]) -> list[str]:
    """The body of a definition whose COMPLEX(4) result goes to where the caller says."""
    changed: list[str] = []
    for line in lines:
        returned = _RETURNED.match(line)
        if returned is None:
            changed.append(line)
        else:
            changed += [f"  store i64 {returned.group(1)}, ptr {RESULT}, align 4", "  ret void"]
    return changed


def character_body(lines: Sequence[str], length: str) -> list[str]:
    """The body of a CHARACTER function that returns nothing; `length` is the old name of the i64."""
    wide = {length: "%wasm.wide"}
    returned = f"  ret {BOX} "
    changed = ("  ret void" if line.startswith(returned) else replace_names(line, wide) for line in lines)
    return ["  %wasm.wide = zext i32 %wasm.length to i64", *changed]


def assigned_name(line: str) -> str:
    """The value that an instruction defines, or nothing."""
    found = _ASSIGNED.match(line)
    return found.group(1) if found is not None else ""


def _with(signature: Signature, returns: str, parameters: tuple[Parameter, ...]) -> Signature:
    return Signature(
        before=signature.before,
        returns=returns,
        function_type="",
        name=signature.name,
        parameters=parameters,
        variadic=signature.variadic,
        after=signature.after,
    )


def _bare(call: Signature) -> Signature:
    """A call that gives nothing has no name, and no flags for arithmetic."""
    return Signature("  call ", "void", "", call.name, call.parameters, call.variadic, call.after)
