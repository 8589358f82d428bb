"""What was measured, and how it compares."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.generate.documents import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

WASM, NATIVE, NATIVE_128 = "wasm", "native", "native 128-bit"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One case: the best time in seconds, and the floating-point operations of a run if they are customary."""

    case: str
    seconds: float
    flops: float | None

    @property
    def gflops(self) -> float | None:
        """Thousand millions of floating-point operations per second."""
        return None if self.flops is None else self.flops / self.seconds / 1e9


@dataclass(frozen=True, kw_only=True)
class Series:
    """All cases of one way to run them."""

    name: str
    cases: dict[str, Measured]


def read_series(name: str, lines: str) -> Series:
    """The cases that the guest wrote, a line of JSON each."""
    found = [Measured(**json.loads(line)) for line in lines.splitlines() if line.startswith("{")]
    return Series(name=name, cases={measured.case: measured for measured in found})


def ratio(case: str, series: Series, base: Series) -> float | None:
    """How many times longer than in `base` a case takes, or None if it is missing in one of them."""
    if case not in series.cases or case not in base.cases:
        return None
    return series.cases[case].seconds / base.cases[case].seconds


def table(measured: Sequence[Series]) -> str:
    """A Markdown table: milliseconds of each series, GFLOP/s of the first, and its times over each of the others."""
    first, *others = measured
    header = ["case", *(f"{series.name}, ms" for series in measured), f"{first.name}, GFLOP/s"]
    header += [f"{first.name} / {series.name}" for series in others]
    rows = [[case, *_cells(case, first, others)] for case in first.cases]
    lines = ["| " + " | ".join(row) + " |" for row in (header, ["---"] + ["---:"] * (len(header) - 1), *rows)]
    return "\n".join(lines)


def _cells(case: str, first: Series, others: Sequence[Series]) -> list[str]:
    times = [series.cases.get(case) for series in (first, *others)]
    speed = first.cases[case].gflops
    ratios = [ratio(case, first, series) for series in others]
    cells = ["" if found is None else _milliseconds(found.seconds) for found in times]
    return [
        *cells,
        "" if speed is None else f"{speed:.1f}",
        *("" if value is None else f"{value:.2f}" for value in ratios),
    ]


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.3g}" if seconds < 1 else f"{seconds * 1e3:.0f}"


def document(measured: Sequence[Series], *, profile: str, machine: str, versions: dict[str, str]) -> dict[str, object]:
    """Everything as JSON."""
    return {
        "version": VERSION,
        "profile": profile,
        "machine": machine,
        "versions": versions,
        "series": {
            series.name: {
                case: {"seconds": found.seconds, "gflops": found.gflops} for case, found in series.cases.items()
            }
            for series in measured
        },
    }
