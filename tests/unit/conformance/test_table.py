from __future__ import annotations

from pathlib import Path

from wasmwright.conformance.case import Case
from wasmwright.conformance.run import RunOutcome
from wasmwright.conformance.table import judge_all, render


def outcome(name: str, failed: str = "", detail: str = "") -> RunOutcome:
    case = Case(name=name, covers="", fortran=(), c=None, expected=Path(f"{name}.expected"))
    return RunOutcome(case=case, seconds=1.25, failed=failed, detail=detail)


def test_all_passed():
    verdict = judge_all([outcome("a"), outcome("b")], {}, whole=True)
    assert verdict.ok
    assert verdict.passed == ("a", "b")


def test_a_failure_is_told_with_its_details():
    outcomes = [outcome("a"), outcome("long_name", "output", "-x\n+y")]
    verdict = judge_all(outcomes, {}, whole=True)
    assert not verdict.ok
    assert render(outcomes, verdict, {}).splitlines() == [
        "a          passed                    1.2 s",
        "long_name  FAILED: output            1.2 s",
        "",
        "long_name: output",
        "    -x",
        "    +y",
        "",
        "2 programs: 1 passed, 1 failed, 0 known failures",
    ]


def test_a_known_failure_is_no_failure():
    outcomes = [outcome("a", "link", "much")]
    verdict = judge_all(outcomes, {"a": "reason"}, whole=True)
    assert verdict.ok
    text = render(outcomes, verdict, {"a": "reason"})
    assert "known: link" in text
    assert "much" not in text


def test_a_known_failure_that_passes_is_an_error():
    outcomes = [outcome("a")]
    verdict = judge_all(outcomes, {"a": "reason"}, whole=True)
    assert not verdict.ok
    assert "a is listed as a known failure, and passes: take it off the list" in render(outcomes, verdict, {"a": "x"})


def test_a_known_failure_that_does_not_exist_is_an_error_of_whole_runs():
    assert not judge_all([outcome("a")], {"b": "reason"}, whole=True).ok
    assert judge_all([outcome("a")], {"b": "reason"}, whole=False).ok
