"""Threads that an interruption does not wait for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def interruptible_pool(threads: int) -> Iterator[ThreadPoolExecutor]:
    """A pool whose work is waited for, but not by whoever pressed Ctrl-C: a mirror may be silent, a program run long.

    After an error, what has not begun is left.
    """
    pool = ThreadPoolExecutor(threads)
    try:
        yield pool
        pool.shutdown()
    except BaseException as error:
        pool.shutdown(wait=not isinstance(error, KeyboardInterrupt), cancel_futures=True)
        raise
