from __future__ import annotations

import errno
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from wasmwright.filelock import holding

if TYPE_CHECKING:
    from pathlib import Path


def test_second_waits_for_the_first_and_names_it(tmp_path: Path):
    order: list[str] = []
    told = threading.Event()

    def waiting(pid: str) -> None:
        order.append(f"waits for {pid}")
        told.set()

    def second() -> None:
        with holding(tmp_path / "lock", waiting=waiting):
            order.append("second")

    thread = threading.Thread(target=second)
    with holding(tmp_path / "lock", waiting=lambda _: order.append("never")):
        thread.start()
        assert told.wait(10)
        order.append("first ends")
    thread.join(10)
    assert order == [f"waits for {os.getpid()}", "first ends", "second"]


def test_lock_is_free_after_an_error(tmp_path: Path):
    for _ in range(2):
        with suppress(ValueError), holding(tmp_path / "deep" / "lock", waiting=pytest.fail):
            int("no number")


def test_lock_is_held_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with holding(tmp_path / "lock", waiting=pytest.fail):
        pass
