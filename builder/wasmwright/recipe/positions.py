"""On which line of a TOML text each key, table and entry of a list stands, however it is spelled."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and numbers of entries, from 0."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")' r"|'''.*?'{3,5}(?!')" r'|"(?:\\.|[^"\\])*"' r"|'[^']*'",
    re.DOTALL,
)
_OTHER_VALUE = re.compile(r"[^,\]}#\r\n]+")


@dataclass(frozen=True)
class Positions:
    """The lines of a valid TOML text, found when the first is asked for."""

    text: str

    def line(self, place: Place) -> int | None:
        """The line of a place, else of the nearest that it lies in; None where that is the whole text."""
        ways = (place[:length] for length in range(len(place), 0, -1))
        return next((self.lines[way] for way in ways if way in self.lines), None)

    @cached_property
    def lines(self) -> dict[Place, int]:
        """Every place of the text with its line, from 1."""
        scanner = _Scanner(text=self.text)
        scanner.document()
        return scanner.lines


@dataclass(kw_only=True)
class _Scanner:
    """Walks over a text that a TOML parser has accepted, so that it need not doubt anything."""

    text: str
    at: int = 0
    lines: dict[Place, int] = field(default_factory=dict)
    tables: dict[Place, int] = field(default_factory=dict)

    @cached_property
    def breaks(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def document(self) -> None:
        table: Place = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Place:
        line, is_repeated = self._line(), self.text.startswith("[[", self.at)
        self.at += 2 if is_repeated else 1
        *outer, name = self._dotted_key()
        self.at = self.text.index("]", self.at) + (2 if is_repeated else 1)
        place = self._inside((), outer, line)
        if is_repeated:
            self.tables[*place, name] = self.tables.get((*place, name), -1) + 1
            self.lines.setdefault((*place, name), line)
            place = (*place, name, self.tables[*place, name])
        else:
            place = (*place, name)
        self.lines[place] = line
        return place

    def _inside(self, place: Place, names: list[str], line: int) -> Place:
        """The table that these names lead to, from `place`: of repeated tables the last."""
        for name in names:
            place = (*place, name)
            self.lines.setdefault(place, line)
            if place in self.tables:
                place = (*place, self.tables[place])
        return place

    def _pair(self, table: Place) -> None:
        line = self._line()
        *outer, name = self._dotted_key()
        place = (*self._inside(table, outer, line), name)
        self.lines[place] = line
        self.at = self.text.index("=", self.at) + 1
        self._skip(_SPACE)
        self._value(place)

    def _dotted_key(self) -> list[str]:
        names = []
        while True:
            self._skip(_SPACE)
            if found := _BARE_KEY.match(self.text, self.at):
                names.append(found[0])
            else:
                found = _STRING.match(self.text, self.at)
                assert found is not None
                names.append(str(tomllib.loads(f"key = {found[0]}")["key"]))
            self.at = found.end()
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return names
            self.at += 1

    def _value(self, place: Place) -> None:
        if self.text[self.at] == "[":
            self._array(place)
        elif self.text[self.at] == "{":
            self._inline_table(place)
        elif found := _STRING.match(self.text, self.at):
            self.at = found.end()
        else:
            self._skip(_OTHER_VALUE)

    def _array(self, place: Place) -> None:
        self.at += 1
        number = 0
        while self.text[self._skip(_BLANK)] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.lines[*place, number] = self._line()
            self._value((*place, number))
            number += 1
        self.at += 1

    def _inline_table(self, place: Place) -> None:
        self.at += 1
        while self.text[self._skip(_BLANK)] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._pair(place)
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1
