from __future__ import annotations

import json
from pathlib import Path

import pytest

from wasmwright.runtime import imports
from wasmwright.runtime.errors import RuntimeCrashed, TestsFailed
from wasmwright.runtime.imports import Imported, check_imports
from wasmwright.runtime.node import Finished, Runtime

RUNTIME = Runtime(folder=Path("/runtime"), node=Path("/node"))


def answer(monkeypatch: pytest.MonkeyPatch, *results: tuple[str, str | None]) -> None:
    lines = [json.dumps({"module": name, "milliseconds": 5, "error": error}) for name, error in results]
    finished = Finished(exit_code=0, stdout="noise\n" + "\n".join(lines), stderr="", seconds=1)
    monkeypatch.setattr(imports, "execute", lambda *_: finished)


def test_modules_and_their_times(monkeypatch: pytest.MonkeyPatch):
    answer(monkeypatch, ("a", None))
    assert check_imports(RUNTIME, ["a"]) == [Imported(module="a", milliseconds=5)]


def test_all_failures_are_told(monkeypatch: pytest.MonkeyPatch):
    answer(monkeypatch, ("a", "Traceback\nImportError: x"), ("b", None), ("c", "KeyError: y"))
    with pytest.raises(TestsFailed, match="cannot import a, c") as caught:
        check_imports(RUNTIME, ["a", "b", "c"])
    assert "ImportError: x" in (caught.value.excerpt or "")


def test_a_dead_runtime_is_told_with_the_modules(monkeypatch: pytest.MonkeyPatch):
    def die(*_: object) -> Finished:
        message = "died"
        raise RuntimeCrashed(message, excerpt="runtime: unreachable")

    monkeypatch.setattr(imports, "execute", die)
    with pytest.raises(RuntimeCrashed, match="while importing a, b"):
        check_imports(RUNTIME, ["a", "b"])
