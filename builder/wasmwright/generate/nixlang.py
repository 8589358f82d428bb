"""The Nix language as text: quoting, names, and values laid out as nixfmt (RFC 166) lays them out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 100
_INDENT = "  "
_KEYWORDS = frozenset({"assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"})
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_'-]*")
_PATH = re.compile(r"[A-Za-z0-9._+-]+(/[A-Za-z0-9._+-]+)*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "${": "\\${"}
_FEW_PARAMETERS = 2


@dataclass(frozen=True)
class Path:
    """A path literal, relative to the file that it stands in."""

    text: str


@dataclass(frozen=True)
class Variable:
    """A name that is bound outside."""

    name: str


Value: TypeAlias = Union[str, bool, Path, Variable, "Sequence[Value]", "Mapping[str, Value]"]


def string(text: str) -> str:
    """A string literal on one line, whatever is in the text."""
    if "\0" in text:
        message = "a Nix string cannot hold a NUL character"
        raise ValueError(message)
    escaped = re.sub(r'\$\{|[\\"\n\r\t]', lambda found: _ESCAPES[found[0]], text)
    return f'"{escaped}"'


def attribute(name: str) -> str:
    """A name as it stands left of `=`, quoted where it has to be."""
    return name if _is_identifier(name) else string(name)


def argument(name: str) -> str:
    """The parameter that stands for a package: its name, after `_` where Nix does not take the name itself."""
    return name if _is_identifier(name) else f"_{name}"


def path(text: str) -> str:
    """A path literal. Only plain relative paths have one."""
    if not _PATH.fullmatch(text) or ".." in text.split("/"):
        message = f"no path literal for {text!r}"
        raise ValueError(message)
    return f"./{text}"


def value(content: Value, *, indent: int = 0, used: int = 0) -> str:
    """A value whose first line follows `used` columns of other text and whose block is indented `indent` levels."""
    match content:
        case str():
            return string(content)
        case bool():
            return "true" if content else "false"
        case Path(text):
            return path(text)
        case Variable(name):
            return argument(name)
        case Mapping():
            return attribute_set(content, indent=indent)
        case _:
            return _list(content, indent=indent, used=used)


def attribute_set(content: Mapping[str, Value], *, indent: int = 0) -> str:
    """A set with one binding a line, in the order given."""
    if not content:
        return "{ }"
    inner = _INDENT * (indent + 1)
    bindings = [_binding(name, entry, indent=indent + 1) for name, entry in content.items()]
    return "\n".join(["{", *(f"{inner}{binding}" for binding in bindings), f"{_INDENT * indent}}}"])


def parameters(names: Iterable[str]) -> str:
    """The parameters of a function that takes a closed set."""
    arguments = sorted({argument(name) for name in names})
    short = f"{{ {', '.join(arguments)} }}:"
    if len(arguments) <= _FEW_PARAMETERS and len(short) <= WIDTH:
        return short
    return "\n".join(["{", *(f"{_INDENT}{name}," for name in arguments), "}:"])


def _binding(name: str, content: Value, *, indent: int) -> str:
    head = f"{attribute(name)} = "
    used = len(_INDENT) * indent + len(head)
    return f"{head}{value(content, indent=indent, used=used)};"


def _list(content: Sequence[Value], *, indent: int, used: int) -> str:
    if not content:
        return "[ ]"
    items = [value(item, indent=indent + 1) for item in content]
    short = f"[ {items[0]} ]"
    if len(items) == 1 and used + len(short) + len(";") <= WIDTH:
        return short
    inner = _INDENT * (indent + 1)
    return "\n".join(["[", *(f"{inner}{item}" for item in items), f"{_INDENT * indent}]"])


def _is_identifier(name: str) -> bool:
    return _IDENTIFIER.fullmatch(name) is not None and name not in _KEYWORDS
