"""How a fetch looks: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from wasmwright import log
from wasmwright.plaintext import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from wasmwright.sources.progress import Progress as FetchProgress

_EVERY_SECONDS = 5.0
_MEGABYTE = 1_000_000


def transfer_progress(*, quiet: bool = False) -> FetchProgress | None:
    """The progress that suits standard error; None for `quiet`."""
    if quiet:
        return None
    console = Console(stderr=True)
    return _Bar(console) if console.is_terminal else Lines()


class _Bar:
    """One bar over all files."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(compact=True),
        )
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = TaskID(0)
        self._files = self._done = 0

    def start(self, *, files: int, size: int) -> None:
        """Show the bar."""
        self._files = files
        self._task = self._progress.add_task(f"fetching {files} sources", total=size)
        self._progress.start()

    def advance(self, count: int) -> None:
        """Move the bar."""
        self._progress.advance(self._task, count)

    def finished(self, name: str) -> None:  # noqa: ARG002 - names come too fast to be read
        """Count the file."""
        self._done += 1
        self._progress.update(self._task, description=f"fetched {self._done} of {self._files} sources")

    def waiting(self, holder: str) -> None:
        """Say for whom."""
        self._progress.console.print(visible(_waiting(holder)), markup=False, highlight=False)

    def end(self) -> None:
        """Take the bar away."""
        self._progress.stop()


class Lines:
    """Plain text for logs."""

    def __init__(
        self,
        write: Callable[[str], None] = log.say,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write
        self._clock = clock
        self._lock = threading.Lock()
        self._files = self._size = self._done_files = self._done_size = 0
        self._last = clock()

    def start(self, *, files: int, size: int) -> None:
        """Tell how much there is to do."""
        self._files, self._size = files, size
        self._last = self._clock()
        self._write(f"fetching {files} sources, {_megabytes(size)}")

    def advance(self, count: int) -> None:
        """Count, and write a line when the last one is old."""
        with self._lock:
            self._done_size += count
            if self._clock() - self._last < _EVERY_SECONDS:
                return
            self._last = self._clock()
            size = f"{_megabytes(self._done_size)} of {_megabytes(self._size)}"
            line = f"fetched {size}, {self._done_files} of {self._files} sources"
        self._write(line)

    def finished(self, name: str) -> None:  # noqa: ARG002 - a line a file would be too many
        """Count the file."""
        with self._lock:
            self._done_files += 1

    def waiting(self, holder: str) -> None:
        """Say for whom."""
        self._write(_waiting(holder))

    def end(self) -> None:
        """Write the last line."""
        self._write(f"fetched {self._done_files} of {self._files} sources")


def _waiting(holder: str) -> str:
    return f"waiting for another wasmwright that is fetching (process {holder})"


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"
