"""TOML and JSON that others wrote, read within limits, so that no text can cost more than its size.

The parsers of the standard library recurse, need quadratic time for keys of many parts, and raise more kinds of errors
than they tell of. Here a text is measured first, and all that is wrong with one is `Unreadable`.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from wasmwright import limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_T = TypeVar("_T")

_TOML_MARK = re.compile(r"\"\"\"|'''|[\"'#\[\]{}=,.\n]")
_TOML_REST = {
    '"""': re.compile(r'(?:[^\\"]|\\.|"(?!""))*+"{3,5}', re.DOTALL),
    "'''": re.compile(r"(?:[^']|'(?!''))*+'{3,5}"),
    '"': re.compile(r'(?:[^\\"\n]|\\[^\n])*+"'),
    "'": re.compile(r"[^'\n]*+'"),
    "#": re.compile(r"[^\n]*+"),
}
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)")
# A string that does not end takes all the rest: so no text is looked at twice.
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_JSON_BRACKET = re.compile(r"[\[\]{}]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Unreadable(ValueError):
    """A text is not what it should be; `line` says where, if that is known."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def file_text(path: Path, limit: limits.Limit) -> str:
    """A file of UTF-8 text. Raises OSError, Unreadable and LimitExceeded."""
    with path.open("rb") as file:
        content = file.read(limit.most + 1)
    limit.check(len(content), str(path))
    return decoded(content)


def decoded(content: bytes) -> str:
    """UTF-8 text. Raises Unreadable."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 text: {error.reason} at byte {error.start}"
        raise Unreadable(reason) from None


def toml_file(path: Path) -> dict[str, Any]:
    """A file as TOML. Raises OSError, Unreadable and LimitExceeded."""
    return toml(file_text(path, limits.TOML_SIZE), where=str(path))


def toml(text: str, *, where: str) -> dict[str, Any]:
    """A text as TOML. Raises Unreadable, and LimitExceeded, which names `where`."""
    limits.TOML_SIZE.check(len(text), where)
    _measure_toml(text, where)
    try:
        return tomllib.loads(text)
    except ValueError as error:
        found = _TOML_LINE.search(str(error))
        raise Unreadable(str(error), line=int(found[1]) if found else None) from None


def json_file(path: Path, *, most: limits.Limit = limits.JSON_SIZE) -> object:
    """A file of no more than `most` bytes as JSON. Raises OSError, Unreadable and LimitExceeded."""
    return json_value(file_text(path, most), where=str(path))


def json_value(text: str | bytes, *, where: str) -> object:
    """A text as JSON. Raises Unreadable, and LimitExceeded, which names `where`."""
    limits.JSON_SIZE.check(len(text), where)
    text = decoded(text) if isinstance(text, bytes) else text
    _measure_json(text, where)
    try:
        value: object = json.loads(text)
    except ValueError as error:
        raise Unreadable(str(error)) from None
    if _SURROGATE.search(text) and not _is_encodable(value):
        reason = "it has half of a character (a lone surrogate)"
        raise Unreadable(reason)
    return value


def json_fields(text: str | bytes, *, where: str) -> Fields:
    """A text as a JSON object. Raises Unreadable, and LimitExceeded, which names `where`."""
    return Fields.of(json_value(text, where=where))


@dataclass(frozen=True)
class Fields:
    """A JSON object or TOML table whose values are asked for by what they have to be.

    Raises Unreadable, which names the value by its `place`, for one that is something else, or not there.
    """

    content: Mapping[str, Any]
    place: str = ""

    @classmethod
    def of(cls, value: object, place: str = "") -> Fields:
        """The fields of something that has to be an object."""
        return cls(_typed(value, dict, place or "it", "object"), place)

    def text(self, key: str, default: str | None = None) -> str:
        """A string."""
        return self._value(key, str, "string", default)

    def optional_text(self, key: str) -> str | None:
        """A string, or None where there is none, or null."""
        return None if self.content.get(key) is None else self.text(key)

    def number(self, key: str) -> int:
        """A whole number."""
        found = self._value(key, int, "whole number")
        return _typed(None if isinstance(found, bool) else found, int, self.inside(key), "whole number")

    def values(self, key: str) -> list[object]:
        """A list of anything."""
        return self._value(key, list, "list")

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of strings."""
        if default is not None and key not in self.content:
            return default
        return tuple(_typed(each, str, f"an entry of {self.inside(key)}", "string") for each in self.values(key))

    def tables(self, key: str) -> list[Fields]:
        """A list of objects."""
        return [Fields.of(each, f"an entry of {self.inside(key)}") for each in self.values(key)]

    def table(self, key: str, *, is_optional: bool = False) -> Fields:
        """An object; an empty one where it is optional and not there."""
        empty: dict[str, Any] | None = {} if is_optional else None
        return Fields(self._value(key, dict, "object", empty), self.inside(key))

    def all_texts(self) -> dict[str, str]:
        """Every key, with a string each."""
        return {key: self.text(key) for key in self.content}

    def all_tables(self) -> dict[str, Fields]:
        """Every key, with an object each."""
        return {key: self.table(key) for key in self.content}

    def inside(self, key: str) -> str:
        """What messages call a value."""
        return f"{self.place}.{key}" if self.place else key

    def _value(self, key: str, kind: type[_T], what: str, default: _T | None = None) -> _T:
        if key not in self.content:
            if default is not None:
                return default
            reason = f"{self.inside(key)} is missing"
            raise Unreadable(reason)
        return _typed(self.content[key], kind, self.inside(key), what)


def _typed(value: object, kind: type[_T], place: str, what: str) -> _T:
    if not isinstance(value, kind):
        reason = f"{place} is no {what}"
        raise Unreadable(reason)
    return value


def _measure_toml(text: str, where: str) -> None:
    """Look at brackets and dots outside of strings, as far as the parser would come."""
    at = depth = parts = values = 0
    while found := _TOML_MARK.search(text, at):
        mark, at = found[0], found.end()
        if mark in _TOML_REST:
            rest = _TOML_REST[mark].match(text, at)
            if rest is None:
                return
            at = rest.end()
        elif mark == ".":
            parts += 1
            limits.KEY_PARTS.check(parts + 1, where)
        else:
            parts = 0
            if mark in "[{":
                depth += 1
                limits.TOML_DEPTH.check(depth, where)
            elif mark in "]}":
                depth -= 1
            elif mark in "=,":
                values += 1
                limits.TOML_VALUES.check(values, where)


def _measure_json(text: str, where: str) -> None:
    bare = _JSON_STRING.sub("", text)
    limits.JSON_VALUES.check(bare.count(",") + bare.count("[") + bare.count("{"), where)
    depth = 0
    for found in _JSON_BRACKET.finditer(bare):
        if found[0] in "[{":
            depth += 1
            limits.JSON_DEPTH.check(depth, where)
        else:
            depth -= 1


def _is_encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
