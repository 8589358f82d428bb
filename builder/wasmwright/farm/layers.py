"""A drawing of which packages need which, as SVG: rows from what needs to what is needed, few crossings. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from wasmwright.graph import topological_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.farm.needs import Arrow, Node, Picture

# In pixels.
_HEIGHT, _LETTER, _PADDING, _GAP, _ROW, _MARGIN = 36, 7.2, 20, 18, 96, 12
# What an arrow takes that passes a row.
_PASSING = 10
_SWEEPS = 12
_STYLE = (
    "text{font:12px sans-serif;text-anchor:middle}.version{fill:#666}"
    "rect{fill:#eef4fb;stroke:#4a6f9c}rect.library{fill:#f5f0e6;stroke:#8a7340}"
    "path{fill:none;stroke:#888}path.run{stroke-dasharray:5 4}"
)


@dataclass(kw_only=True)
class _Grid:
    """Cells row by row, and which cells of the next row each is joined with. Cells go by number."""

    width: list[float]
    row: list[int]
    down: list[list[int]]
    up: list[list[int]]
    rows: list[list[int]]

    def add(self, width: float, row: int) -> int:
        self.width.append(width)
        self.row.append(row)
        self.down.append([])
        self.up.append([])
        while len(self.rows) <= row:
            self.rows.append([])
        self.rows[row].append(len(self.width) - 1)
        return len(self.width) - 1

    def join(self, upper: int, lower: int) -> None:
        self.down[upper].append(lower)
        self.up[lower].append(upper)


def svg(found: Picture) -> str:
    """The picture as an SVG document. Raises DependencyCycle."""
    grid = _Grid(width=[], row=[], down=[], up=[], rows=[])
    rows = _rows(found)
    cells = {node.name: grid.add(_width(node), rows[node.name]) for node in found.nodes}
    ways = [(arrow, _way(arrow, grid, rows, cells)) for arrow in found.arrows]
    _order(grid)
    middles = _middles(grid)
    return _document(found, grid, cells, ways, middles)


def _rows(found: Picture) -> dict[str, int]:
    """The row of each package: below all that need it, and what nothing needs at the top."""
    needing: dict[str, list[str]] = {node.name: [] for node in found.nodes}
    for arrow in found.arrows:
        needing[arrow.target].append(arrow.source)
    rows: dict[str, int] = {}
    for name in topological_order(needing):
        rows[name] = max((rows[other] + 1 for other in needing[name]), default=0)
    # What is needed from far below goes there: arrows get shorter.
    targets: dict[str, list[str]] = {}
    for arrow in found.arrows:
        targets.setdefault(arrow.source, []).append(arrow.target)
    for name in reversed(topological_order(needing)):
        if name in targets:
            rows[name] = min(rows[target] for target in targets[name]) - 1
    return rows


def _way(arrow: Arrow, grid: _Grid, rows: Mapping[str, int], cells: Mapping[str, int]) -> list[int]:
    """The cells that an arrow goes through, from its source to its target."""
    way = [cells[arrow.source]]
    way += [grid.add(_PASSING, row) for row in range(rows[arrow.source] + 1, rows[arrow.target])]
    way.append(cells[arrow.target])
    for upper, lower in pairwise(way):
        grid.join(upper, lower)
    return way


def _order(grid: _Grid) -> None:
    """Put each cell of a row where its neighbours of the row before lie on average, downwards and upwards by turns."""
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        beside = grid.up if downwards else grid.down
        place = {cell: float(number) for row in grid.rows for number, cell in enumerate(row)}
        for row in grid.rows if downwards else reversed(grid.rows):
            wanted = {cell: _mean([place[other] for other in beside[cell]], place[cell]) for cell in row}
            row.sort(key=lambda cell, wanted=wanted: wanted[cell])  # type: ignore[misc]
            place |= {cell: float(number) for number, cell in enumerate(row)}


def _middles(grid: _Grid) -> list[float]:
    """The middle of each cell from the left: near its neighbours, and clear of the others of its row."""
    middles = [0.0] * len(grid.width)
    for row in grid.rows:
        _place(row, dict.fromkeys(row, 0.0), grid, middles)
    for sweep in range(_SWEEPS):
        beside = grid.up if sweep % 2 == 0 else grid.down
        for row in grid.rows if sweep % 2 == 0 else reversed(grid.rows):
            wanted = {cell: _mean([middles[other] for other in beside[cell]], middles[cell]) for cell in row}
            _place(row, wanted, grid, middles)
    left = min((middle - width / 2 for middle, width in zip(middles, grid.width, strict=True)), default=0.0)
    return [middle - left + _MARGIN for middle in middles]


def _place(row: Sequence[int], wanted: Mapping[int, float], grid: _Grid, middles: list[float]) -> None:
    """Each cell where it wants to be, or as near as those before and behind it leave room: groups move together."""
    groups: list[tuple[list[int], float]] = []
    for cell in row:
        cells, start = [cell], wanted[cell] - grid.width[cell] / 2
        while groups and groups[-1][1] + _length(groups[-1][0], grid) + _GAP > start:
            before, _ = groups.pop()
            cells = before + cells
            start = _start(cells, wanted, grid)
        groups.append((cells, start))
    for cells, start in groups:
        at = start
        for cell in cells:
            middles[cell] = at + grid.width[cell] / 2
            at += grid.width[cell] + _GAP


def _start(cells: Sequence[int], wanted: Mapping[int, float], grid: _Grid) -> float:
    """Where a group of cells begins, so that they lie at their wanted places on average."""
    offsets, at = [], 0.0
    for cell in cells:
        offsets.append(wanted[cell] - (at + grid.width[cell] / 2))
        at += grid.width[cell] + _GAP
    return sum(offsets) / len(offsets)


def _length(cells: Sequence[int], grid: _Grid) -> float:
    return sum(grid.width[cell] for cell in cells) + _GAP * (len(cells) - 1)


def _mean(places: Sequence[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _width(node: Node) -> float:
    return max(len(node.name), len(node.version)) * _LETTER + _PADDING


def _document(
    found: Picture,
    grid: _Grid,
    cells: Mapping[str, int],
    ways: Sequence[tuple[Arrow, list[int]]],
    middles: Sequence[float],
) -> str:
    right = max((middle + width / 2 for middle, width in zip(middles, grid.width, strict=True)), default=0.0)
    width, height = right + _MARGIN, max(len(grid.rows) - 1, 0) * _ROW + _HEIGHT + 2 * _MARGIN
    size = {"width": f"{width:.0f}", "height": f"{height:.0f}", "viewBox": f"0 0 {width:.0f} {height:.0f}"}
    top = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    ET.SubElement(top, "style").text = _STYLE
    marker = {"id": "tip", "viewBox": "0 0 8 8", "refX": "8", "refY": "4", "markerWidth": "7", "markerHeight": "7"}
    tip = ET.SubElement(ET.SubElement(top, "defs"), "marker", {**marker, "orient": "auto"})
    ET.SubElement(tip, "path", {"d": "M0 0L8 4L0 8z", "style": "fill:#888;stroke:none"})
    for arrow, way in ways:
        line = ET.SubElement(top, "path", {"d": _line(way, grid, middles), "marker-end": "url(#tip)"})
        if not arrow.builds:
            line.set("class", "run")
        ET.SubElement(line, "title").text = f"{arrow.source} needs {arrow.target}"
    for node in found.nodes:
        _draw(top, node, middles[cells[node.name]], _top(cells[node.name], grid))
    ET.indent(top, " ")
    return ET.tostring(top, encoding="unicode") + "\n"


def _draw(top: ET.Element, node: Node, middle: float, y: float) -> None:
    width = _width(node)
    box = {"x": f"{middle - width / 2:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": str(_HEIGHT)}
    ET.SubElement(top, "rect", {**box, "class": node.kind, "rx": "2" if node.is_library else str(_HEIGHT // 2)})
    ET.SubElement(top, "text", {"x": f"{middle:.1f}", "y": f"{y + 15:.1f}"}).text = node.name
    version = ET.SubElement(top, "text", {"x": f"{middle:.1f}", "y": f"{y + 29:.1f}", "class": "version"})
    version.text = node.version


def _top(cell: int, grid: _Grid) -> float:
    return grid.row[cell] * _ROW + float(_MARGIN)


def _line(way: Sequence[int], grid: _Grid, middles: Sequence[float]) -> str:
    """From the lower edge of the first cell to the upper one of the last, straight down through those between."""
    x, y = middles[way[0]], _top(way[0], grid) + _HEIGHT
    parts = [f"M{x:.1f} {y:.1f}"]
    for cell in way[1:]:
        to, upper = middles[cell], _top(cell, grid)
        half = (y + upper) / 2
        parts.append(f"C{x:.1f} {half:.1f} {to:.1f} {half:.1f} {to:.1f} {upper:.1f}")
        x, y = to, upper
        if cell != way[-1]:
            y = upper + _HEIGHT
            parts.append(f"V{y:.1f}")
    return "".join(parts)
