"""What is made of the guest's lines; tests/integration/test_runtime.py has the guest itself."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.runtime import imports
from wasmwright.runtime.__main__ import main
from wasmwright.runtime.errors import RuntimeCrashed, TestsFailed
from wasmwright.runtime.imports import Imported, check_imports
from wasmwright.runtime.node import Finished, Runtime

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNTIME = Runtime(folder=Path("/runtime"), node=Path("/node"))


def answer(
    monkeypatch: pytest.MonkeyPatch,
    *results: tuple[str, str | None],
    exit_code: int = 0,
    crash: RuntimeCrashed | None = None,
) -> None:
    def attempt(_: Runtime, python: Sequence[str]) -> Finished:
        lines = [json.dumps({"module": name, "milliseconds": 5, "error": error}) for name, error in results]
        stdout = "noise" + "".join(f"\n{python[2]} {line}\n" for line in lines)
        return Finished(exit_code=exit_code, stdout=stdout, stderr="", seconds=1, crash=crash)

    monkeypatch.setattr(imports, "attempt", attempt)


def test_modules_and_their_times(monkeypatch: pytest.MonkeyPatch):
    answer(monkeypatch, ("a", None))
    assert check_imports(RUNTIME, ["a"]) == [Imported(module="a", milliseconds=5)]


def test_all_failures_are_told(monkeypatch: pytest.MonkeyPatch):
    answer(monkeypatch, ("a", "Traceback\nImportError: x"), ("b", None), ("c", "KeyError: y"))
    with pytest.raises(TestsFailed, match="cannot import a, c") as caught:
        check_imports(RUNTIME, ["a", "b", "c"])
    assert "ImportError: x" in (caught.value.excerpt or "")


def wheel(folder: Path, name: str, *requires: str) -> Path:
    path = folder / f"{name}-1-py3-none-any.whl"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1", *(f"Requires-Dist: {text}" for text in requires)]
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr(f"{name}-1.dist-info/METADATA", "\n".join(lines) + "\n\nRequires-Dist: text\n")
    return path


def test_what_the_wheels_require_and_are_not_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    answer(monkeypatch, ("a", "ModuleNotFoundError: No module named 'that'"))
    optional = ("other; sys_platform == 'win32'", "more ; extra == 'more'")
    wheels = (wheel(tmp_path, "a", "B_b>=1", "Not.There[x]>=2", *optional), wheel(tmp_path, "b.b"))
    with pytest.raises(TestsFailed) as caught:
        check_imports(replace(RUNTIME, wheels=wheels), ["a"])
    hint = "a requires Not.There, which is not installed here: name it under `run` of [dependencies]"
    assert caught.value.hint == hint


def test_a_failure_with_all_that_is_required_has_another_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    answer(monkeypatch, ("a", "ImportError: x"))
    with pytest.raises(TestsFailed) as caught:
        check_imports(replace(RUNTIME, wheels=(wheel(tmp_path, "a"),)), ["a"])
    assert caught.value.hint is None


@pytest.mark.parametrize("code", [0, 3])
def test_a_module_that_did_not_report_failed(monkeypatch: pytest.MonkeyPatch, code: int):
    answer(monkeypatch, ("a", None), exit_code=code)
    with pytest.raises(TestsFailed, match=f"exit code {code}, while importing b; not tried: c"):
        check_imports(RUNTIME, ["a", "b", "c"])


def test_an_exit_code_after_the_last_module_is_a_failure(monkeypatch: pytest.MonkeyPatch):
    answer(monkeypatch, ("a", None), exit_code=1)
    with pytest.raises(TestsFailed, match="all was imported, but then the interpreter ended with exit code 1"):
        check_imports(RUNTIME, ["a"])


def test_a_dead_runtime_is_told_with_the_module(monkeypatch: pytest.MonkeyPatch):
    answer(monkeypatch, ("a", None), exit_code=70, crash=RuntimeCrashed("died", excerpt="runtime: unreachable"))
    with pytest.raises(RuntimeCrashed, match="while importing b") as caught:
        check_imports(RUNTIME, ["a", "b"])
    assert caught.value.excerpt == "runtime: unreachable"


def test_nothing_to_import_is_told(capsys: pytest.CaptureFixture[str]):
    assert main(["imports", "--runtime", "/runtime", "--node", "/node"]) == TestsFailed.exit_code
    assert "nothing would be tested\n  hint: name the package's modules" in capsys.readouterr().err
