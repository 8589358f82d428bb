"""Reads what a build says: keeps each derivation's log, tells the progress, and knows at the end what failed."""

from __future__ import annotations

import re
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from wasmwright import nixfailure
from wasmwright.buildlogs import BuildLogs
from wasmwright.files import folder_without_room
from wasmwright.progress import Ending, Line, Message, Over, Phase, Started, Tracker, short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from wasmwright.failure import WasmwrightError
    from wasmwright.progress import Change

_NO_SPACE = re.compile(r"No space left on device|ENOSPC")


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
    """Takes the lines of one Nix command.

    `without_output` is asked which of some derivations have no output in the store: Nix says that a build is over, and
    only at the end how it went. `places` are the folders that a build fills.
    """

    logs: Path
    without_output: Callable[[Iterable[str]], frozenset[str]] = lambda _: frozenset()
    progress: Watcher | None = None
    keep_failed: bool = False
    places: tuple[Path, ...] = ()
    tracker: Tracker = field(default_factory=Tracker)
    seconds: dict[str, float] = field(default_factory=dict)
    _logs: BuildLogs = field(init=False)
    _stray: deque[str] = field(default_factory=lambda: deque(maxlen=nixfailure.TAIL_LINES))
    _over: dict[str, Over] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)
    _unnamed: set[str] = field(default_factory=set)
    _last_words: dict[str, str] = field(default_factory=dict)
    _just_over: str | None = None
    _full: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._logs = BuildLogs(folder=self.logs)

    def line(self, text: str) -> None:
        """Take one line of Nix's standard error."""
        change = self.tracker.feed(text, time.monotonic())
        match change:
            case Line(path=path, text=said):
                self._keep(path, said)
            case Over(path=path, seconds=seconds) if path.endswith(".drv"):
                self.seconds[path] = seconds
                self._logs.of(path).close()
                self._over[path] = change
                self._hear_last_word(path)
                self._just_over = path
                self._settle_named()
                self._tell(None)
                return
            case Message(text=said, is_own=True):
                self._named |= {drv for drv in [nixfailure.failed_derivation(said)] if drv is not None}
            case Message(text=said) if self._just_over is not None and self._is_last_word(said):
                pass
            case Message(text=said, during=(path,)) if change.is_urgent:
                # A daemon repeats the last lines of the log, behind `>`.
                for part in said.split("\n"):
                    if not part.lstrip().startswith(">"):
                        self._keep(path, part)
            case Message() if not text.startswith("@nix "):
                self._stray.append(change.text)
            case _:
                pass
        self._just_over = None
        self._settle_named()
        if isinstance(change, (Started, Line, Phase)):
            self._settle_going_on()
        self._tell(change)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Tell the progress of the beginning and the end."""
        try:
            if self.progress is None:
                yield
                return
            self.progress.began()
            try:
                yield
            finally:
                self.progress.ended()
        finally:
            self._logs.close()

    def finish(self, *, succeeded: bool) -> None:
        """Nix has ended, and what it told the end of last is settled: built, failed, or stopped for another's sake."""
        lost = frozenset() if succeeded or not self._over else self.without_output(self._over)
        # Nix has counted all failures, and through a daemon not named each.
        unnamed = self.tracker.failed - len(self._named | self._unnamed)
        for path in list(self._over):
            if path not in lost:
                self._end(path, Ending.BUILT)
            elif len(lost) <= unnamed or (unnamed > 0 and path in self._last_words):
                self._unnamed.add(path)
                self._end(path, Ending.FAILED)
            else:
                self._end(path, Ending.STOPPED)

    def correct(self, told: Mapping[str, int]) -> None:
        """Nix's own times are whole seconds, and come at the end only; the watched ones may be a guess."""
        for path in self.seconds.keys() & told.keys():
            self.seconds[path] = min(self.seconds[path], told[path] + 1)

    @property
    def was_interrupted(self) -> bool:
        """Whether Nix ended because the user wanted it to."""
        return nixfailure.is_interruption(self._said())

    def failures(self) -> dict[str, WasmwrightError]:
        """Each derivation that failed itself, with the error that belongs to it."""
        return nixfailure.failures(self._said())

    def failure(self) -> WasmwrightError:
        """The error for the whole: that of the first derivation that failed, or Nix's own."""
        return next(iter(self.failures().values()), None) or nixfailure.failure(self._said())

    def _said(self) -> nixfailure.Evidence:
        # The store says that these failed, and Nix that somebody did.
        passed_on = [word for path, word in self._last_words.items() if path in self._unnamed]
        errors = [*passed_on, *self.tracker.errors]
        return nixfailure.Evidence(
            errors=errors or (["\n".join(self._stray)] if self._stray else []),
            built=self.tracker.started > 0,
            notes=list(self.tracker.notes) if self.keep_failed else [],
            tails=self._logs.tails,
            full=self._full,
            log_of=self._logs.path,
        )

    def _hear_last_word(self, path: str) -> None:
        """What a daemon said of the build that is over.

        Its own errors look as what a builder has it say. But a builder that has ended says no more: Nix has the last
        word, before it tells of the end (2.26), or right behind (2.34).
        """
        words = (note for note in reversed(self.tracker.notes) if nixfailure.failed_derivation(note) == path)
        if (word := next(words, None)) is not None:
            self._last_words[path] = word

    def _is_last_word(self, said: str) -> bool:
        path = nixfailure.failed_derivation(said)
        if path is None or path != self._just_over:
            return False
        self._last_words[path] = said
        return True

    def _settle_named(self) -> None:
        for path in self._named & self._over.keys():
            self._end(path, Ending.FAILED)

    def _settle_going_on(self) -> None:
        """Nix works on, so what is over was not stopped: it is built, or has failed."""
        if not self._over:
            return
        all_named = self.tracker.failed <= len(self._named | self._unnamed)
        failed = frozenset() if all_named else self.without_output(self._over)
        self._unnamed |= failed
        for path in list(self._over):
            self._end(path, Ending.FAILED if path in failed else Ending.BUILT)

    def _end(self, path: str, ending: Ending) -> None:
        if ending is Ending.BUILT:
            self._logs.of(path).last.clear()
        if ending is Ending.STOPPED:
            # How long it would take is not known.
            self.seconds.pop(path, None)
        self._tell(replace(self._over.pop(path), ending=ending))

    def _tell(self, change: Change | None) -> None:
        if self.progress is not None:
            self.progress.changed(self.tracker, change)

    def _keep(self, path: str, text: str) -> None:
        log = self._logs.of(path)
        has_log = log.problem is None
        log.add(text)
        if has_log and log.problem is not None:
            reason = log.problem.strerror or str(log.problem)
            self._tell(Message(text=f"warning: the log of {short_name(path)} is not kept: {reason}", level=1))
        if path not in self._full and _NO_SPACE.search(text):
            # Afterwards it is too late to ask: Nix takes away what a failed build has made.
            place = folder_without_room(self.places)
            if place is not None:
                self._full[path] = place
