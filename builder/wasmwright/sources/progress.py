"""How a fetch tells how far it is; `cli/` decides what that looks like."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Who is told how far a fetch is. Called from several threads."""

    def start(self, *, files: int, size: int) -> None:
        """There is something to download."""
        ...

    def advance(self, count: int) -> None:
        """So many bytes came (or were thrown away, when negative)."""
        ...

    def finished(self, name: str) -> None:
        """A file is complete and checked."""
        ...

    def waiting(self, holder: str) -> None:
        """Another process, `holder`, is fetching and has to end first."""
        ...

    def end(self) -> None:
        """Nothing more will come."""
        ...


class Silent:
    """Progress for nobody."""

    def start(self, *, files: int, size: int) -> None:
        """Ignore it."""

    def advance(self, count: int) -> None:
        """Ignore it."""

    def finished(self, name: str) -> None:
        """Ignore it."""

    def waiting(self, holder: str) -> None:
        """Ignore it."""

    def end(self) -> None:
        """Ignore it."""
