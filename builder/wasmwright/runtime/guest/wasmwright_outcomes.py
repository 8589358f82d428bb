"""A pytest plugin for the guest: tells of every test as it begins and ends, so that a dying runtime loses nothing.

Writes lines of JSON to $WASMWRIGHT_OUTCOMES, and leaves out the tests that $WASMWRIGHT_DONE lists.
Tests are run in the folder $WASMWRIGHT_FOLDER, if there is one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_SHORT = 300


class Outcomes:
    """The hooks; `done` are the node ids of tests to leave out."""

    def __init__(self, path: Path, done: set[str]) -> None:
        self.file = path.open("a", encoding="utf-8", buffering=1)
        self.done = done

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a module that cannot be imported as a failed test of its name."""
        if report.failed:
            self._write(event="end", test=report.nodeid, outcome="failed", line=_last_line(report))

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what is done."""
        left_out = [item for item in items if item.nodeid in self.done]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item.nodeid not in self.done]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell how many there are."""
        self._write(event="collected", count=len(session.items))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Tell which test is about to run."""
        self._write(event="begin", test=nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell how it ended."""
        outcome = _outcome(report)
        if outcome:
            self._write(event="end", test=report.nodeid, outcome=outcome, line=_last_line(report))

    def _write(self, **record: str | int) -> None:
        self.file.write(json.dumps(record) + "\n")


def _outcome(report: pytest.TestReport) -> str | None:
    if hasattr(report, "wasxfail") and report.skipped:
        return "xfailed"
    if report.failed or report.skipped:
        return str(report.outcome)
    return "passed" if report.when == "call" else None


def _last_line(report: pytest.TestReport | pytest.CollectReport) -> str:
    if not report.failed:
        return ""
    crash = getattr(report.longrepr, "reprcrash", None)
    lines = [line for line in (crash.message if crash else str(report.longrepr)).splitlines() if line.strip()]
    if not lines:
        return ""
    return str(lines[0] if crash else lines[-1])[:_SHORT]


def pytest_configure(config: pytest.Config) -> None:
    """Register the hooks, with what the host says."""
    folder = os.environ.get("WASMWRIGHT_FOLDER")
    if folder:
        os.chdir(folder)
    listed = os.environ.get("WASMWRIGHT_DONE")
    done = set(json.loads(Path(listed).read_text(encoding="utf-8"))) if listed and Path(listed).exists() else set()
    outcomes = Outcomes(Path(os.environ["WASMWRIGHT_OUTCOMES"]), done)
    config.pluginmanager.register(outcomes, "wasmwright-outcomes")
