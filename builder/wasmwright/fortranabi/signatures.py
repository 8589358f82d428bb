"""Signatures of functions in LLVM's text form, as the WebAssembly types that the target's C ABI gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.wasm.model import FunctionType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_DEFINED = re.compile(
    r"^define\b(?P<result>[^@\n]*) @(?P<name>_FortranA\w+)\((?P<params>.*?)\)(?: [^)\n]*)? \{$", re.MULTILINE
)
_TYPE = re.compile(r"(?:(?<=\s)|^)(void|ptr|float|double|fp128|i\d+)\b")
_WASM = {"ptr": ("i32",), "float": ("f32",), "double": ("f64",), "fp128": ("i64", "i64")}
_NARROW, _WIDE = 32, 64
# Functions of quadruple precision that the C library has not; entries of kinds that flang has on no target or on x86
# alone; tables that it writes into each program itself; and the beginnings of names that it completes.
_NOT_SERVED = re.compile(
    r"_FortranA(?:\w*(?:Real|Complex)(?:2|3|10)(?:Dim)?(?:Ref|Value)?"
    r"|Matmul(?:Transpose)?\w*(?:Real|Complex)10\w*"
    r"|(?:BesselJn|BesselYn|BesselJnX0|BesselYnX0|ErfcScaled|Fraction|Nearest|Norm2|RRSpacing|Scale|SetExponent|Spacing)_?10"
    r"|(?:Acosh|Asinh|Atanh|C(?:Abs|Acosh?|Asinh?|Atanh?|Cosh?|Exp|Log|Pow|Sinh?|Sqrt|Tanh?)|Cosh|Erfc?|Exp|J[01n]|Lgamma|Log|Log10|Pow|Sinh|Tanh|Tgamma|Y[01n])F128"
    r"|Exponent10_[48]|Ieee(?:Class|Value)Table\w*"
    r"|Sum|DotProd|DotProduct|Maxval|Maxloc|Minloc)"
)


def defined_entries(ir: str) -> Iterator[tuple[str, FunctionType]]:
    """The runtime's entries that a module in LLVM's text form defines, typed for wasm32.

    The module may be one of a 64-bit target: pointers count as 32 bits, integers as what they are.
    """
    for found in _DEFINED.finditer(ir):
        params = [wasm for param in _split(found["params"]) for wasm in _wasm(param)]
        result = _TYPE.findall(found["result"])[-1]
        results = () if result == "void" else _wasm(result)
        if len(results) > 1:
            # More than one register: through memory that the caller provides.
            params, results = ["i32", *params], ()
        yield found["name"], FunctionType(params=tuple(params), results=tuple(results))


def differences(called: Mapping[str, FunctionType], offered: Mapping[str, FunctionType]) -> list[str]:
    """What does not fit, a line each: entries of another type, entries of unknown type."""
    return [
        f"{name} has the type {kind}, the compiler calls it as {called.get(name, 'nothing known')}"
        for name, kind in sorted(offered.items())
        if called.get(name) != kind
    ]


def missing(known_to_compiler: Collection[str], offered: Collection[str]) -> list[str]:
    """The names that the compiler can call and the archive should have, and has not."""
    return sorted(name for name in set(known_to_compiler) - set(offered) if not _NOT_SERVED.fullmatch(name))


def _split(params: str) -> list[str]:
    """The parameters of a function, which may hold commas in parentheses and braces."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(params):
        depth += (letter in "({[") - (letter in ")}]")
        if letter == "," and depth == 0:
            parts.append(params[start:at])
            start = at + 1
    return [part.strip() for part in (*parts, params[start:]) if part.strip()]


def _wasm(written: str) -> tuple[str, ...]:
    kind = _TYPE.findall(written)[0]
    if kind in _WASM:
        return _WASM[kind]
    bits = int(kind[1:])
    return ("i32",) if bits <= _NARROW else ("i64",) * (-(-bits // _WIDE))
