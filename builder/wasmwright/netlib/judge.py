"""All runs together: against the known failures, and as people read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wasmwright.netlib.output import Result

_TITLES = ("program", "tests", "passed", "missed", "error exits", "known")


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What is not as it should be, by program; `known` counts troubles that are listed."""

    unexpected: Mapping[str, Sequence[str]] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)
    recovered: Sequence[str] = ()

    @property
    def ok(self) -> bool:
        """Whether all is as it should be: what is listed and did not happen is an error too."""
        return not self.unexpected and not self.recovered


def judge(results: Sequence[Result], known: Mapping[str, Mapping[str, str]]) -> Judgement:
    """Compare with what is listed: for a program, lines of its output and the reason of each."""
    unexpected = {result.name: tuple(_unexpected(result, known.get(result.name, {}))) for result in results}
    told = {result.name: set(result.troubles) for result in results}
    return Judgement(
        unexpected={name: troubles for name, troubles in unexpected.items() if troubles},
        known={
            result.name: sum(trouble in known.get(result.name, {}) for trouble in result.troubles) for result in results
        },
        recovered=[
            f"{name}: {line}" for name, lines in known.items() for line in lines if line not in told.get(name, ())
        ],
    )


def _unexpected(result: Result, known: Mapping[str, str]) -> Iterator[str]:
    if not result.ended:
        yield "the program stopped before its end"
    elif result.tests == 0:
        yield "no test was run"
    yield from (trouble for trouble in result.troubles if trouble not in known)


def render(results: Sequence[Result], judgement: Judgement) -> str:
    """A table with a line a program and their sum, then what is wrong."""
    rows = [_TITLES, *(_row(result, judgement) for result in results)]
    if len(results) > 1:
        rows.append(("all", *(str(sum(int(row[column]) for row in rows[1:])) for column in range(1, len(_TITLES)))))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_TITLES))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    for name, troubles in judgement.unexpected.items():
        lines += ["", f"{name}:", *(f"    {trouble}" for trouble in troubles)]
    lines += [f"listed as known, and did not happen: {line}" for line in judgement.recovered]
    return "".join(f"{line}\n" for line in lines)


def _row(result: Result, judgement: Judgement) -> tuple[str, ...]:
    numbers = (
        result.tests,
        result.tests - result.missed,
        result.missed,
        result.exits,
        judgement.known.get(result.name, 0),
    )
    return (result.name, *map(str, numbers))
