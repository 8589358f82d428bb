from __future__ import annotations

import errno
import sys
from contextlib import suppress
from io import StringIO

import pytest

from wasmwright.log import Stages, duration, say, size


def test_a_line_is_written_in_one_piece(monkeypatch: pytest.MonkeyPatch):
    pieces: list[str] = []

    class Recorder(StringIO):
        def write(self, text: str) -> int:
            pieces.append(text)
            return len(text)

    monkeypatch.setattr(sys, "stderr", Recorder())
    say("testing fft")
    assert pieces == ["testing fft\n"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (10, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (125, "2 min 05 s"),
        (3900, "1 h 05 min"),
    ],
)
def test_duration_reads_well(seconds: float, text: str):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (5_100_000, "5.1 MB"), (2_500_000_000, "2.5 GB")]
)
def test_size_reads_well(count: int, text: str):
    assert size(count) == text


def test_stages_add_up_and_survive_errors():
    times = iter([0.0, 2.0, 10.0, 11.5])
    stages = Stages(clock=lambda: next(times))
    with stages.stage("build"):
        pass
    with suppress(ValueError), stages.stage("build"):
        int("no number")
    assert stages.seconds == {"build": 3.5}
    assert stages.summary() == "build 3.5 s"


def test_work_goes_on_where_it_cannot_be_told(monkeypatch: pytest.MonkeyPatch):
    lost: list[int] = []

    class Lost(StringIO):
        def write(self, text: str) -> int:
            raise OSError(lost[-1], text)

    monkeypatch.setattr(sys, "stderr", Lost())
    for number in (errno.ENOSPC, errno.EIO):
        lost.append(number)
        say("testing fft")
    lost.append(errno.EPIPE)
    with pytest.raises(BrokenPipeError):
        say("testing fft")
