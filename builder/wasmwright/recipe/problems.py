"""Mistakes in recipe files, collected, so that all are told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe.names import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

REFERENCE = "docs/reference/recipe.md"
_LIST_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One mistake: in which file, on which line (None: unknown), at which table and key, and what is wrong."""

    file: str
    message: str
    line: int | None = None
    table: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        place = " ".join(part for part in (f"[{self.table}]" if self.table else "", self.key or "") if part)
        return ": ".join(part for part in (where, place, self.message) if part)


@dataclass(kw_only=True)
class Problems:
    """The mistakes found so far, in one file or in many."""

    found: list[Problem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.found)

    def raise_if_any(self, *, hint: str = f"every table and key is described in {REFERENCE}") -> None:
        """Raise InvalidRecipe that lists every mistake, as they stand in the files."""
        if not self.found:
            return
        if len(self.found) == 1:
            raise InvalidRecipe(str(self.found[0]), hint=hint)
        ordered = sorted(self.found, key=lambda problem: (problem.file, problem.line or 0))
        lines = "".join(f"\n  {problem}" for problem in ordered)
        message = f"{len(self.found)} mistakes in recipes:{lines}"
        raise InvalidRecipe(message, hint=hint)


@dataclass(frozen=True, kw_only=True)
class RecipeProblems:
    """Adds the mistakes of one recipe file, with the line where each stands.

    `nth` tells which one of a repeated table is being read, from 1.
    """

    file: str
    text: str
    problems: Problems
    nth: int = 1

    def add(self, message: str, *, table: str | None = None, key: str | None = None, line: int | None = None) -> None:
        """Note one mistake and go on."""
        place = line or line_of(self.text, table, key, self.nth)
        problem = Problem(file=self.file, line=place, table=table, key=key, message=message)
        self.problems.found.append(problem)

    def at(self, table: str, key: str) -> Callable[[str], None]:
        """Notes mistakes of that key."""
        return partial(self.add, table=table, key=key)


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest allowed one, else all of them if they are few."""
    words = sorted(allowed)
    guess = nearest(word, words)
    if guess:
        return f"; did you mean `{guess}`?"
    return f"; known: {', '.join(words)}" if 0 < len(words) <= _LIST_AT_MOST else ""


def shown(path: Path) -> str:
    """A file of a package as it is called in messages: pkgs/NAME/FILE."""
    return "/".join(path.parts[-3:])


def line_of(text: str, table: str | None, key: str | None, nth: int = 1) -> int | None:
    """The line of a key, else that of its table, in the nth table of that name.

    A guide for the eye: it misses TOML's odder spellings.
    """
    found: int | None = None
    inside = table is None
    seen = 0
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$", line)
        if header:
            seen += header[1] == table
            inside = header[1] == table and seen == nth
            found = number if inside else found
        elif key is not None and inside and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
            return number
    return found
