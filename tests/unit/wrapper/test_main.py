from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.wrapper.__main__ import main, real_command
from wasmwright.wrapper.rewrite import CASTS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_real_tool_and_its_arguments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("WASMWRIGHT_EMSCRIPTEN", "/real")
    monkeypatch.setenv("WASMWRIGHT_ABI_FLAGS", "-fPIC")
    monkeypatch.setenv("WASMWRIGHT_CFLAGS", "-DX")
    response = tmp_path / "a.rsp"
    response.write_text("-c a.c")
    assert real_command("emcc", [f"@{response}"])[:2] == ["/real/emcc", "-fPIC"]
    assert real_command("emcc", [f"@{response}"])[-4:] == ["-c", "a.c", CASTS, "-DX"]


def test_missing_setting_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.delenv("WASMWRIGHT_EMSCRIPTEN", raising=False)
    assert main("emcc") == 19
    assert capsys.readouterr().err.startswith("emcc: WASMWRIGHT_EMSCRIPTEN does not say")
