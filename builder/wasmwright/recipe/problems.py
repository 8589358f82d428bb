"""Mistakes in recipe files, collected, so that all are told at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidRecipe
from wasmwright.names import meant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wasmwright.recipe.positions import Positions

REFERENCE = "docs/reference/recipe.md"
_LIST_AT_MOST = 20
_TELL_AT_MOST = 50


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
        return f"{where}: {self.without_file}"

    @property
    def without_file(self) -> str:
        """The table, the key and what is wrong."""
        place = " ".join(part for part in (f"[{self.table}]" if self.table else "", self.key or "") if part)
        return ": ".join(part for part in (place, self.message) if part)


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
        lines = "".join(f"\n  {problem}" for problem in ordered[:_TELL_AT_MOST])
        lines += f"\n  and {len(ordered) - _TELL_AT_MOST} more" if len(ordered) > _TELL_AT_MOST else ""
        message = f"{len(self.found)} mistakes in recipes:{lines}"
        raise InvalidRecipe(message, hint=hint)


@dataclass(frozen=True, kw_only=True)
class RecipeProblems:
    """Adds the mistakes of one recipe file, with the line where each stands.

    `nth` tells which one of a repeated table is being read, from 0.
    """

    file: str
    positions: Positions
    problems: Problems
    nth: int | None = None

    def add(
        self,
        message: str,
        *,
        table: str | None = None,
        key: str | None = None,
        entry: str | int | None = None,
        line: int | None = None,
    ) -> None:
        """Note one mistake and go on. `entry` is the one of a list or table that is wrong."""
        parts = (*(table.split(".") if table else ()), self.nth if table else None, key, entry)
        place = tuple(part for part in parts if part is not None)
        found = line or self.positions.line(place)
        self.problems.found.append(Problem(file=self.file, line=found, table=table, key=key, message=message))

    def of(self, nth: int) -> RecipeProblems:
        """The same, for the nth of a repeated table."""
        return replace(self, nth=nth)


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest allowed one, else all of them if they are few."""
    words = sorted(allowed)
    told = meant(word, words, otherwise=f"known: {', '.join(words)}" if 0 < len(words) <= _LIST_AT_MOST else "")
    return f"; {told}" if told else ""


def shown(path: Path) -> str:
    """A file of a package as it is called in messages: pkgs/NAME/FILE."""
    return "/".join(path.parts[-3:])
