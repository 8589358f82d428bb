from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from documents import faults

from wasmwright.bench.plot import plot
from wasmwright.bench.results import Series, document, means, means_table, ratio, read_series, shortest, table, worst

WASM = read_series(
    "wasm", '{"case": "dgemm 2", "seconds": 0.002, "flops": 4e6}\nnoise\n{"case": "eig 2", "seconds": 1, "flops": null}'
)
NATIVE = read_series("native", '{"case": "dgemm 2", "seconds": 0.001, "flops": 4e6}')


def series(name: str, **seconds: float) -> Series:
    lines = [json.dumps({"case": case, "seconds": spent, "flops": None}) for case, spent in seconds.items()]
    return read_series(name, "\n".join(lines))


LOOPS = series("wasm", add=2, sort=8, less=1)
OTHER = series("other wheel", add=8, sort=8, less=4)
NATIVE_128 = series("native 128-bit", add=1, sort=2)
GROUPS = {"add": ("simple", "all"), "sort": ("sorts", "all"), "less": ("simple", "all")}


def test_lines_of_json_are_read_and_others_left():
    assert list(WASM.cases) == ["dgemm 2", "eig 2"]
    assert WASM.cases["dgemm 2"].gflops == 2.0
    assert WASM.cases["eig 2"].gflops is None


def test_ratio_is_how_many_times_longer():
    assert ratio("dgemm 2", WASM, NATIVE) == 2.0
    assert ratio("eig 2", WASM, NATIVE) is None


def test_table_has_a_cell_for_everything_that_was_measured():
    assert table([WASM, NATIVE]).splitlines() == [
        "| case | wasm, ms | native, ms | wasm, GFLOP/s | wasm / native |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| dgemm 2 | 2 | 1 | 2.0 | 2.00 |",
        "| eig 2 | 1000 |  |  |  |",
    ]


def test_document_is_json():
    found = means([LOOPS, OTHER, NATIVE_128], GROUPS.__getitem__)
    told = document([WASM, NATIVE], found, profile="some", machine="x", versions={"numpy": "2"})
    written = json.loads(json.dumps(told))
    assert faults("bench", written) == []
    assert written["series"]["native"] == {"dgemm 2": {"seconds": 0.001, "gflops": 4.0}}


def test_of_several_rounds_each_case_has_its_best():
    best = shortest([series("wasm", add=2, sort=1), series("wasm", add=1, sort=3, less=5)])
    assert best == series("wasm", add=1, sort=1, less=5)


def test_means_are_geometric_and_the_larger_groups_come_last():
    found = means([LOOPS, OTHER, NATIVE_128], GROUPS.__getitem__)
    assert [(mean.group, mean.cases) for mean in found] == [("simple", 2), ("sorts", 1), ("all", 3)]
    assert found[0].ratios == {"other wheel": 0.25, "native 128-bit": 2}
    assert round(found[2].ratios["native 128-bit"], 4) == round(8**0.5, 4)


def test_table_of_means_tells_the_other_build_too():
    measured = [LOOPS, OTHER, NATIVE_128]
    assert means_table(measured, means(measured, GROUPS.__getitem__)).splitlines()[:4] == [
        "| geometric means | cases | wasm / other wheel | wasm / native 128-bit | other wheel / native 128-bit |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| simple | 2 | 0.25 | 2.00 | 8.00 |",
        "| sorts | 1 | 1.00 | 4.00 | 4.00 |",
    ]


def test_worst_cases_come_first():
    assert worst([LOOPS, OTHER, NATIVE_128]).splitlines() == [
        "Most of wasm / other wheel: sort 1.00, add 0.25, less 0.25",
        "Most of wasm / native 128-bit: sort 4.00, add 2.00",
    ]


def test_speed_is_left_out_where_nothing_has_one():
    assert table([LOOPS]).splitlines()[0] == "| case | wasm, ms |"


def test_plot_of_classes_has_their_means_and_no_cases():
    measured = [LOOPS, OTHER, NATIVE_128]
    text = plot(measured, means(measured, GROUPS.__getitem__)).decode()
    assert "sorts" in text
    assert "less" not in text


def test_plot_of_one_group_has_its_cases_and_their_mean():
    measured = [LOOPS, NATIVE_128]
    text = plot(measured, means(measured, lambda _: ("all",))).decode()
    assert "less" in text
    assert "all (geometric mean)" in text


def test_plot_is_an_svg_that_loads_nothing():
    text = plot([WASM, NATIVE]).decode()
    assert "dgemm 2" in text
    root = ET.fromstring(text)
    assert root.tag.endswith("svg")
    assert not [value for element in root.iter() for value in element.attrib.values() if value.startswith("http")]


def test_series_without_cases_is_empty():
    assert read_series("wasm", "") == Series(name="wasm", cases={})
