"""A table in Markdown: `python -m wasmwright.comparison NAME=OUTCOMES.json...`, of the conformance suite's outcomes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PASSED = "passed"
# What the step that failed says of a program.
_TOLD = {
    PASSED: "yes",
    "compile": "not compiled",
    "compile C": "not compiled",
    "link": "not linked",
    "status": "wrong exit code",
    "output": "wrong output",
    "stderr": "wrong message",
}


def compare(outcomes: Mapping[str, Mapping[str, str]]) -> str:
    """A line a program, a column a compiler; the first says how many pass. Missing programs are `-`."""
    programs = sorted({program for passed in outcomes.values() for program in passed})
    counts = [sum(outcome == PASSED for outcome in passed.values()) for passed in outcomes.values()]
    rows = [
        ("program", *outcomes),
        ("---", *("---" for _ in outcomes)),
        (f"all {len(programs)}", *(f"{count} pass" for count in counts)),
        *((program, *(_told(passed.get(program)) for passed in outcomes.values())) for program in programs),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _told(outcome: str | None) -> str:
    return "-" if outcome is None else _TOLD.get(outcome, outcome)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    named = [argument.partition("=") for argument in arguments]
    sys.stdout.write(compare({name: json.loads(Path(path).read_text(encoding="utf-8")) for name, _, path in named}))


if __name__ == "__main__":
    main(sys.argv[1:])
