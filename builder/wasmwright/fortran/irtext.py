"""How a line of LLVM's textual IR is read: types, lists, signatures and calls. Nothing here knows Fortran."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = {"(": ")", "[": "]", "{": "}", "<": ">"}
_CLOSE = frozenset(_OPEN.values())
_BREAK = re.compile(r'["(\[{<)\]}>,]')
_NAME = re.compile(r'[%@](?:"(?:[^"\\]|\\.)*"|[-a-zA-Z$._0-9]+)')
_WORD = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.]*")
_SIMPLE_TYPE = re.compile(
    r"void|ptr(?: addrspace\(\d+\))?|i\d+|half|bfloat|float|double|fp128|x86_fp80|ppc_fp128|metadata|label|token"
)
_MODIFIER = re.compile(
    r"(?:contract|fast|nnan|ninf|nsz|arcp|afn|reassoc|zeroext|signext|noundef|inreg|noalias|nonnull|nofpclass\([^)]*\)"
    r"|align \d+|range\([^)]*\)|dereferenceable\(\d+\)|ccc|fastcc|coldcc|cc \d+|internal|private|weak|weak_odr|linkonce"
    r"|linkonce_odr|external|extern_weak|common|available_externally|hidden|protected|default|dso_local|dso_preemptable"
    r"|unnamed_addr|local_unnamed_addr|!dbg !\d+) "
)


class Malformed(ValueError):
    """Text that is no IR as this module knows it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter or an argument: its type, what stands between, and its name or value (empty in declarations)."""

    type: str
    attributes: str
    value: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.type, self.attributes, self.value) if part)


@dataclass(frozen=True, slots=True)
class Signature:
    """A `define`, a `declare` or a `call` in parts.

    `before` is all up to the result's type (`define internal `, `  %3 = call contract `), `function_type` the
    parameter types that a variadic call spells out, `after` what follows the closing parenthesis.
    """

    before: str
    returns: str
    function_type: str
    name: str
    parameters: tuple[Parameter, ...]
    variadic: bool
    after: str

    def __str__(self) -> str:
        listed = [str(parameter) for parameter in self.parameters] + (["..."] if self.variadic else [])
        function_type = f"{self.function_type} " if self.function_type else ""
        return f"{self.before}{self.returns} {function_type}{self.name}({', '.join(listed)}){self.after}"


def closing(text: str, start: int) -> int:
    """The position after the bracket that closes the one at `start`; quoted text is passed over."""
    stack: list[str] = []
    position = start
    while True:
        found = _BREAK.search(text, position)
        if found is None:
            message = f"a bracket is not closed: {text[start:]}"
            raise Malformed(message)
        mark, position = found.group(), found.end()
        if mark == '"':
            position = _after_quote(text, position)
        elif mark in _OPEN:
            stack.append(_OPEN[mark])
        elif mark in _CLOSE:
            if stack.pop() != mark:
                message = f"brackets do not match: {text[start:]}"
                raise Malformed(message)
            if not stack:
                return position


def split_list(text: str) -> list[str]:
    """The items of a list, separated by the commas outside of brackets and quotes."""
    if not text.strip():
        return []
    items: list[str] = []
    begin = position = 0
    while (found := _BREAK.search(text, position)) is not None:
        mark, position = found.group(), found.end()
        if mark == '"':
            position = _after_quote(text, position)
        elif mark == ",":
            items.append(text[begin : position - 1].strip())
            begin = position
        elif mark in _OPEN:
            position = closing(text, position - 1)
    items.append(text[begin:].strip())
    return items


def after_type(text: str, start: int) -> int:
    """The position after the type that begins at `start`."""
    first = text[start : start + 1]
    if first in _OPEN and first != "(":
        return closing(text, start)
    found = (_NAME if first == "%" else _SIMPLE_TYPE).match(text, start)
    if found is None:
        message = f"not a type: {text[start:]}"
        raise Malformed(message)
    return found.end()


def parse_parameter(text: str) -> Parameter:
    """A parameter of a signature, or an argument of a call."""
    end = after_type(text, 0)
    type_, rest = text[:end], text[end:].strip()
    begin = _value_start(rest)
    return Parameter(type_, rest[:begin].strip(), rest[begin:])


def parse_signature(line: str, keyword: str) -> Signature:
    """Read a line with `keyword` (`define`, `declare` or `call`) in it."""
    at = line.index(f"{keyword} ") + len(keyword) + 1
    while (found := _MODIFIER.match(line, at)) is not None:
        at = found.end()
    end = after_type(line, at)
    returns = line[at:end]
    position = end + 1
    function_type = ""
    if line[position : position + 1] == "(":
        stop = closing(line, position)
        function_type, position = line[position:stop], stop + 1
    name = _NAME.match(line, position)
    if name is None or line[name.end() : name.end() + 1] != "(":
        message = f"not a name and its arguments: {line[position:]}"
        raise Malformed(message)
    stop = closing(line, name.end())
    items = split_list(line[name.end() + 1 : stop - 1])
    variadic = bool(items) and items[-1] == "..."
    return Signature(
        before=line[:at],
        returns=returns,
        function_type=function_type,
        name=name.group(),
        parameters=tuple(parse_parameter(item) for item in (items[:-1] if variadic else items)),
        variadic=variadic,
        after=line[stop:],
    )


def replace_names(line: str, names: dict[str, str]) -> str:
    """Put other names in the place of some (`%1`, `@f`), outside of quoted text."""

    def other(found: re.Match[str]) -> str:
        text = found.group()
        return names.get(text, text)

    if '"' not in line:
        return _NAME.sub(other, line)
    return "".join(
        part if part.startswith('"') else _NAME.sub(other, part) for part in re.split(r'("(?:[^"\\]|\\.)*")', line)
    )


def _after_quote(text: str, start: int) -> int:
    end = text.find('"', start)
    if end < 0:
        message = f"a quote is not closed: {text}"
        raise Malformed(message)
    return end + 1


def _value_start(text: str) -> int:
    """Where the attributes before a value end."""
    position = 0
    while (word := _WORD.match(text, position)) is not None:
        end = word.end()
        following = text[end : end + 1]
        if word.group() == "align":
            end = text.find(" ", end + 1)
            end = len(text) if end < 0 else end
        elif following == "(" and word.group() in _WITH_TYPE:
            end = closing(text, end)
        elif word.group() not in _FLAGS:
            return position
        position = end
        while text[position : position + 1] == " ":
            position += 1
    return position


_WITH_TYPE = frozenset(
    {"byval", "sret", "byref", "inalloca", "preallocated", "elementtype", "dereferenceable", "captures", "memory"}
    | {"dereferenceable_or_null", "range", "nofpclass", "initializes"}
)
_FLAGS = frozenset(
    {"zeroext", "signext", "noundef", "inreg", "noalias", "nocapture", "nest", "returned", "nonnull", "readonly"}
    | {"writeonly", "readnone", "immarg", "swiftself", "swifterror", "allocptr", "allocalign", "writable", "nofree"}
)
