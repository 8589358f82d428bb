from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_toml, try_cases

from wasmwright.runtime.errors import InvalidKnownFailures
from wasmwright.runtime.known import KnownFailure, judge, load_known
from wasmwright.runtime.suite import PartResult, TestOutcome

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = (KnownFailure(test="x/test_a.py::test_*", reason="no threads"),)


def load(path: Path, profile: str = "new_2") -> tuple[KnownFailure, ...]:
    return load_known(path, profile=profile, profiles=("old_1", "new_2"))


def result(**tests: str) -> list[PartResult]:
    outcomes = {
        f"x/test_a.py::test_{name}" if name != "other" else "x/test_b.py::test_other": TestOutcome(
            outcome=outcome, line="why"
        )
        for name, outcome in tests.items()
    }
    return [PartResult(name="core", tests=outcomes, seconds=1)]


def test_listed_failures_are_expected():
    verdict = judge(result(one="failed", two="crashed"), KNOWN, whole=True)
    assert verdict.ok
    assert verdict.known == {"core": 2}


def test_other_failures_are_not():
    verdict = judge(result(other="failed"), KNOWN, whole=False)
    assert verdict.unexpected == {"x/test_b.py::test_other": "failed: why"}
    assert not verdict.ok


def test_a_listed_test_that_passes_is_an_error():
    verdict = judge(result(one="passed"), KNOWN, whole=True)
    assert verdict.recovered == ("x/test_a.py::test_one",)
    assert not verdict.ok


def test_a_flaky_one_may_pass():
    flaky = (KnownFailure(test="x/*", reason="clock", flaky=True),)
    assert judge(result(one="passed"), flaky, whole=True).ok


def test_skipped_listed_tests_do_no_harm():
    assert judge(result(one="skipped"), KNOWN, whole=True).ok


def test_globs_without_a_test_are_told_of_whole_runs_only():
    assert judge(result(other="passed"), KNOWN, whole=True).unmatched == ("x/test_a.py::test_*",)
    assert judge(result(other="passed"), KNOWN, whole=False).unmatched == ()


def test_a_part_that_could_not_run_is_an_error():
    assert not judge([PartResult(name="core", tests={}, seconds=1, error="died")], (), whole=True).ok


def test_brackets_of_parameters_stand_for_themselves():
    assert KnownFailure(test="t.py::test_x[a-1]", reason="r").matches("t.py::test_x[a-1]")
    assert not KnownFailure(test="t.py::test_x[a-1]", reason="r").matches("t.py::test_xa")


def test_the_file_is_read(tmp_path: Path):
    path = tmp_path / "known_failures.toml"
    path.write_text('[[failure]]\ntest = "a"\nreason = "b"\nupstream = "c"\n')
    assert load(path) == (KnownFailure(test="a", reason="b", upstream="c"),)
    assert load(tmp_path / "none.toml") == ()


def test_an_entry_may_be_for_some_profiles(tmp_path: Path):
    path = tmp_path / "known_failures.toml"
    path.write_text(
        '[[failure]]\ntest = "a"\nreason = "b"\n'
        '[[failure]]\ntest = "old"\nreason = "b"\nprofiles = ["old_1"]\n'
        '[[failure]]\ntest = "both"\nreason = "b"\nprofiles = ["old_1", "new_2"]\n'
    )
    assert [failure.test for failure in load(path)] == ["a", "both"]
    assert [failure.test for failure in load(path, "old_1")] == ["a", "old", "both"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[failure]]\ntest = "a"\n', "failure 1: `reason` is missing or empty"),
        ('[[failure]]\ntest = "a"\nreason = ""\n', "`reason` is missing or empty"),
        ('[[failure]]\ntest = "a"\nreasom = "b"\n', "unknown key `reasom` (nearest: `reason`)"),
        ('[[failures]]\ntest = "a"\n', "unknown table `failures` (nearest: `failure`)"),
        ('failure = "a"\n', "is not a list"),
        ('[[failure]]\ntest = "a"\nreason = "b"\nprofiles = ["old_2"]\n', "unknown profile `old_2` (nearest: `old_1`)"),
        ('[[failure]]\ntest = "a"\nreason = "b"\nprofiles = "old_1"\n', "`profiles` is not a list of profiles"),
        ('[[failure]]\ntest = "a"\nreason = "b"\nprofiles = []\n', "`profiles` is not a list of profiles"),
        ('[[failure]]\ntest = "a"\nreason = "b"\nflaky = 1\n', "`flaky` is not true or false"),
        ('[[failure]]\ntest = 1\nreason = "b"\n', "`test` is not text"),
        ("[[failure\n", "known_failures.toml"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, text: str, told: str):
    path = tmp_path / "known_failures.toml"
    path.write_text(text)
    with pytest.raises(InvalidKnownFailures) as caught:
        load(path)
    assert told in str(caught.value)


LISTED = """[[failure]]
test = "x/test_a.py::test_*"
reason = "no threads"
upstream = "a link"

[[failure]]
test = "x/test_b.py::test_other[1]"
reason = "clock"
flaky = true
profiles = ["old_1"]
"""


@few_or_many
def test_lists_with_mistakes(cases: Cases, tmp_path: Path):
    path = tmp_path / "known_failures.toml"

    def read(text: str) -> None:
        path.write_bytes(text.encode(errors="replace"))
        judge(result(one="failed", other="passed"), load(path), whole=True)

    try_cases(read, lambda rng: mutated_toml(rng, [LISTED]), cases)
