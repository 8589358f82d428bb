"""How a build looks: a live table on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright import log
from wasmwright.plaintext import shortened
from wasmwright.progress import Ending, Line, Message, Over, Started, Tracker, Waiting, short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console, ConsoleOptions, RenderResult

    from wasmwright.nixwatch import Watcher
    from wasmwright.progress import Change, Running

_STILL_SECONDS = 30.0
_TICK_SECONDS = 1.0
_SHOWN_BUILDS = 8
_SHOWN_CHARACTERS = 100
_SHOWN_WARNING = 500


def build_view(*, verbose: bool = False) -> Watcher:
    """The view that suits standard error; `verbose` streams what the builders write."""
    if log.is_terminal() and not verbose:
        return LiveView()
    return PlainView(verbose=verbose)


def _shorten(line: str) -> str:
    """The beginning of a line of a log: makefiles show whole commands."""
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}..."


@dataclass(kw_only=True)
class PlainView:
    """A line when a build starts, ends, or has been running for another half minute."""

    verbose: bool = False
    write: Callable[[str], None] = log.say
    clock: Callable[[], float] = time.monotonic
    _told: dict[str, float] = field(default_factory=dict)
    _tracker: Tracker | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def began(self) -> None:
        """Watch the clock: a silent build has to show that it lives."""
        threading.Thread(target=self._ticks, daemon=True).start()

    def changed(self, tracker: Tracker, change: Change | None) -> None:
        """Write what a reader of the log wants to know."""
        self._tracker = tracker
        match change:
            case Started(path=path):
                self._told[path] = self.clock()
                self.write(f"{'building' if path.endswith('.drv') else 'copying '} {short_name(path)}")
            case Waiting(path=path) if path not in self._told:
                self._told[path] = self.clock()
                self.write(_waiting(path))
            case Over(path=path, seconds=seconds, ending=ending):
                self._told.pop(path, None)
                # How a copy ended is not known; if it did not come, the build is told.
                if ending is not None:
                    self.write(f"{ending:8} {short_name(path)} ({log.duration(seconds)}){_count(tracker)}")
            case Line(path=path, text=text) if self.verbose:
                self.write(f"{short_name(path)}> {text}")
            case Message() if warning := _warning(change, verbose=self.verbose):
                self.write(warning)
            case _:
                pass

    def ended(self) -> None:
        """Nothing more will come."""
        self._stop.set()

    def tick(self) -> None:
        """Tell of the builds that have said nothing here for long."""
        now = self.clock()
        for running in self._tracker.at_work if self._tracker else []:
            if now - self._told.get(running.path, now) >= _STILL_SECONDS:
                self._told[running.path] = now
                last = f": {_shorten(running.last)}" if running.last and not self.verbose else ""
                verb = "building" if running.is_build else "copying"
                self.write(f"still {verb} {running.name} ({log.duration(now - running.since)}){last}")

    def _ticks(self) -> None:
        while not self._stop.wait(_TICK_SECONDS):
            self.tick()


class LiveView:
    """A table that is redrawn in place."""

    def __init__(self) -> None:
        # Imported here: a build with nothing to do should not wait for it.
        from rich.console import Console  # noqa: PLC0415
        from rich.live import Live  # noqa: PLC0415

        self._tracker = Tracker()
        self._console = Console(stderr=True)
        self._live = Live(self, console=self._console, transient=True, refresh_per_second=4)

    def began(self) -> None:
        """Show the table."""
        self._live.start()

    def changed(self, tracker: Tracker, change: Change | None) -> None:
        """Keep what ended above the table."""
        self._tracker = tracker
        match change:
            case Over(path=path, seconds=seconds, ending=ending) if ending is not None:
                text = f"{ending} {short_name(path)} ({log.duration(seconds)})"
                style = "red" if ending is Ending.FAILED else "dim"
                self._console.print(text, style=style, markup=False, highlight=False)
            case Waiting(path=path):
                self._console.print(_waiting(path), style="dim", markup=False, highlight=False)
            case Message() if warning := _warning(change):
                self._console.print(warning, style="yellow", markup=False, highlight=False, soft_wrap=True)
            case _:
                pass

    def ended(self) -> None:
        """Take the table away."""
        self._live.stop()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the state of now."""
        from rich.text import Text  # noqa: PLC0415

        for line in _lines(self._tracker, time.monotonic()):
            yield Text(line[: options.max_width], no_wrap=True, overflow="ellipsis")
        del console


def _waiting(path: str) -> str:
    return f"waiting for {short_name(path)}, which another Nix builds"


def _warning(message: Message, *, verbose: bool = False) -> str | None:
    """A message as it is shown: what a builder may have had Nix say is said in the builder's name."""
    if message.is_own or not (message.is_warning or (verbose and message.during and message.is_urgent)):
        return None
    names = [short_name(path) for path in message.during]
    speaker = f"{names[0]}> " if len(names) == 1 else "one of the builds> " if names else ""
    lines = [shortened(line, _SHOWN_WARNING) for line in message.text.split("\n")]
    # No line of a builder's begins as one of ours, nor as what a CI service obeys.
    return f"\n{speaker or '  '}".join([f"{speaker}{lines[0]}", *(line.strip() for line in lines[1:])])


def _lines(tracker: Tracker, now: float) -> Iterator[str]:
    running = tracker.at_work
    if not running and not tracker.started:
        yield "evaluating the flake"
        return
    yield f"{tracker.done} of {max(tracker.expected, tracker.done)} built, {len(running)} running"
    for build in running[:_SHOWN_BUILDS]:
        yield _line(build, now)
    if len(running) > _SHOWN_BUILDS:
        yield f"  and {len(running) - _SHOWN_BUILDS} more"


def _line(build: Running, now: float) -> str:
    phase = f" [{build.phase}]" if build.phase else ""
    last = f"  {build.last}" if build.last else ""
    return f"  {build.name} {log.duration(now - build.since)}{phase}{last}"


def _count(tracker: Tracker) -> str:
    return f", {tracker.done} of {tracker.expected}" if tracker.expected > 1 else ""
