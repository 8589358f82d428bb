"""What runs on both sides, with a library that only notes how it is called."""

from __future__ import annotations

import ctypes
import json
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from wasmwright import bench

if TYPE_CHECKING:
    from collections.abc import Callable

GUEST = Path(bench.__file__).with_name("guest")
OURS, NATIVE = "openblas.libs/libopenblas.so", "numpy.libs/libscipy_openblas64_-1a.so"


class Noting:
    """Stands for a loaded library: every name is a function, whose calls are kept."""

    def __init__(self, _path: str) -> None:
        self.calls: list[tuple[str, tuple[object, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        def function(*arguments: object) -> None:
            self.calls.append((name, arguments))

        return function


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.syspath_prepend(str(GUEST))
    monkeypatch.setattr(ctypes, "CDLL", Noting)
    return SimpleNamespace(**runpy.run_path(str(GUEST / f"{name}.py")))


def install(file: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / file).parent.mkdir()
    (folder / file).touch()
    monkeypatch.syspath_prepend(str(folder))


def test_our_library_takes_32_bit_integers_and_no_lengths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    blas = load("blas", monkeypatch)
    install(OURS, tmp_path, monkeypatch)
    library = blas.Library()
    letter, number, array = library.call("dpotrf", "L", 7, blas.room("d", 3))()
    assert (letter.value, number.value, type(number), len(array)) == (b"L", 7, ctypes.c_int32, 3)
    ((name, arguments),) = library.handle.calls
    assert (name, len(arguments)) == ("dpotrf_", 3)


def test_the_native_one_takes_64_bit_integers_and_lengths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    blas = load("blas", monkeypatch)
    install(NATIVE, tmp_path, monkeypatch)
    library = blas.Library()
    _letter, number = library.call("dsyevd", "V", 7)()
    assert type(number) is ctypes.c_int64
    ((name, arguments),) = library.handle.calls
    assert name == "scipy_dsyevd_64_"
    assert [length.value for length in arguments[2:]] == [1]


def test_a_factorisation_gets_its_matrix_anew_and_may_not_fail(monkeypatch: pytest.MonkeyPatch):
    blas = load("blas", monkeypatch)
    source, work, info = blas.scalar("d", 3), blas.room("d", 1), ctypes.c_int32(0)
    action = blas.restored(source, work, lambda: [work, info])
    action()
    assert work[0] == 3
    info.value = 1
    with pytest.raises(ArithmeticError):
        action()


def test_only_chosen_cases_are_measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    timing = load("timing", monkeypatch)
    timing.measure([[("dgemm 2", int, 16), ("eig 2", int, None)]], 1, ("eig",))
    (line,) = capsys.readouterr().out.splitlines()
    measured = json.loads(line)
    assert measured.pop("seconds") > 0
    assert measured == {"case": "eig 2", "flops": None}


def test_each_call_gets_the_next_arguments(monkeypatch: pytest.MonkeyPatch):
    timing = load("timing", monkeypatch)
    # Each call takes a tenth of a batch, and the first two are slow.
    namespace, called = timing.shortest.__globals__, list[int]()

    def clock() -> float:
        return sum(1 if number < 2 else namespace["BATCH"] / 10 for number in range(len(called)))

    monkeypatch.setitem(namespace, "time", SimpleNamespace(perf_counter=clock))
    assert timing.shortest(called.append, [(1,), (2,), (3,)], 2) == pytest.approx(namespace["BATCH"] / 10)
    assert called[:7] == [1, 2, 3, 1, 2, 3, 1]
    assert called == [1 + index % 3 for index in range(len(called))]


def test_what_takes_long_is_measured_in_cpu_time_where_that_is_wanted(monkeypatch: pytest.MonkeyPatch):
    timing = load("timing", monkeypatch)
    namespace, called = timing.shortest.__globals__, list[int]()
    monkeypatch.setitem(namespace, "time", SimpleNamespace(perf_counter=lambda: 0.5 * len(called)))
    monkeypatch.setitem(namespace, "CLOCK", lambda: 0.004 * len(called))
    assert timing.shortest(called.append, [(1,)], 2) == pytest.approx(0.004)


def test_runs_too_short_for_the_clock_are_made_in_a_row(monkeypatch: pytest.MonkeyPatch):
    timing = load("timing", monkeypatch)
    runs: list[None] = []
    namespace = timing.best.__globals__
    # A clock of steps of a second, of which each run takes an eighth.
    monkeypatch.setitem(namespace, "CLOCK", lambda: len(runs) // 8)
    monkeypatch.setitem(namespace, "SHORTEST", 2)
    assert timing.best(lambda: runs.append(None), 1) == pytest.approx(1 / 8, rel=0.5)
    assert len(runs) > 16
