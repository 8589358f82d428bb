"""Files that lie beside a foreign recipe: read where they are asked for, and only below its folder.

Above it only the licence of the repository is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.importing import bounds
from wasmwright.limits import Limit, LimitExceeded
from wasmwright.sources.entry import relative_fault

if TYPE_CHECKING:
    from pathlib import Path

# A recipe lies in its folder, that in one of recipes, that in the repository, or a folder deeper.
_ABOVE = 3
_LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The folder of a recipe; None for a text that lies nowhere."""

    folder: Path | None

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return self._path(name) is not None

    def has_folder(self, name: str) -> bool:
        """Whether there is such a folder."""
        return self.folder is not None and relative_fault(name) is None and (self.folder / name).is_dir()

    def licence(self) -> tuple[str, str] | None:
        """The name and the text of the licence of the repository, or of the nearest folder above that has one."""
        if self.folder is None:
            return None
        for above in self.folder.absolute().parents[:_ABOVE]:
            for name in _LICENCES:
                try:
                    if not (above / name).is_symlink() and (above / name).is_file():
                        return name, reading.file_text(above / name, bounds.SIZE)
                except (OSError, reading.Unreadable, LimitExceeded):
                    continue
            if (above / ".git").exists():
                return None
        return None

    def text(self, name: str, limit: Limit) -> str | None:
        """A file as text; None where there is none, or where it is none."""
        path = self._path(name)
        try:
            return None if path is None else reading.file_text(path, limit)
        except (OSError, reading.Unreadable, LimitExceeded):
            return None

    def _path(self, name: str) -> Path | None:
        if self.folder is None or relative_fault(name) is not None:
            return None
        path = self.folder / name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            return path if inside and path.is_file() else None
        except OSError:
            return None
