from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from documents import faults

from wasmwright.bench.plot import plot
from wasmwright.bench.results import Series, document, ratio, read_series, table

WASM = read_series(
    "wasm", '{"case": "dgemm 2", "seconds": 0.002, "flops": 4e6}\nnoise\n{"case": "eig 2", "seconds": 1, "flops": null}'
)
NATIVE = read_series("native", '{"case": "dgemm 2", "seconds": 0.001, "flops": 4e6}')


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
    written = json.loads(json.dumps(document([WASM, NATIVE], profile="some", machine="x", versions={"numpy": "2"})))
    assert faults("bench", written) == []
    assert written["series"]["native"] == {"dgemm 2": {"seconds": 0.001, "gflops": 4.0}}


def test_plot_is_an_svg_that_loads_nothing():
    text = plot([WASM, NATIVE]).decode()
    assert "dgemm 2" in text
    root = ET.fromstring(text)
    assert root.tag.endswith("svg")
    assert not [value for element in root.iter() for value in element.attrib.values() if value.startswith("http")]


def test_series_without_cases_is_empty():
    assert read_series("wasm", "") == Series(name="wasm", cases={})
