"""Sizes of IR types on wasm32, to fold the constant expressions that LLVM no longer reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.fortran.irtext import Malformed, after_type, closing, split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DEFINED = re.compile(r'^(%(?:"[^"]*"|[-a-zA-Z$._0-9]+)) = type (.*)$')
_ARRAY = re.compile(r"([\[<])(\d+) x (.*)[\]>]$", re.DOTALL)
_SIZE_OF = "ptrtoint (ptr getelementptr ("
_SIZES = {"ptr": 4, "half": 2, "bfloat": 2, "float": 4, "double": 8, "fp128": 16}
_MUL = "mul ("
_LARGEST_ALIGNMENT = 16


def named_types(head: Iterable[str]) -> dict[str, str]:
    """The types that a module names."""
    return {found.group(1): found.group(2) for line in head if (found := _DEFINED.match(line)) is not None}


def size_and_alignment(type_: str, named: Mapping[str, str]) -> tuple[int, int]:
    """The size of a type in an array, and its alignment, in bytes."""
    if type_.startswith("%"):
        if type_ not in named:
            message = f"the type {type_} is not defined"
            raise Malformed(message)
        return size_and_alignment(named[type_], named)
    if type_ in _SIZES:
        return _SIZES[type_], _SIZES[type_]
    if re.fullmatch(r"i\d+", type_):
        size = 1
        while size * 8 < int(type_[1:]):
            size *= 2
        return size, min(size, _LARGEST_ALIGNMENT)
    array = _ARRAY.match(type_)
    if array is not None:
        size, alignment = size_and_alignment(array.group(3), named)
        return int(array.group(2)) * size, alignment
    is_packed = type_.startswith("<{")
    if not is_packed and not type_.startswith("{"):
        message = f"the size of {type_} is not known"
        raise Malformed(message)
    return _structure(split_list(type_.strip("<>")[1:-1]), named, is_packed=is_packed)


def size_of_contents(type_: str, named: Mapping[str, str]) -> int:
    """The size of a type up to the end of its last member, without what fills it up to its alignment, in bytes.

    flang makes an array of bytes of a COMMON block, and a structure of an initialised one.
    """
    if type_.startswith("%"):
        return size_of_contents(named[type_], named) if type_ in named else size_and_alignment(type_, named)[0]
    return _extent(split_list(type_[1:-1]), named)[0] if type_.startswith("{") else size_and_alignment(type_, named)[0]


def _structure(members: Iterable[str], named: Mapping[str, str], *, is_packed: bool) -> tuple[int, int]:
    offset, largest = _extent(members, named, is_packed=is_packed)
    return -(-offset // largest) * largest, largest


def _extent(members: Iterable[str], named: Mapping[str, str], *, is_packed: bool = False) -> tuple[int, int]:
    """Where the last member ends, and the largest alignment."""
    offset, largest = 0, 1
    for member in members:
        size, alignment = size_and_alignment(member, named)
        alignment = 1 if is_packed else alignment
        offset = -(-offset // alignment) * alignment + size
        largest = max(largest, alignment)
    return offset, largest


def fold_products(line: str, named: Mapping[str, str]) -> str:
    """The line with each constant `mul (...)` computed: its factors are numbers and sizes of types."""
    at = line.find(_MUL)
    while at >= 0:
        end = closing(line, at + len(_MUL) - 1)
        value = _value(line[at:end], named)
        line = f"{line[:at]}{value}{line[end:]}"
        at = line.find(_MUL, at)
    return line


def _value(expression: str, named: Mapping[str, str]) -> int:
    if re.fullmatch(r"-?\d+", expression):
        return int(expression)
    if expression.startswith(_MUL):
        product = 1
        for factor in split_list(expression[len(_MUL) : -1]):
            product *= _value(factor[after_type(factor, 0) + 1 :], named)
        return product
    if expression.startswith(_SIZE_OF):
        inner = expression[len(_SIZE_OF) : closing(expression, len(_SIZE_OF) - 1) - 1]
        type_, base, *indices = split_list(inner)
        if base == "ptr null" and indices == ["i32 1"]:
            return size_and_alignment(type_, named)[0]
    message = f"the constant {expression} cannot be computed"
    raise Malformed(message)
