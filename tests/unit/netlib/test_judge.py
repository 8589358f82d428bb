"""Judging test programs against their known failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.netlib.__main__ import main
from wasmwright.netlib.judge import judge, render
from wasmwright.netlib.output import Result

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GOOD = Result(name="sgg", tests=10, exits=1, ended=True)
BAD = Result(name="sed", tests=8, missed=2, troubles=("SEV: 2 out of 8",), ended=True)


def test_all_is_well():
    verdict = judge([GOOD], {})
    assert verdict.ok
    assert render([GOOD], verdict).splitlines()[-1].split() == ["sgg", "10", "10", "0", "1", "0"]


def test_unknown_troubles_are_unexpected():
    verdict = judge([GOOD, BAD], {})
    assert not verdict.ok
    assert dict(verdict.unexpected) == {"sed": ("SEV: 2 out of 8",)}
    assert "    SEV: 2 out of 8" in render([GOOD, BAD], verdict).splitlines()


def test_known_troubles_are_counted():
    verdict = judge([GOOD, BAD], {"sed": {"SEV: 2 out of 8": "why"}})
    assert verdict.ok
    assert render([GOOD, BAD], verdict).splitlines()[-1].split() == ["all", "18", "16", "2", "1", "1"]


def test_known_troubles_that_did_not_happen_are_errors():
    verdict = judge([GOOD], {"sgg": {"SGG: 1 out of 10": "why"}, "lost": {"x": "why"}})
    assert not verdict.ok
    assert verdict.recovered == ["sgg: SGG: 1 out of 10", "lost: x"]


def test_programs_that_say_little_are_unexpected():
    silent, stopped = Result(name="a", ended=True), Result(name="b", tests=1)
    assert dict(judge([silent, stopped], {}).unexpected) == {
        "a": ("no test was run",),
        "b": ("the program stopped before its end",),
    }


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    output = tmp_path / "sed.out"
    output.write_text(" SEV:    2 out of    8 tests failed to pass the threshold\n End of tests\n")
    known = tmp_path / "known.toml"
    known.write_text('[sed]\n"SEV: 2 out of 8 tests failed to pass the threshold" = "why"\n')
    assert main([str(output)]) == 1
    assert "SEV" in capsys.readouterr().out
    assert main([str(output), "--known", str(known), "--json", str(tmp_path / "results.json")]) == 0
    assert '"missed": 2' in (tmp_path / "results.json").read_text()
