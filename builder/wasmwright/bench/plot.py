"""The ratios as a bar chart, an SVG that needs no network to be shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pygal import Config, HorizontalBar
from pygal.style import CleanStyle

from wasmwright.bench.results import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.bench.results import Mean, Series

# pygal leaves a finder behind that Python 3.11 warns of whenever some other import is tried and fails.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

_ROW = 40
_MARGIN = 160


def plot(measured: Sequence[Series], found: Sequence[Mean] = ()) -> bytes:
    """How many times longer the first series takes than each of the others, as the text of an SVG.

    With means of classes in `found`, a bar is such a mean, else it is a case.
    """
    first, *others = measured
    if len(found) > 1:
        bars: dict[str, Mapping[str, float | None]] = {mean.group: mean.ratios for mean in found}
    else:
        cases = {case: {series.name: ratio(case, first, series) for series in others} for case in first.cases}
        bars = {**cases, **{f"{mean.group} (geometric mean)": mean.ratios for mean in found}}
    config = Config(js=[], pretty_print=True, no_prefix=True, disable_xml_declaration=False)
    config.height = _MARGIN + _ROW * len(bars)
    chart = HorizontalBar(config, style=CleanStyle, print_values=True, legend_at_bottom=True)
    means = ", geometric means" if len(found) > 1 else ""
    chart.title = f"{first.name}: times as long as the others{means} (shorter is better)"
    # Bars grow upwards from the last label.
    chart.x_labels = list(reversed(bars))
    chart.value_formatter = lambda value: "" if value is None else f"{value:.2f}"
    for series in others:
        chart.add(series.name, [ratios.get(series.name) for ratios in reversed(bars.values())])
    rendered: bytes = chart.render()
    return rendered
