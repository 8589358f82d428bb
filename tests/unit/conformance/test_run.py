from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.conformance.case import Case
from wasmwright.conformance.compiler import NATIVE
from wasmwright.conformance.run import judge, run_case
from wasmwright.spawn import Ended

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def done(returncode: int = 0, stdout: str = "", stderr: str = "") -> Ended:
    return Ended(returncode=returncode, stdout=stdout, stderr=stderr)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    expected = tmp_path / "p.expected"
    expected.write_text("one\ntwo\n")
    return Case(
        name="p", covers="", fortran=(tmp_path / "p.f90",), c=None, expected=expected, stderr="told", stdin="in\n"
    )


@pytest.mark.parametrize(
    ("ended", "failed", "detail"),
    [
        (done(0, "one\ntwo\n", "I told you"), "", ""),
        (done(2, "one\ntwo\n", "told"), "status", "exit status 2 instead of 0"),
        (done(0, "one\nthree\n", "told"), "output", "-two\n+three"),
        (done(0, "one\ntwo\n", "silence"), "stderr", "`told` is not in\nsilence"),
    ],
)
def test_judging(case: Case, ended: Ended, failed: str, detail: str):
    got, details = judge(case, ended)
    assert got == failed
    assert detail in details


def test_judging_without_an_expected_output(case: Case):
    case.expected.unlink()
    assert judge(case, done(0, "", "told")) == ("output", "there is no p.expected")


def test_a_failed_step_ends_it(case: Case, tmp_path: Path):
    ran: list[Sequence[object]] = []

    def start(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True) -> Ended:
        del env, cwd, check
        ran.append(command)
        return done(1, "", "p.f90:1: error")

    outcome = run_case(case, NATIVE, start=start, env={}, folder=tmp_path)
    assert (outcome.failed, outcome.detail, outcome.stdout) == ("compile", "p.f90:1: error", None)
    assert len(ran) == 1


def test_a_program_gets_its_input(case: Case, tmp_path: Path):
    def start(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True) -> Ended:
        del env, check
        return done(0, "one\ntwo\n", (cwd / "stdin").read_text() + "told") if command[0] == "sh" else done()

    outcome = run_case(case, NATIVE, start=start, env={}, folder=tmp_path)
    assert (outcome.failed, outcome.stdout) == ("", "one\ntwo\n")
    assert (tmp_path / "stdin").read_text() == "in\n"
