"""The table of what compilers pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wasmwright.comparison.__main__ import compare, main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_programs_and_counts():
    table = compare({"one": {"b": "passed", "a": "link"}, "other": {"b": "output", "c": "passed"}})
    assert table.splitlines() == [
        "| program | one | other |",
        "| --- | --- | --- |",
        "| all 3 | 1 pass | 1 pass |",
        "| a | not linked | - |",
        "| b | yes | wrong output |",
        "| c | - | yes |",
    ]


def test_command_reads_outcomes(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "outcomes.json"
    path.write_text(json.dumps({"a": "passed"}))
    main([f"LFortran, C={path}"])
    assert capsys.readouterr().out.splitlines()[-1] == "| a | yes |"
