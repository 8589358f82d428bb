from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.fortran import driver
from wasmwright.fortran.__main__ import main
from wasmwright.spawn import Ended

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Answer = Callable[[list[str]], tuple[int, str]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for name in ("FLANG", "CLANG"):
        monkeypatch.setenv(f"WASMWRIGHT_{name}", name.lower())
    monkeypatch.setenv("WASMWRIGHT_CLANG_FLAGS", "-target wasm32")
    monkeypatch.setenv("WASMWRIGHT_CFLAGS", "-msimd128 -Iheaders")
    return []


def _answers(monkeypatch: pytest.MonkeyPatch, started: list[list[str]], answer: Answer) -> None:
    def run(command: Sequence[str], **_options: object) -> Ended:
        started.append(list(command))
        code, stderr = answer(list(command))
        return Ended(returncode=code, stdout="", stderr=stderr)

    def attach(command: Sequence[str], **_options: object) -> int:
        started.append(list(command))
        return 0

    monkeypatch.setattr(driver.spawn, "run", run)
    monkeypatch.setattr(driver.spawn, "attach", attach)


def _writes(command: list[str]) -> tuple[int, str]:
    ir = 'target triple = "i686-unknown-nacl"\n\ndefine void @f_() {\n  ret void\n}\n'
    Path(command[command.index("-o") + 1]).write_text(ir, encoding="utf-8")
    return 0, "BISECT: NOT running pass (1)\n"


def test_source_becomes_an_object_by_flang_and_clang(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], tmp_path: Path
):
    _answers(monkeypatch, started, _writes)
    assert main(["-O2", "-c", "f.f90", "-Jmods", "-MD", "-MF", "f.d"]) == 0
    flang, clang = started
    assert flang[:2] == ["flang", "-fc1"]
    assert flang[flang.index("-module-dir") + 1] == "mods"
    assert clang[:3] == ["clang", "-target", "wasm32"]
    assert "-msimd128" in clang
    assert "-Iheaders" not in clang
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.d", "f.o", "mods"]
    assert (tmp_path / "f.d").read_text() == "f.o: f.f90\n"


def test_recipe_overrides_a_project(monkeypatch: pytest.MonkeyPatch, started: list[list[str]]):
    _answers(monkeypatch, started, _writes)
    monkeypatch.setenv("WASMWRIGHT_CFLAGS", "-mno-simd128")
    assert main(["-O2", "-msimd128", "-c", "f.f90"]) == 0
    clang = started[-1]
    assert clang.index("-msimd128") < clang.index("-mno-simd128")


def test_linking_goes_to_emcc_with_the_runtime(monkeypatch: pytest.MonkeyPatch, started: list[list[str]]):
    _answers(monkeypatch, started, _writes)
    monkeypatch.setenv("WASMWRIGHT_FORTRAN_RUNTIME", "/lib/libFortranRuntime.a")
    assert main(["f.f90", "g.o", "-lm", "-o", "f.js"]) == 0
    link = started[-1]
    assert link[0] == "emcc"
    assert link[-2:] == ["-o", "f.js"]
    assert link.index("g.o") < link.index("-lm") < link.index("/lib/libFortranRuntime.a")


def test_errors_in_a_source_are_shown_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    _answers(monkeypatch, started, lambda _: (1, "BISECT: x\nf.f90:3:2: error: odd\n"))
    assert main(["-c", "f.f90"]) == 1
    assert capsys.readouterr().err == "f.f90:3:2: error: odd\n"
    assert list(tmp_path.iterdir()) == []


def test_failing_clang_leaves_no_object(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    _answers(monkeypatch, started, lambda command: _writes(command) if command[0] == "flang" else (1, "odd IR"))
    assert main(["-c", "f.f90"]) == 1
    assert "f.f90: clang cannot compile what flang made of it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_compiler_without_its_parts_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.delenv("WASMWRIGHT_FLANG", raising=False)
    assert main(["-c", "f.f90"]) == 1
    assert "WASMWRIGHT_FLANG does not say" in capsys.readouterr().err


def test_questions_are_answered(started: list[list[str]], capsys: pytest.CaptureFixture[str]):
    assert main(["--version"]) == 0
    assert "flang-new version" in capsys.readouterr().out
    assert started == []


@pytest.mark.parametrize("words", [["-o", "nowhere/f.o"], ["-J", "file/mods"]])
def test_folder_that_cannot_be_written_to_is_named(
    monkeypatch: pytest.MonkeyPatch,
    started: list[list[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
):
    _answers(monkeypatch, started, _writes)
    (tmp_path / "file").touch()
    assert main(["-c", "f.f90", *words]) == 1
    assert capsys.readouterr().err.startswith(f"wasm-flang: error: {words[1].rpartition('/')[0]}")
    assert started == []
