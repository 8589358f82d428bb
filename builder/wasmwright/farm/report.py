"""What became of a build as a table and as JSON. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import log
from wasmwright.farm.outcome import IMPORT_TEST
from wasmwright.generate.documents import VERSION
from wasmwright.nixoutcome import Fate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.failure import WasmwrightError
    from wasmwright.farm.outcome import PackageOutcome
    from wasmwright.farm.plan import Plan
    from wasmwright.farm.run import BuildReport
    from wasmwright.packagebuild import Package

_HEAD = ("package", "outcome", "time", "size", "log")
_NO_PACKAGE: Mapping[str, object] = {
    "drv": None,
    "out": None,
    "wheel": None,
    "artifacts": [],
    "beside": [],
    "tested": False,
}


def table(report: BuildReport) -> str:
    """A line for each package, and one that counts."""
    rows = [_HEAD, *(_row(outcome, report.packages.get(outcome.name)) for outcome in report.outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, summary(report)])


def summary(report: BuildReport) -> str:
    """How many packages ended in which way."""
    count = {fate: sum(outcome.fate is fate for outcome in report.outcomes) for fate in Fate}
    told = [f"{number} {fate}" for fate, number in count.items() if number]
    return f"{len(report.outcomes)} package{'s' * (len(report.outcomes) != 1)}: {', '.join(told)}"


def outcome_text(outcome: PackageOutcome) -> str:
    """What became of a package in a few words."""
    because = ", ".join(outcome.because)
    if outcome.fate is Fate.NOT_TRIED and because:
        because = f": stopped after {because}" if outcome.stopped else f": needs {because}"
        what = f"{IMPORT_TEST} not tried" if outcome.stage == IMPORT_TEST else str(outcome.fate)
        return f"{what}{because}"
    if outcome.fate is Fate.NOT_TRIED and outcome.error is not None:
        return f"{outcome.fate}: {outcome.error}"
    if outcome.stage == IMPORT_TEST:
        return f"{outcome.fate} ({IMPORT_TEST})"
    return str(outcome.fate)


def document(
    report: BuildReport, plan: Plan, *, profile: str, exit_code: int, seconds: Mapping[str, float]
) -> dict[str, object]:
    """The whole as `--json` prints it: docs/reference/json.md describes it. `seconds` are those of the stages."""
    return {
        "version": VERSION,
        "profile": profile,
        "exit_code": exit_code,
        "packages": [
            _package(outcome, report.packages.get(outcome.name), profile=profile) for outcome in report.outcomes
        ],
        "errors": [_error(error) for error in report.errors],
        "left_out": dict(plan.left_out),
        "note": plan.note,
        "seconds": {name: round(value, 3) for name, value in {**seconds, **report.seconds}.items()},
    }


def _row(outcome: PackageOutcome, package: Package | None) -> Sequence[str]:
    time = "" if outcome.seconds is None else log.duration(outcome.seconds)
    size = log.size(package.artifacts[0].size) if package is not None and package.artifacts else ""
    file = "" if outcome.error is None or outcome.error.log is None else str(outcome.error.log)
    return outcome.name, outcome_text(outcome), time, size, file


def _package(outcome: PackageOutcome, package: Package | None, *, profile: str) -> dict[str, object]:
    return {
        "name": outcome.name,
        "profile": profile,
        "outcome": str(outcome.fate),
        "stage": outcome.stage,
        "because": list(outcome.because),
        "stopped": outcome.stopped,
        "seconds": None if outcome.seconds is None else round(outcome.seconds, 3),
        "error": None if outcome.error is None else _error(outcome.error),
        **(_NO_PACKAGE if package is None else package.to_json()),
    }


def _error(error: WasmwrightError) -> dict[str, object]:
    return {
        "kind": type(error).__name__,
        "exit_code": error.exit_code,
        "message": str(error),
        "hint": error.hint,
        "excerpt": error.excerpt,
        "log": None if error.log is None else str(error.log),
    }
