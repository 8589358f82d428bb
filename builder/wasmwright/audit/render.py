"""Reports as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wasmwright.audit.findings import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.audit.findings import Report

_PAGE = """<!-- From builder/wasmwright/audit/findings.py, by `pytest --update-expected`. Do not edit. -->

# What an audit can find

`wasmwright audit WHEEL` and the last step of every build check a wheel against the runtime that it is for.

Imports of functions are compared with their types wherever the runtime has one: with the exports of its main module,
and for what JavaScript provides with the main module's own imports, or with the signature that the glue code has for
the dynamic linker. A few functions of JavaScript have none and are checked by name; `imports_checked` in the report
says how many.

Libraries that a module needs are looked for in the wheel and among those declared. A library of the same wheel that
nothing needs is not loaded with the module, so it resolves nothing; nor does one in another wheel, and there the
module's run paths have to lead to it. Wheels that are named together are taken as installed beside each other, such as
a package's and that of its tests.

A wheel for another platform or Python than the runtime's is told as such, and its modules are not looked at.
""".splitlines()


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
    if report.ok:
        return f"{report.subject}: ok\n"
    lines = [f"{report.subject}: {len(report.findings)} finding{'s' * (len(report.findings) > 1)}"]
    told: set[str] = set()
    for finding in report.findings:
        lines.append(f"  {finding.code.id} {finding.member} {finding.message}")
        hint = finding.hint or finding.code.hint
        if hint not in told:
            lines.append(f"        hint: {hint}")
        told.add(hint)
    return "\n".join(lines) + "\n"


def codes_page() -> str:
    """The reference page of all findings, in Markdown."""
    rows = [f"| {code.id} | {code.slug} | {code.hint} |" for code in Code]
    return "\n".join([*_PAGE, "", "| code | name | what to do |", "|---|---|---|", *rows]) + "\n"
