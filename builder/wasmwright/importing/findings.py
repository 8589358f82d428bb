"""What importing a recipe found, with the line of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from wasmwright.plaintext import shortened, visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.importing.foreign import Cited

_SHOWN = 400
_OF_BUILDING = re.compile(
    r"(outputs\.)?(build(\..*)?|source\.(patches|extras|path)|requirements\.(build|host|executable))"
)


class Level(StrEnum):
    """How much a finding matters.

    A `note` tells what has no meaning here, or became something else, and wants nothing. `patch`: the recipe is whole,
    but for a patch that the other one has, a new file in its source, or a command that changes it, which are neither
    copied nor run: where the build fails without, somebody sees under which licence it is. `person`: the recipe is
    written, and somebody has to decide or to add something before it does what the other one did. `refused`: there is
    no recipe.
    """

    NOTE = "note"
    PATCH = "patch"
    PERSON = "person"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class ImportFinding:
    """One thing about one place: `key` is the field there, such as `build.script`; `line` may be None."""

    file: str
    line: int | None
    key: str
    level: Level
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (where, self.key, self.message) if part)


@dataclass(kw_only=True)
class Findings:
    """Those of one recipe so far. `file` is what messages call it."""

    file: str
    found: list[ImportFinding] = field(default_factory=list)

    def note(self, message: str, *, key: str = "", line: int | None = None, at: Cited | None = None) -> None:
        """Nothing needs to be done. What it is about is told by `key` and `line`, or by a text `at` its place."""
        self._add(Level.NOTE, message, key, line, at)

    def patch(self, message: str, *, at: Cited) -> None:
        """A patch, or a file beside the recipe, is left where it is."""
        self._add(Level.PATCH, message, at.key, at.line, at)

    def person(self, message: str, *, key: str = "", line: int | None = None, at: Cited | None = None) -> None:
        """Somebody has to decide."""
        self._add(Level.PERSON, message, key, line, at)

    def refuse(self, message: str, *, key: str = "", line: int | None = None, at: Cited | None = None) -> None:
        """No recipe comes of it."""
        self._add(Level.REFUSED, message, key, line, at)

    def of_building_are_notes(self, why: str) -> None:
        """Ask nobody about what a build is told, as there is none."""
        for at, one in enumerate(self.found):
            if one.level is Level.PERSON and _OF_BUILDING.fullmatch(one.key):
                message = shortened(f"{why}: {one.message}", _SHOWN)
                self.found[at] = replace(one, level=Level.NOTE, message=message)

    @property
    def is_refused(self) -> bool:
        """Whether no recipe comes of it."""
        return any(finding.level is Level.REFUSED for finding in self.found)

    def in_order(self) -> tuple[ImportFinding, ...]:
        """By file and line, those without one last; each once."""
        return tuple(sorted(dict.fromkeys(self.found), key=lambda one: (one.file, one.line or 1 << 30)))

    def _add(self, level: Level, message: str, key: str, line: int | None, at: Cited | None = None) -> None:
        text = shortened(visible_line(message), _SHOWN)
        file = self.file
        if at is not None:
            key, line, file = at.key, at.line, at.file or file
        self.found.append(ImportFinding(file=file, line=line, key=visible_line(key), level=level, message=text))


def listed(names: Iterable[str]) -> str:
    """Names for a message."""
    return ", ".join(f"`{shortened(name, _SHOWN // 4)}`" for name in names)
