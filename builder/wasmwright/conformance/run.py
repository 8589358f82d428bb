"""Making, running and judging programs."""

from __future__ import annotations

import difflib
import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from wasmwright.conformance.compiler import build_commands, run_command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wasmwright.conformance.case import Case
    from wasmwright.conformance.compiler import Compiler
    from wasmwright.spawn import Said, Starter

_LIMIT_SECONDS = 60
_DETAIL_LINES = 24


@dataclass(frozen=True, kw_only=True)
class RunOutcome:
    """How a program fared.

    `failed` names the step that did not do as it should, and `detail` tells more; both are empty for a program that
    did. `stdout` is None if it did not come to run.
    """

    case: Case
    seconds: float
    failed: str = ""
    detail: str = ""
    stdout: str | None = None


def run_case(case: Case, compiler: Compiler, *, start: Starter, env: Mapping[str, str], folder: Path) -> RunOutcome:
    """Make the program in the empty `folder`, run it there, and compare."""
    began = time.monotonic()
    for step, command in build_commands(case, compiler, folder):
        done = start(command, env=env, cwd=folder, check=False)
        if done.returncode != 0:
            return RunOutcome(case=case, seconds=time.monotonic() - began, failed=step, detail=_said(done))
    (folder / "stdin").write_text(case.stdin, encoding="utf-8")
    done = start(run_command(case, compiler, folder, limit=_LIMIT_SECONDS), env=env, cwd=folder, check=False)
    failed, detail = judge(case, done)
    return RunOutcome(case=case, seconds=time.monotonic() - began, failed=failed, detail=detail, stdout=done.stdout)


def judge(case: Case, done: Said) -> tuple[str, str]:
    """What is wrong with a run, and the details; two empty texts if nothing is."""
    is_status_right = done.returncode != 0 if case.status is None else done.returncode == case.status
    if not is_status_right:
        wanted = "an error" if case.status is None else case.status
        return "status", f"exit status {done.returncode} instead of {wanted}\n{_said(done)}"
    expected = case.expected.read_text(encoding="utf-8") if case.expected.is_file() else None
    if expected is None:
        return "output", f"there is no {case.expected.name}"
    if done.stdout != expected:
        lines = difflib.unified_diff(
            expected.splitlines(), done.stdout.splitlines(), "expected", "got", lineterm="", n=1
        )
        return "output", "\n".join(islice(lines, _DETAIL_LINES))
    if case.stderr not in done.stderr:
        return "stderr", f"`{case.stderr}` is not in\n{_said(done)}"
    return "", ""


def _said(done: Said) -> str:
    text = "\n".join(part.strip() for part in (done.stderr, done.stdout) if part.strip())
    return "\n".join(text.splitlines()[:_DETAIL_LINES])
