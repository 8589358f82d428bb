"""A pytest plugin for the guest: tells of every test as it begins and ends, so that a dying runtime loses nothing.

Writes lines of JSON to $WASMWRIGHT_OUTCOMES, and leaves out the tests that $WASMWRIGHT_DONE lists. Standard library only.
"""

import json
import os

_SHORT = 300


class Outcomes:
    def __init__(self, path, done):
        self.file = open(path, "a", encoding="utf-8", buffering=1)
        self.done = done

    def write(self, **record):
        self.file.write(json.dumps(record) + "\n")

    def pytest_collectreport(self, report):
        if report.failed:
            self.write(event="end", test=report.nodeid, outcome="failed", line=_last_line(report))

    def pytest_collection_modifyitems(self, config, items):
        left = [item for item in items if item.nodeid not in self.done]
        if len(left) < len(items):
            config.hook.pytest_deselected(items=[item for item in items if item.nodeid in self.done])
            items[:] = left

    def pytest_collection_finish(self, session):
        self.write(event="collected", count=len(session.items))

    def pytest_runtest_logstart(self, nodeid):
        self.write(event="begin", test=nodeid)

    def pytest_runtest_logreport(self, report):
        outcome = _outcome(report)
        if outcome:
            self.write(event="end", test=report.nodeid, outcome=outcome, line=_last_line(report))


def _outcome(report):
    if hasattr(report, "wasxfail"):
        if report.skipped:
            return "xfailed"
        return "passed" if report.passed and report.when == "call" else None
    if report.failed:
        return "failed"
    if report.skipped:
        return "skipped"
    return "passed" if report.when == "call" else None


def _last_line(report):
    if not report.failed:
        return ""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else str(report.longrepr)
    lines = [line for line in text.splitlines() if line.strip()]
    return (lines[0] if crash and lines else lines[-1] if lines else "")[:_SHORT]


def pytest_configure(config):
    done = set()
    listed = os.environ.get("WASMWRIGHT_DONE")
    if listed and os.path.exists(listed):
        with open(listed, encoding="utf-8") as file:
            done = set(json.load(file))
    config.pluginmanager.register(Outcomes(os.environ["WASMWRIGHT_OUTCOMES"], done), "wasmwright-outcomes")
