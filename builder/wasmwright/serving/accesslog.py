"""A line for each request, in the format that all servers' logs have ("common log format"), and what else is told."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

from wasmwright.plaintext import shortened, visible_line

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_CHARACTERS = 1000
_RED, _YELLOW, _CYAN, _GREEN = 31, 33, 36, 32
# By the first digit of the status.
_COLOURS = {2: _GREEN, 3: _CYAN, 4: _YELLOW, 5: _RED}


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class AccessLog:
    """Writes to `stream`, from several threads. What cannot be written is not told: the server goes on."""

    stream: TextIO
    coloured: bool
    clock: Callable[[], datetime] = _now
    _writing: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def answered(self, *, client: str, request: str, status: int, size: int | None) -> None:
        """Tell of a request, by its first line, and of the answer, whose body was to have `size` bytes."""
        line = shortened(visible_line(request.replace("\\", "\\\\").replace('"', '\\"')), _MOST_CHARACTERS)
        code = str(status)
        if self.coloured and (colour := _COLOURS.get(status // 100)):
            code = f"\x1b[{colour}m{code}\x1b[0m"
        time = f"{self.clock():%d/%b/%Y:%H:%M:%S %z}"
        self._write(f'{visible_line(client)} - - [{time}] "{line}" {code} {"-" if size is None else size}')

    def told(self, text: str) -> None:
        """Something else, in one line."""
        self._write(visible_line(text))

    def end(self) -> None:
        """Write nothing any more: a thread that holds the stream while Python ends would break that."""
        self._writing.acquire()

    def _write(self, line: str) -> None:
        with self._writing, contextlib.suppress(OSError, ValueError):
            self.stream.write(f"{line}\n")
            self.stream.flush()
