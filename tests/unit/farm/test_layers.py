from __future__ import annotations

import random
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from recipe_writer import by_name, written

from wasmwright.errors import DependencyCycle
from wasmwright.farm.layers import svg
from wasmwright.farm.needs import needs

SVG = "{http://www.w3.org/2000/svg}"
CHAIN = by_name(written("a", host=("b", "c")), written("b", host=("c",)), written("c"), written("d", run=("c",)))


def drawn(recipes: dict) -> ET.Element:
    return ET.fromstring(svg(needs(recipes, recipes)))


def boxes(document: ET.Element) -> dict[str, tuple[float, float, float]]:
    """Left, top and width of each package."""
    rects = document.findall(f"{SVG}rect")
    names = [text.text or "" for text in document.findall(f"{SVG}text") if text.get("class") is None]
    placed = [tuple(float(rect.get(key, "")) for key in ("x", "y", "width")) for rect in rects]
    return dict(zip(names, placed, strict=True))  # type: ignore[arg-type]


def test_what_is_needed_lies_below():
    found = boxes(drawn(CHAIN))
    assert found["a"][1] < found["b"][1] < found["c"][1]
    assert found["d"][1] == found["b"][1]


def test_every_need_is_an_arrow_with_its_names_and_style():
    arrows = [path for path in drawn(CHAIN).findall(f"{SVG}path") if path.find(f"{SVG}title") is not None]
    told = {path.findtext(f"{SVG}title"): path.get("class") for path in arrows}
    assert told == {"a needs b": None, "a needs c": None, "b needs c": None, "d needs c": "run"}


def test_an_arrow_begins_and_ends_at_its_packages():
    document = drawn(CHAIN)
    found = boxes(document)
    for path in document.findall(f"{SVG}path"):
        source, target = (path.findtext(f"{SVG}title") or "").split(" needs ")
        numbers = [float(number) for number in re.findall(r"-?\d+\.\d+", path.get("d", ""))]
        for (left, _, width), x in ((found[source], numbers[0]), (found[target], numbers[-2])):
            assert abs(left + width / 2 - x) < 0.2


@pytest.mark.parametrize("seed", range(5))
def test_no_two_packages_of_a_row_overlap_and_all_lie_inside(seed: int):
    rng = random.Random(seed)
    names = [f"package-{number}" for number in range(60)]
    recipes = by_name(
        *(
            written(name, host=tuple(rng.sample(names[:number], min(number, rng.randrange(4)))))
            for number, name in enumerate(names)
        )
    )
    document = drawn(recipes)
    rows: dict[float, list[tuple[float, float]]] = {}
    for left, top, width in boxes(document).values():
        rows.setdefault(top, []).append((left, width))
        assert 0 <= left <= float(document.get("width", "")) - width
        assert 0 <= top <= float(document.get("height", "")) - 36
    assert sum(map(len, rows.values())) == 60
    for row in rows.values():
        assert all(left + width < right for (left, width), (right, _) in pairwise(sorted(row)))


def test_nothing_is_a_picture_too_and_a_circle_is_none():
    assert drawn({}).findall(f"{SVG}rect") == []
    with pytest.raises(DependencyCycle):
        drawn(by_name(written("a", run=("b",)), written("b", run=("a",))))
