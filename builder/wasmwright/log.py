"""What is told while work goes on: steps and their times. Knows terminals; nothing else does."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.plaintext import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MINUTE = 60
_HOUR = 60 * _MINUTE
_SHORT = 10


def is_terminal() -> bool:
    """Whether a person watches standard error."""
    return sys.stderr.isatty()


def say(text: str) -> None:
    """Tell something to whoever watches, if that can be; results go to standard output instead."""
    with telling():
        # In one piece, as several threads may speak at once.
        sys.stderr.write(f"{visible(text)}\n")
        sys.stderr.flush()


@contextmanager
def telling() -> Iterator[None]:
    """Go on where something cannot be told, as on a full disk. Raises BrokenPipeError: who reads has had enough."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError:
        pass


def duration(seconds: float) -> str:
    """A time span as people say it."""
    if seconds < _SHORT:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"


def size(count: int) -> str:
    """A number of bytes as people say it."""
    amount = float(count)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:  # noqa: PLR2004 - a thousand is a thousand
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


@dataclass(kw_only=True)
class Stages:
    """How long each part of a command took, in seconds by name; `parts` are those within a stage."""

    clock: Callable[[], float] = time.monotonic
    seconds: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done inside; several times under one name add up."""
        begin = self.clock()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + self.clock() - begin

    def summary(self) -> str:
        """All stages in one line."""
        return ", ".join(f"{name} {duration(seconds)}" for name, seconds in self.seconds.items())
