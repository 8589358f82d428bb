from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.runtime import suite
from wasmwright.runtime.errors import RuntimeCrashed
from wasmwright.runtime.node import Finished, Runtime
from wasmwright.runtime.suite import Part, TestOutcome, pytest_command, read_outcomes, run_part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RUNTIME = Runtime(folder=Path("/runtime"), node=Path("/node"))
PART = Part(name="core", args=("--pyargs", "thing"))


def begin(test: str) -> str:
    return json.dumps({"event": "begin", "test": test})


def end(test: str, outcome: str, line: str = "") -> str:
    return json.dumps({"event": "end", "test": test, "outcome": outcome, "line": line})


def test_the_worst_outcome_of_a_test_counts():
    lines = [begin("a"), end("a", "passed"), end("a", "failed", "in tear-down"), begin("b"), end("b", "skipped")]
    assert read_outcomes(lines) == (
        {"a": TestOutcome(outcome="failed", line="in tear-down"), "b": TestOutcome(outcome="skipped")},
        None,
    )


def test_a_test_that_began_and_did_not_end_is_told():
    assert read_outcomes([begin("a"), end("a", "passed"), begin("b"), '{"event": "en'])[1] == "b"


def test_pytest_is_told_where_tests_lie_and_which():
    command = pytest_command(["--pyargs", "thing"], python="3.15", expression="fast")
    assert "--rootdir=/lib/python3.15/site-packages" in command
    assert command[-4:] == ["-k", "fast", "--pyargs", "thing"]


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Put runs in the runtime's place: each writes its lines, then ends with a code, or dies (None)."""

    def script(folder: Path, *runs: tuple[list[str], int | None]) -> list[list[str]]:
        done: list[list[str]] = []
        waiting = list(runs)

        def execute(_: Runtime, __: Sequence[str]) -> Finished:
            done.append(json.loads((folder / "done.json").read_text()))
            lines, code = waiting.pop(0)
            with (folder / "outcomes.jsonl").open("a") as file:
                file.writelines(f"{line}\n" for line in lines)
            if code is None:
                message = "died"
                raise RuntimeCrashed(message, excerpt="runtime: unreachable\n  at wasm")
            return Finished(exit_code=code, stdout="last words\n", stderr="", seconds=1)

        monkeypatch.setattr(suite, "execute", execute)
        return done

    return script


def test_after_a_crash_the_rest_is_run_without_what_is_done(guest: Callable[..., list[list[str]]], tmp_path: Path):
    done = guest(
        tmp_path,
        ([begin("a"), end("a", "passed"), begin("b")], None),
        ([begin("c"), end("c", "failed", "no")], 1),
    )
    result = run_part(RUNTIME, PART, tmp_path, python="3.15")
    assert {name: test.outcome for name, test in result.tests.items()} == {"a": "passed", "b": "crashed", "c": "failed"}
    assert result.tests["b"].line == "unreachable"
    assert done == [[], ["a", "b"]]
    assert "unreachable" in (tmp_path / "crash-1.log").read_text()
    assert not result.error


def test_a_runtime_that_dies_outside_tests_is_an_error(guest: Callable[..., list[list[str]]], tmp_path: Path):
    guest(tmp_path, ([], None))
    assert "unreachable" in run_part(RUNTIME, PART, tmp_path, python="3.15").error


def test_crashes_have_a_bound(guest: Callable[..., list[list[str]]], tmp_path: Path):
    guest(tmp_path, *[([begin(str(number))], None) for number in range(20)])
    result = run_part(RUNTIME, PART, tmp_path, python="3.15")
    assert result.error == "the runtime died 10 times"
    assert result.count("crashed") == 10


def test_an_odd_exit_code_of_pytest_is_an_error(guest: Callable[..., list[list[str]]], tmp_path: Path):
    guest(tmp_path, ([], 4))
    assert run_part(RUNTIME, PART, tmp_path, python="3.15").error == "last words"
