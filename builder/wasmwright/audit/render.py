"""Reports as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wasmwright.plaintext import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.audit.findings import Report


# The findings of one report that are told as text.
_MOST = 1000


def as_json(reports: Sequence[Report]) -> str:
    """All reports in one document."""
    document = {
        "version": 1,
        "ok": all(report.ok for report in reports),
        "reports": [report.as_json() for report in reports],
    }
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def as_text(report: Report) -> str:
    """A line per finding, with the hint below each kind once; one line for a report without findings."""
    lines = [heading(report)]
    told: set[str] = set()
    for finding in report.findings[:_MOST]:
        warning = "" if finding.code.is_error else "warning: "
        # Names of members and symbols are whatever a wheel's maker liked.
        lines.append(f"  {finding.code.id} {warning}{visible_line(f'{finding.member} {finding.message}')}")
        hint = finding.hint or finding.code.hint
        if hint not in told:
            lines.append(f"        hint: {visible_line(hint)}")
        told.add(hint)
    if report.findings[_MOST:]:
        lines.append(f"  and {len(report.findings) - _MOST} more, which --json tells")
    return "\n".join(lines) + "\n"


def heading(report: Report) -> str:
    """The subject with its verdict and the number of findings."""
    errors = sum(finding.code.is_error for finding in report.findings)
    warnings = len(report.findings) - errors
    counted = [
        f"{count} {word}{'s' * (count > 1)}" for count, word in ((errors, "finding"), (warnings, "warning")) if count
    ]
    return f"{visible_line(report.subject)}: {', '.join([*(['ok'] if report.ok else []), *counted])}"
