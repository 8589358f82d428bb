"""What people read of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.conformance.run import RunOutcome


@dataclass(frozen=True, kw_only=True)
class CompilerVerdict:
    """Outcomes against the known failures (program: reason), by name."""

    passed: tuple[str, ...]
    known: tuple[str, ...]
    failed: tuple[str, ...]
    recovered: tuple[str, ...]
    unmatched: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether all is as it should be: a listed program that passes is an error too."""
        return not (self.failed or self.recovered or self.unmatched)


def judge_all(outcomes: Sequence[RunOutcome], known: Mapping[str, str], *, whole: bool) -> CompilerVerdict:
    """Compare with what is listed. `whole`: all programs were run, so each that is listed should be among them."""
    failed = [outcome.case.name for outcome in outcomes if outcome.failed]
    passed = [outcome.case.name for outcome in outcomes if not outcome.failed]
    return CompilerVerdict(
        passed=tuple(name for name in passed if name not in known),
        known=tuple(name for name in failed if name in known),
        failed=tuple(name for name in failed if name not in known),
        recovered=tuple(name for name in passed if name in known),
        unmatched=tuple(name for name in known if name not in {*failed, *passed}) if whole else (),
    )


def render(outcomes: Sequence[RunOutcome], verdict: CompilerVerdict, known: Mapping[str, str]) -> str:
    """The table, what each unexpected failure said, and a summary as the last line."""
    width = max((len(outcome.case.name) for outcome in outcomes), default=0)
    lines = [
        f"{outcome.case.name:{width}}  {_result(outcome, known):22}  {outcome.seconds:5.1f} s" for outcome in outcomes
    ]
    for outcome in outcomes:
        if outcome.case.name in verdict.failed:
            lines += [
                "",
                f"{outcome.case.name}: {outcome.failed}",
                *(f"    {line}" for line in outcome.detail.splitlines()),
            ]
    lines += [f"{name} is listed as a known failure, and passes: take it off the list" for name in verdict.recovered]
    lines += [f"{name} is listed as a known failure, and does not exist" for name in verdict.unmatched]
    counts = {
        "passed": len(verdict.passed) + len(verdict.recovered),
        "failed": len(verdict.failed),
        "known failures": len(verdict.known),
    }
    summary = ", ".join(f"{count} {name}" for name, count in counts.items())
    return "\n".join([*lines, "", f"{len(outcomes)} programs: {summary}", ""])


def _result(outcome: RunOutcome, known: Mapping[str, str]) -> str:
    if not outcome.failed:
        return "passed"
    return f"known: {outcome.failed}" if outcome.case.name in known else f"FAILED: {outcome.failed}"
