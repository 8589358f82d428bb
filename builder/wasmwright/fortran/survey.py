"""What a module's functions and calls are in Fortran: CHARACTER lengths, COMPLEX results, C bindings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.fortran import characters, results
from wasmwright.fortran.irtext import parse_signature
from wasmwright.fortran.layout import fold_products

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.fortran.characters import Lengths
    from wasmwright.fortran.irmodule import Function, IrModule
    from wasmwright.fortran.irtext import Signature

_DESCRIBED = re.compile(r"!dbg (!\d+)")


@dataclass(slots=True)
class Calls:
    """The calls of one function by line, with what was found out about each."""

    by_line: dict[int, Signature] = field(default_factory=dict)
    hidden: dict[int, int] = field(default_factory=dict)
    complex: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Survey:
    """Facts by the functions' names.

    `lengths`: the hidden lengths of definitions; `called`: how many a call passes; `arguments`: how many arguments
    there are besides; `bound`: functions with a C binding, which have no lengths whatever flang writes;
    `complex_names`: those whose i64 result is a COMPLEX(4); `nested`: where procedures inside others take the address
    of their host's variables. `calls` is by definition, in order.
    """

    lengths: dict[str, Lengths] = field(default_factory=dict)
    called: dict[str, int] = field(default_factory=dict)
    arguments: dict[str, int] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    complex_names: set[str] = field(default_factory=set)
    nested: dict[str, int] = field(default_factory=dict)
    calls: list[Calls] = field(default_factory=list)


def survey(module: IrModule, types: Mapping[str, str]) -> Survey:
    """Look at every function and call of a module."""
    found = Survey()
    bound = _bound(module)
    for function in module.functions:
        name = function.name
        if not function.is_local and (name in bound or characters.is_external(name)):
            lengths = characters.lengths_of(function, module)
            if lengths.hidden:
                found.lengths[name] = lengths
                found.arguments[name] = len(function.signature.parameters) - len(lengths.hidden)
                found.bound |= {name} & bound
        if results.is_complex_definition(function):
            found.complex_names.add(name)
        for position, parameter in enumerate(function.signature.parameters):
            if "nest" in parameter.attributes.split():
                found.nested[name] = position
    for function in module.functions:
        found.calls.append(_calls(function, found, bound, types))
    return found


def _bound(module: IrModule) -> frozenset[str]:
    """The functions with a C binding: external procedures are known to the linker by their name and an underscore."""
    signatures = [*module.declarations.values(), *(function.signature for function in module.functions)]
    names: set[str] = set()
    for signature in signatures:
        name = signature.name[1:]
        described = _DESCRIBED.search(f"{signature.before}{signature.after}")
        if described is None or name.startswith(("_Q", "_Fortran", "llvm.")):
            continue
        _, fields = module.metadata(described.group(1))
        if fields.get("name", "").strip('"') == name:
            names.add(signature.name)
    return frozenset(names)


def _calls(function: Function, found: Survey, bound: frozenset[str], types: Mapping[str, str]) -> Calls:
    calls = Calls()
    extracted: set[str] = set()
    for index, line in enumerate(function.lines):
        if "extractvalue { ptr, i32 }" in line and (length := characters.extracted_length(line)) is not None:
            extracted.add(length)
        if "call " not in line or "#dbg_" in line:
            continue
        call = parse_signature(fold_products(line, types), "call")
        calls.by_line[index] = call
        if call.returns == "i64" and results.is_complex_call(function.lines, index):
            calls.complex.add(index)
            if call.name.startswith("@"):
                found.complex_names.add(call.name)
        if call.name in bound or characters.is_external(call.name):
            hidden = characters.hidden_at(call, extracted)
            if hidden:
                calls.hidden[index] = hidden
                found.called.setdefault(call.name, hidden)
                found.arguments.setdefault(call.name, len(call.parameters) - hidden)
                found.bound |= {call.name} & bound
    return calls
