"""Reads what a build says: keeps each derivation's log, tells the progress, and knows at the end what failed."""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from wasmwright import nixfailure
from wasmwright.progress import Line, Over, Tracker, short_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from wasmwright.failure import WasmwrightError
    from wasmwright.progress import Change

_HASH_LENGTH = 12
_INTERRUPTED = "interrupted by the user"


class Watcher(Protocol):
    """Who is told what a build does."""

    def began(self) -> None:
        """Nix is about to start."""
        ...

    def changed(self, tracker: Tracker, change: Change | None) -> None:
        """Nix said something; `change` is None when it matters only to the numbers."""
        ...

    def ended(self) -> None:
        """Nix has ended, well or badly."""
        ...


@dataclass(kw_only=True)
class Watch:
    """Takes the lines of one Nix command."""

    logs: Path
    progress: Watcher | None = None
    tracker: Tracker = field(default_factory=Tracker)
    seconds: dict[str, float] = field(default_factory=dict)
    _tails: dict[str, deque[str]] = field(default_factory=dict)
    _stray: deque[str] = field(default_factory=lambda: deque(maxlen=nixfailure.TAIL_LINES))
    _files: dict[str, Path] = field(default_factory=dict)

    def line(self, text: str) -> None:
        """Take one line of Nix's standard error."""
        change = self.tracker.feed(text, time.monotonic())
        if isinstance(change, Line):
            self._keep(change)
        elif isinstance(change, Over) and change.path.endswith(".drv"):
            self.seconds[change.path] = change.seconds
        elif change is not None and not text.startswith("@nix "):
            self._stray.append(text)
        if self.progress is not None:
            self.progress.changed(self.tracker, change)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Tell the progress of the beginning and the end."""
        if self.progress is None:
            yield
            return
        self.progress.began()
        try:
            yield
        finally:
            self.progress.ended()

    def correct(self, told: Mapping[str, int]) -> None:
        """Nix's own times are whole seconds, and come at the end only; the watched ones may be a guess."""
        for path in self.seconds.keys() & told.keys():
            self.seconds[path] = min(self.seconds[path], told[path] + 1)

    @property
    def was_interrupted(self) -> bool:
        """Whether Nix ended because the user wanted it to."""
        return any(_INTERRUPTED in error for error in self._said().errors)

    def failures(self) -> dict[str, WasmwrightError]:
        """Each derivation that failed itself, with the error that belongs to it."""
        return nixfailure.failures(self._said())

    def failure(self) -> WasmwrightError:
        """The error for the whole: that of the first derivation that failed, or Nix's own."""
        return next(iter(self.failures().values()), None) or nixfailure.failure(self._said())

    def _said(self) -> nixfailure.Evidence:
        return nixfailure.Evidence(
            errors=self.tracker.errors or list(self._stray),
            built=self.tracker.started > 0,
            notes=self.tracker.notes,
            tails=self._tails,
            log_of=self._files.get,
        )

    def _keep(self, line: Line) -> None:
        new = line.path not in self._files
        file = self._files.setdefault(line.path, log_file(self.logs, line.path))
        if new:
            self.logs.mkdir(parents=True, exist_ok=True)
        with file.open("w" if new else "a", encoding="utf-8") as log:
            log.write(f"{line.text}\n")
        self._tails.setdefault(line.path, deque(maxlen=nixfailure.KEPT_LINES)).append(line.text)


def log_file(folder: Path, drv: str) -> Path:
    """Where the log of a derivation is kept: its name, and enough of its hash to tell two of that name apart."""
    store_hash = drv.rsplit("/", 1)[-1].split("-", 1)[0]
    return folder / f"{short_name(drv)}-{store_hash[:_HASH_LENGTH]}.log"
