from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from runtime_writer import write_runtime
from wasm_writer import Writer
from wheel_writer import write_wheel

from wasmwright.cli import audit, main

if TYPE_CHECKING:
    from pathlib import Path

X = "demo/x.cpython-315-wasm32-emscripten.so"


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    return write_runtime(tmp_path / "runtime")


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["audit", *map(str, arguments)])
    assert isinstance(caught.value.code, int)
    return caught.value.code


def wheel(folder: Path, *imports: str) -> Path:
    module = Writer()
    for name in imports:
        module.function(name)
    return write_wheel(folder, {X: module.define("PyInit_x").build()})


def test_good_wheel(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = wheel(tmp_path)
    assert run(path, "--runtime", runtime) == 0
    assert capsys.readouterr().out == f"{path.name}: ok\n"


def test_findings_end_with_40(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    path = wheel(tmp_path, "dgemm_")
    assert run(path, "--runtime", runtime) == 40
    captured = capsys.readouterr()
    assert f"WW301 {X} imports dgemm_ as ()->(), which nothing exports" in captured.out
    assert f"error: 1 of 1 do not keep the ABI: {path.name}" in captured.err


def test_json_stands_alone_on_standard_output(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    assert run(wheel(tmp_path, "f"), "--runtime", runtime, "--json") == 40
    document = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in document["reports"][0]["findings"]] == ["WW301"]


def test_platform_tag_and_library_are_passed_on(tmp_path: Path, runtime: Path):
    library = tmp_path / "libf.so"
    library.write_bytes(Writer().define("f").build())
    path = wheel(tmp_path, "f")
    assert run(path, "--runtime", runtime, "--library", library) == 0
    assert run(path, "--runtime", runtime, "--library", library, "--platform-tag", "other") == 40


def test_folder_is_a_library(tmp_path: Path, runtime: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "out").mkdir()
    assert run(tmp_path / "out", "--runtime", runtime) == 0
    assert capsys.readouterr().out == "out: ok\n"


def test_runtime_is_built_only_when_none_is_given(tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(audit, "_pinned_runtime", lambda: runtime)
    assert run(wheel(tmp_path)) == 0


def test_table_on_a_terminal(
    tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(audit, "Console", lambda: Console(force_terminal=True, width=200, no_color=True))
    assert run(wheel(tmp_path, "dgemm_"), "--runtime", runtime) == 40
    shown = capsys.readouterr().out
    assert "WW301" in shown
    assert "imports dgemm_ as ()->(), which nothing exports" in shown
    assert shown.count("hint:") == 1


def test_missing_file_is_a_usage_error(tmp_path: Path):
    assert run(tmp_path / "no.whl") == 2
