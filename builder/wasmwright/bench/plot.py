"""The ratios as a bar chart, an SVG that needs no network to be shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pygal import Config, HorizontalBar
from pygal.style import CleanStyle

from wasmwright.bench.results import ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.bench.results import Series

# pygal leaves a finder behind that Python 3.11 warns of whenever some other import is tried and fails.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

_ROW = 40
_MARGIN = 160


def plot(measured: Sequence[Series]) -> bytes:
    """How many times longer the first series takes than each of the others, as the text of an SVG."""
    first, *others = measured
    config = Config(js=[], pretty_print=True, no_prefix=True, disable_xml_declaration=False)
    config.height = _MARGIN + _ROW * len(first.cases)
    chart = HorizontalBar(config, style=CleanStyle, print_values=True, legend_at_bottom=True)
    chart.title = f"{first.name}: times as long as natively (shorter is better)"
    # Bars grow upwards from the last label.
    cases = list(reversed(first.cases))
    chart.x_labels = cases
    chart.value_formatter = lambda value: "" if value is None else f"{value:.2f}"
    for series in others:
        chart.add(series.name, [ratio(case, first, series) for case in cases])
    rendered: bytes = chart.render()
    return rendered
