from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import faults
from recipe_known import KNOWN

from wasmwright.errors import InvalidRecipe, UnknownPackage
from wasmwright.files import write_json
from wasmwright.recipe.parse import load_recipe
from wasmwright.runtime.known import KnownFailure, judge
from wasmwright.runtime.suite import PartResult, TestOutcome
from wasmwright.suites import chosen_parts, report, table

PKGS = Path(__file__).parents[2] / "pkgs"
RESULTS = [
    PartResult(
        name="core",
        tests={"a": TestOutcome(outcome="passed"), "b": TestOutcome(outcome="failed", line="no threads")},
        seconds=61.2,
    ),
    PartResult(name="fft", tests={"c": TestOutcome(outcome="skipped")}, seconds=1),
]
VERDICT = judge(RESULTS, [KnownFailure(test="b", reason="no threads")], whole=True)


def test_parts_of_a_recipe_and_those_named():
    numpy = load_recipe(PKGS / "numpy" / "recipe.toml", KNOWN)
    assert {"core", "fft"} <= {part.name for part in chosen_parts(numpy, [])}
    assert [part.name for part in chosen_parts(numpy, ["fft"])] == ["fft"]
    with pytest.raises(UnknownPackage, match="has no part `ftf`"):
        chosen_parts(numpy, ["ftf"])


def test_a_recipe_without_a_suite_says_so():
    with pytest.raises(InvalidRecipe, match="names no test suite"):
        chosen_parts(load_recipe(PKGS / "markupsafe" / "recipe.toml", KNOWN), [])


def test_table_has_a_line_a_part_and_the_sum():
    assert table(RESULTS, VERDICT).splitlines() == [
        "part    tests   passed   failed  skipped  xfailed  crashed    known  seconds",
        "core        2        1        1        0        0        0        1       61",
        "fft         1        0        0        1        0        0        0        1",
        "all         3        1        1        1        0        0        1       62",
    ]


def test_a_part_may_have_the_name_of_the_sum():
    part = PartResult(name="all", tests={"a": TestOutcome(outcome="passed")}, seconds=1)
    lines = table([part], judge([part], (), whole=True)).splitlines()
    assert [line.split()[0] for line in lines] == ["part", "all", "all"]


def test_report_names_what_did_not_pass_and_is_written_whole(tmp_path: Path):
    document = report("numpy", RESULTS, VERDICT, profile="some")
    assert document["ok"] is True
    assert document["profile"] == "some"
    write_json(tmp_path / "tests" / "numpy.json", document)
    written = json.loads((tmp_path / "tests" / "numpy.json").read_text())
    assert faults("test --suite", written) == []
    assert written["parts"][0]["failures"] == {"b": {"outcome": "failed", "line": "no threads"}}
    assert [path.name for path in (tmp_path / "tests").iterdir()] == ["numpy.json"]
