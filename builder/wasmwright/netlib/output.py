"""Reading the output of one run of a test program: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Some programs print their largest error and judge nothing; those that judge allow 10 to 50 units of the precision.
LARGEST_ERROR = 30.0

_RUN = re.compile(r"\bpassed\b.*\( *(\d+) tests run\)")
_MISSED = re.compile(r"(\d+) out of +(\d+) tests failed to pass the threshold")
_CALLS = re.compile(r"PASSED THE COMPUTATIONAL TESTS \( *(\d+) CALLS?\)")
_SUBPROGRAM = re.compile(r"Test of subprogram number")
_SUBPROGRAM_PASSED = re.compile(r"-----\s*PASS\s*-----")
_PART = re.compile(r"test PASSED")
_EXITS = re.compile(r"passed the tests of the error exits|PASSED THE TESTS OF ERROR-EXITS")
_EXAMPLES = re.compile(r"total number of examples tested *= *(\d+)")
_WRONG_EXAMPLES = re.compile(r"number of examples where info is not (?:0|zero) *= *(\d+)")
_WRONG_EXAMPLE = re.compile(r"example number where .* *= *(\d+)")
_LARGEST = re.compile(r"value of largest test error *= *(\S+)")
_END = re.compile(r"End of tests|END OF TESTS|Test completed\.")
# `Error code`, `Illegal value`, `FAIL`, `*** FATAL`, `SUSPECT`, and what the engine says when a program stops.
_TROUBLE = re.compile(
    r"\*\*\*|\bFAIL(?:ED)?\b|failed the tests|Failure in|[Ee]rror code|[Ii]llegal|ILLEGAL|SUSPECT"
    r"|RuntimeError|Aborted|unreachable"
)


@dataclass(frozen=True, kw_only=True)
class Result:
    """One run.

    `tests` were run, of which `missed` did not come below their threshold; `exits` routines check their arguments.
    `troubles` are the lines that tell of what went wrong, blanks made one. `ended`: the program came to its end.
    """

    name: str
    tests: int = 0
    missed: int = 0
    exits: int = 0
    troubles: tuple[str, ...] = ()
    ended: bool = False


def read_output(name: str, text: str) -> Result:
    """What the program wrote."""
    tests = missed = exits = subprograms = 0
    troubles: list[str] = []
    ended = False
    for line in text.splitlines():
        if match := _MISSED.search(line):
            missed += int(match[1])
            tests += int(match[2])
            troubles.append(line)
        elif match := _RUN.search(line) or _CALLS.search(line) or _EXAMPLES.search(line):
            tests += int(match[1])
        elif _EXITS.search(line):
            exits += 1
        elif _SUBPROGRAM.search(line):
            subprograms += 1
        elif _SUBPROGRAM_PASSED.search(line) or _PART.search(line):
            tests += 1
        elif _is_wrong_example(line) or _TROUBLE.search(line):
            troubles.append(line)
        ended = ended or _END.search(line) is not None
    return Result(
        name=name,
        tests=tests,
        missed=missed,
        exits=exits,
        troubles=tuple(" ".join(line.split()) for line in troubles),
        # Programs for level 1 say nothing at their end.
        ended=ended or (subprograms > 0 and subprograms == tests),
    )


def _is_wrong_example(line: str) -> bool:
    if match := _LARGEST.search(line):
        return not float(match[1].replace("D", "E")) <= LARGEST_ERROR
    match = _WRONG_EXAMPLES.search(line) or _WRONG_EXAMPLE.search(line)
    return match is not None and int(match[1]) > 0
