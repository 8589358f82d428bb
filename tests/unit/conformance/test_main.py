from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.conformance.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "one.f90").write_text("! Covers: x\n")
    (tmp_path / "one.expected").write_text("1\n")
    return tmp_path


def test_unknown_programs_are_named(suite: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["native", str(suite), "two"]) == 69
    assert capsys.readouterr().err == "conformance: no program is called two\n"


def test_known_failures_need_a_reason(suite: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wasmwright.conformance.__main__._outcomes", lambda *_, **__: [])
    (suite / "known_failures.toml").write_text('[native]\none = ""\n')
    assert main(["native", str(suite)]) == 69
    assert "no reason is given for one" in capsys.readouterr().err
