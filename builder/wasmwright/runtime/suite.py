"""A package's own test suite in the runtime, part by part; a test that kills the runtime costs that test only."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.runtime.errors import RuntimeCrashed
from wasmwright.runtime.node import execute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wasmwright.runtime.node import Runtime

SITE_PACKAGES = "/lib/python{version}/site-packages"
# The variable that names the guest's folder to run tests in; without it that is the runtime's own.
FOLDER_VARIABLE = "WASMWRIGHT_FOLDER"
_GUEST_PLUGIN = "/wasmwright/plugin"
_GUEST_RESULTS = "/wasmwright/results"
_OUTCOMES, _DONE = "outcomes.jsonl", "done.json"
_MOST_CRASHES = 10
# No test of a suite takes so long; one that hangs would hold the whole run.
_LONGEST_TEST = 900
# Outcomes of one test come for its parts (set-up, call, tear-down): the worst counts.
_RANK = {"passed": 0, "skipped": 1, "xfailed": 1, "failed": 2, "crashed": 3}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a suite: its name, and what pytest is told to run."""

    name: str
    args: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TestOutcome:
    """How a test ended: passed, failed, skipped, xfailed or crashed; `line` is what it said when it failed."""

    outcome: str
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class PartResult:
    """What came of a part: an outcome for every test, by node id. `error` tells why the part could not be run."""

    name: str
    tests: dict[str, TestOutcome]
    seconds: float
    error: str = ""

    def count(self, outcome: str) -> int:
        """How many tests ended so."""
        return Counter(test.outcome for test in self.tests.values())[outcome]


def pytest_command(args: Sequence[str], *, python: str, expression: str = "") -> list[str]:
    """What Python is started with in the guest, for a Python of version `python` (major.minor)."""
    root = SITE_PACKAGES.format(version=python)
    options = [
        "-p",
        "wasmwright_outcomes",
        "-p",
        "no:cacheprovider",
        "-q",
        "--no-header",
        "--tb=short",
        "--continue-on-collection-errors",
    ]
    options += ["-c", "/dev/null", f"--rootdir={root}"]
    return ["-m", "pytest", *options, *(["-k", expression] if expression else []), *args]


def run_part(runtime: Runtime, part: Part, folder: Path, *, python: str, expression: str = "") -> PartResult:
    """Run one part, with its files in `folder`; again without the test at fault each time the runtime dies."""
    folder.mkdir(parents=True, exist_ok=True)
    outcomes, done = folder / _OUTCOMES, folder / _DONE
    outcomes.unlink(missing_ok=True)
    done.write_text("[]")
    plugin = Path(__file__).parent / "guest"
    equipped = replace(
        runtime,
        mounts={**runtime.mounts, plugin: _GUEST_PLUGIN, folder: _GUEST_RESULTS},
        env={
            **runtime.env,
            "PYTHONPATH": _GUEST_PLUGIN,
            "WASMWRIGHT_OUTCOMES": f"{_GUEST_RESULTS}/{_OUTCOMES}",
            "WASMWRIGHT_DONE": f"{_GUEST_RESULTS}/{_DONE}",
        },
        watch=(outcomes, _LONGEST_TEST),
    )
    began = time.monotonic()
    error = ""
    for stale in folder.glob("crash-*.log"):
        stale.unlink()
    for crashes in range(1, _MOST_CRASHES + 1):
        log = folder / "pytest.log"
        try:
            finished = execute(equipped, pytest_command(part.args, python=python, expression=expression))
        except RuntimeCrashed as crash:
            tests, running = read_outcomes(_lines(outcomes))
            # The next run writes its own log.
            (folder / f"crash-{crashes}.log").write_text(f"{crash}\n{crash.excerpt or ''}\n")
            if running is None:
                error = ": ".join(filter(None, [str(crash), _first_line(crash.excerpt)]))
                break
            line = _first_line(crash.excerpt) or str(crash)
            _append(outcomes, {"event": "end", "test": running, "outcome": "crashed", "line": line})
            done.write_text(json.dumps([*tests, running]))
            continue
        log.write_text(finished.stdout + finished.stderr)
        if finished.exit_code not in {0, 1, 5}:
            said = (finished.stderr or finished.stdout).strip().splitlines()
            error = said[-1] if said else f"pytest ended with exit code {finished.exit_code}"
        break
    else:
        error = f"the runtime died {_MOST_CRASHES} times"
    tests, _ = read_outcomes(_lines(outcomes))
    return PartResult(name=part.name, tests=tests, seconds=time.monotonic() - began, error=error)


def read_outcomes(lines: Iterable[str]) -> tuple[dict[str, TestOutcome], str | None]:
    """The tests that ended, and the one that began and did not."""
    tests: dict[str, TestOutcome] = {}
    running: str | None = None
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if record["event"] == "begin":
            running = record["test"]
        elif record["event"] == "end":
            got = TestOutcome(outcome=record["outcome"], line=record["line"])
            before = tests.get(record["test"])
            if before is None or _RANK[got.outcome] > _RANK[before.outcome]:
                tests[record["test"]] = got
            running = None if running == record["test"] else running
    return tests, running


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _append(path: Path, record: dict[str, str]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def _first_line(text: str | None) -> str:
    lines = [line for line in (text or "").splitlines() if line.startswith("runtime: ")]
    return lines[0].removeprefix("runtime: ") if lines else ""
