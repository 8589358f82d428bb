"""Mistakes in recipe files, collected, so that all are told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REFERENCE = "docs/reference/recipe.md"


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

    def raise_if_any(self) -> None:
        """Raise InvalidRecipe that lists every mistake."""
        if not self.found:
            return
        hint = f"every table and key is described in {REFERENCE}"
        if len(self.found) == 1:
            raise InvalidRecipe(str(self.found[0]), hint=hint)
        lines = "".join(f"\n  {problem}" for problem in self.found)
        message = f"{len(self.found)} mistakes in recipes:{lines}"
        raise InvalidRecipe(message, hint=hint)


@dataclass(frozen=True, kw_only=True)
class RecipeProblems:
    """Adds the mistakes of one recipe file, with the line where each stands."""

    file: str
    text: str
    problems: Problems

    def add(self, message: str, *, table: str | None = None, key: str | None = None, line: int | None = None) -> None:
        """Note one mistake and go on."""
        place = line or line_of(self.text, table, key)
        problem = Problem(file=self.file, line=place, table=table, key=key, message=message)
        self.problems.found.append(problem)

    def add_unknown(self, kind: str, word: str, allowed: Iterable[str], *, table: str | None, key: str | None) -> None:
        """Note a word that is none of the allowed ones, and the nearest of these."""
        self.add(f"unknown {kind}{suggestion(word, allowed)}", table=table, key=key)


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest allowed one, else all of them."""
    words = sorted(allowed)
    guess = nearest(word, words)
    if guess:
        return f"; did you mean `{guess}`?"
    return f"; allowed: {', '.join(words)}" if words else ""


def shown(path: Path) -> str:
    """A file of a package as it is called in messages: pkgs/NAME/FILE."""
    return "/".join(path.parts[-3:])


def line_of(text: str, table: str | None, key: str | None) -> int | None:
    """The line where a key stands, else that of its table. A guide for the eye: it misses TOML's odder spellings."""
    found: int | None = None
    current: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$", line)
        if header:
            current = header[1]
            found = found or (number if current == table else None)
        elif key is not None and current == table and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
            return number
    return found
