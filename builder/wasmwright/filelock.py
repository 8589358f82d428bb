"""One process at a time: locks that the kernel takes back when their holder dies."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def holding(path: Path, *, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock `path`; before waiting for it, `waiting` is called with the process id of its holder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not truncated on opening: the holder's process id stands in it.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting(os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        # On a full disk the lock is held all the same; what is written next tells where there is no space.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
