"""Variables of shells in a word, and what it makes of them, such as `${NAME:-other}`, as far as they are known."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing.places import DOLLAR, OPAQUE

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"\w+")
# Makefiles write a variable so, and scripts of recipes now and then too.
_IN_BRACKETS = re.compile(r"\((\w+)\)")
_PART = re.compile(r":\s*(-?\d{1,6})(?::(-?\d{1,6}))?")
_DEEP = 8
# Of what is looked for with wildcards in it: more of both take too long.
_LONG, _WILD = 2048, 2


class UnknownWord(Exception):
    """A word has a part that only running it would tell."""


def expand(word: str, known: Mapping[str, str], *, where: str) -> str:
    """A word with its variables replaced. Raises UnknownWord, and LimitExceeded at `where`."""
    if OPAQUE in word:
        raise UnknownWord
    return _Expander(known=known, where=where).text(word).replace(DOLLAR, "$")


@dataclass(kw_only=True)
class _Expander:
    known: Mapping[str, str]
    where: str
    grown: int = 0
    depth: int = 0

    def text(self, word: str) -> str:
        parts, at = [], 0
        while (dollar := word.find("$", at)) >= 0:
            parts.append(word[at:dollar])
            if word.startswith("${", dollar):
                end = _closing(word, dollar + 2)
                parts.append(self._counted(self._braced(word[dollar + 2 : end])))
                at = end + 1
            else:
                found = _NAME.match(word, dollar + 1) or _IN_BRACKETS.match(word, dollar + 1)
                if found is None:
                    raise UnknownWord(word)
                parts.append(self._counted(self._value(found[found.lastindex or 0])))
                at = found.end()
        return "".join([*parts, word[at:]])

    def _counted(self, text: str) -> str:
        # Before it is put together: a variable may double itself on every line.
        self.grown += len(text)
        bounds.EXPANDED.check(self.grown, self.where)
        return text

    def _inner(self, word: str) -> str:
        self.depth += 1
        if self.depth > _DEEP:
            raise UnknownWord(word)
        text = self.text(word)
        self.depth -= 1
        return text

    def _value(self, name: str) -> str:
        if name not in self.known:
            raise UnknownWord(name)
        return self.known[name]

    def _braced(self, body: str) -> str:
        """What stands between the braces."""
        found = _NAME.match(body)
        if found is None:
            raise UnknownWord(body)
        name, rest = found[0], body[found.end() :]
        operator = next((one for one in (":-", ":=", ":+", ":?", "-", "=", "+", "?") if rest.startswith(one)), None)
        if operator is not None:
            other = rest[len(operator) :]
            if operator.endswith("+"):
                self._value(name)
                return self._inner(other)
            return self._inner(other) if operator[-1] in "-=" and name not in self.known else self._value(name)
        return self._changed(self._value(name), rest)

    def _changed(self, value: str, rest: str) -> str:
        if not rest:
            return value
        if (cased := _cased(value, rest)) is not None:
            return cased
        if part := _PART.fullmatch(rest):
            return _part(value, int(part[1]), None if part[2] is None else int(part[2]))
        for operator in ("%%", "%", "##", "#"):
            if rest.startswith(operator):
                return _shortened(value, self._pattern(rest[len(operator) :], value), operator)
        if rest.startswith("/"):
            return self._replaced(value, rest)
        raise UnknownWord(rest)

    def _pattern(self, text: str, value: str) -> str:
        """What a shell looks for, as a regular expression."""
        pattern = self._inner(text)
        if len(value) > _LONG or len(re.findall(r"[*?\[]", pattern)) > _WILD:
            raise UnknownWord(text)
        return fnmatch.translate(pattern).removesuffix(r"\Z").removesuffix(r"\z")

    def _replaced(self, value: str, rest: str) -> str:
        every = rest.startswith("//")
        wanted, _, to = rest[2 if every else 1 :].partition("/")
        anchor = wanted[:1] if wanted[:1] in {"#", "%"} else ""
        pattern = self._pattern(wanted.removeprefix(anchor), value)
        if wanted == anchor:
            raise UnknownWord(rest)
        pattern = {"#": rf"\A{pattern}", "%": rf"{pattern}\Z"}.get(anchor, pattern)
        text = self._inner(to)
        count = len(re.findall(pattern, value)) if every else 1
        bounds.EXPANDED.check(len(value) + count * len(text), self.where)
        return re.sub(pattern, lambda _: text, value, count=0 if every else 1)


def _closing(word: str, at: int) -> int:
    """The place of the brace that ends a `${` before `at`."""
    depth = 1
    while at < len(word):
        if word.startswith("${", at):
            depth += 1
        elif word[at] == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    raise UnknownWord(word)


def _cased(value: str, operator: str) -> str | None:
    match operator:
        case "^^":
            return value.upper()
        case ",,":
            return value.lower()
        case "^":
            return value[:1].upper() + value[1:]
        case ",":
            return value[:1].lower() + value[1:]
        case _:
            return None


def _part(value: str, begin: int, length: int | None) -> str:
    begin = max(begin, -len(value))
    end = None if length is None else length if length < 0 else (begin if begin >= 0 else len(value) + begin) + length
    return value[begin:end]


def _shortened(value: str, pattern: str, operator: str) -> str:
    """A value without the shortest or longest beginning or end that fits."""
    places = range(len(value) + 1) if operator in {"#", "%%"} else range(len(value), -1, -1)
    for at in places:
        part, rest = (value[:at], value[at:]) if operator[0] == "#" else (value[at:], value[:at])
        if re.fullmatch(pattern, part):
            return rest
    return value
