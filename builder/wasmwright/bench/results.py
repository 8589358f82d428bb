"""What was measured, and how it compares."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from statistics import geometric_mean
from typing import TYPE_CHECKING

from wasmwright.generate.documents import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WASM, NATIVE, NATIVE_128 = "wasm", "native", "native 128-bit"
_WORST = 10


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


@dataclass(frozen=True, kw_only=True)
class Mean:
    """What the cases of a group have in common: the geometric means of the ratios of the first series to others."""

    group: str
    cases: int
    ratios: dict[str, float]


def shortest(rounds: Sequence[Series]) -> Series:
    """Several rounds of one series as one: of each case the one that took least."""
    cases = dict.fromkeys(chain.from_iterable(series.cases for series in rounds))
    found = {case: [series.cases[case] for series in rounds if case in series.cases] for case in cases}
    best = {case: min(measured, key=lambda one: one.seconds) for case, measured in found.items()}
    return Series(name=rounds[0].name, cases=best)


def ratio(case: str, series: Series, base: Series) -> float | None:
    """How many times longer than in `base` a case takes, or None if it is missing in one of them."""
    if case not in series.cases or case not in base.cases:
        return None
    return series.cases[case].seconds / base.cases[case].seconds


def means(measured: Sequence[Series], groups: Callable[[str], Sequence[str]]) -> list[Mean]:
    """The means of all groups, the larger ones last, else in the order in which their first cases were measured."""
    first, *others = measured
    levels = [(level, group, case) for case in first.cases for level, group in enumerate(groups(case))]
    members: dict[str, list[str]] = {}
    for _, group, case in sorted(levels, key=lambda entry: entry[0]):
        members.setdefault(group, []).append(case)
    return [
        Mean(
            group=group,
            cases=len(cases),
            ratios={series.name: mean for series in others if (mean := _mean(cases, first, series)) is not None},
        )
        for group, cases in members.items()
    ]


def _mean(cases: Sequence[str], first: Series, base: Series) -> float | None:
    ratios = [value for case in cases if (value := ratio(case, first, base)) is not None]
    return geometric_mean(ratios) if ratios else None


def table(measured: Sequence[Series]) -> str:
    """A Markdown table: milliseconds of each series, GFLOP/s of the first, and its times over each of the others."""
    first, *others = measured
    has_speed = any(found.flops is not None for found in first.cases.values())
    header = ["case", *(f"{series.name}, ms" for series in measured)]
    header += [f"{first.name}, GFLOP/s"] if has_speed else []
    header += [f"{first.name} / {series.name}" for series in others]
    return _markdown(header, [[case, *_cells(case, first, others, has_speed=has_speed)] for case in first.cases])


def means_table(measured: Sequence[Series], found: Sequence[Mean]) -> str:
    """A Markdown table of means: the first series over each other one, and the other builds over native 128-bit."""
    first, *others = measured
    names = [series.name for series in others]
    builds = [name for name in names if name not in {NATIVE, NATIVE_128}] if NATIVE_128 in names else []
    header = ["geometric means", "cases", *(f"{first.name} / {name}" for name in names)]
    header += [f"{name} / {NATIVE_128}" for name in builds]
    rows = []
    for mean in found:
        cells = [mean.ratios.get(name) for name in names]
        # Means of quotients are quotients of means.
        cells += [_quotient(mean.ratios.get(NATIVE_128), mean.ratios.get(name)) for name in builds]
        rows.append([mean.group, str(mean.cases), *map(_shown, cells)])
    return _markdown(header, rows)


def worst(measured: Sequence[Series]) -> str:
    """A line for each series but the first: the cases in which the first takes the most times as long."""
    first, *others = measured
    lines = []
    for series in others:
        ratios = {case: value for case in first.cases if (value := ratio(case, first, series)) is not None}
        most = sorted(ratios, key=ratios.__getitem__, reverse=True)[:_WORST]
        shown = ", ".join(f"{case} {ratios[case]:.2f}" for case in most)
        lines.append(f"Most of {first.name} / {series.name}: {shown}")
    return "\n".join(lines)


def _markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (header, ["---"] + ["---:"] * (len(header) - 1), *rows)
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def _cells(case: str, first: Series, others: Sequence[Series], *, has_speed: bool) -> list[str]:
    times = [series.cases.get(case) for series in (first, *others)]
    speed = first.cases[case].gflops
    cells = ["" if found is None else _milliseconds(found.seconds) for found in times]
    cells += ["" if speed is None else f"{speed:.1f}"] if has_speed else []
    return [*cells, *(_shown(ratio(case, first, series)) for series in others)]


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _quotient(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one / other


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.3g}" if seconds < 1 else f"{seconds * 1e3:.0f}"


def document(
    measured: Sequence[Series], found: Sequence[Mean], *, profile: str, machine: str, versions: dict[str, str]
) -> dict[str, object]:
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
        "means": {mean.group: {"cases": mean.cases, "ratios": mean.ratios} for mean in found},
    }
