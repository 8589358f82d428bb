from __future__ import annotations

import json
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documents import faults
from recipe_known import KNOWN

from wasmwright.errors import InvalidRecipe, UnknownPackage
from wasmwright.files import write_json
from wasmwright.recipe.parse import load_recipe
from wasmwright.runtime.known import KnownFailure, judge
from wasmwright.runtime.suite import Part, PartResult, TestOutcome
from wasmwright.suites import chosen_parts, failed_if_empty, in_place, report, source_folders, table

if TYPE_CHECKING:
    from wasmwright.recipe.model import WrittenRecipe

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


EMPTY = PartResult(name="none", tests={}, seconds=1)
FAILED = PartResult(name="lost", tests={}, seconds=1, error="no pytest")


@pytest.mark.parametrize(
    ("results", "expression", "errors"),
    [
        ([*RESULTS, EMPTY], "", {"none": "pytest found no test: see `args` of the part"}),
        ([*RESULTS, EMPTY], "a", {}),
        ([EMPTY, EMPTY], "zz", {"none": "no test fits -k 'zz'"}),
        ([FAILED], "", {"lost": "no pytest"}),
        (RESULTS, "", {}),
    ],
)
def test_a_part_without_a_test_is_an_error(results: list[PartResult], expression: str, errors: dict[str, str]):
    verdict = judge(failed_if_empty(results, expression), [KnownFailure(test="b", reason="no threads")], whole=False)
    assert verdict.errors == errors
    assert verdict.ok is not bool(errors)


def with_folder(folder: str) -> WrittenRecipe:
    recipe = load_recipe(PKGS / "kiwisolver" / "recipe.toml", KNOWN)
    return replace(recipe, tests=replace(recipe.tests, folders=(folder,)))


def test_folders_of_a_source_go_by_their_own_names_and_a_wrong_one_is_told(tmp_path: Path):
    archive, into = tmp_path / "demo-1.tar.gz", tmp_path / "state"
    for name in ("py/tests/test_a.py", "py/demo.py"):
        (tmp_path / "demo-1" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "demo-1" / name).write_text("")
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(tmp_path / "demo-1", "demo-1")
    stale = into / "demo-1/py/tests/test_of_old.py"
    stale.parent.mkdir(parents=True)
    stale.write_text("")
    assert source_folders(with_folder("py/tests"), archive, into) == {into / "demo-1/py/tests": "tests"}
    assert [path.name for path in (into / "demo-1/py/tests").iterdir()] == ["test_a.py"]
    assert source_folders(with_folder("py"), tmp_path / "demo-1", into) == {tmp_path / "demo-1/py": "py"}
    for wrong in ("tests", "py/demo.py"):
        told = rf"pkgs/kiwisolver/recipe.toml: \[tests\] folders: the source has no folder `{wrong}`"
        with pytest.raises(InvalidRecipe, match=told):
            source_folders(with_folder(wrong), archive, into)


def test_arguments_name_the_place_of_a_folder_and_a_wrong_one_is_told():
    recipe = with_folder("py/tests")
    parts = (Part(name="all", args=("--pyargs", "tests", "-o", "pythonpath={folder:tests}/lib {folder:tests} {x}")),)
    (placed,) = in_place(parts, recipe, "/site")
    assert placed == Part(name="all", args=("--pyargs", "tests", "-o", "pythonpath=/site/tests/lib /site/tests {x}"))
    told = r"pkgs/kiwisolver/recipe.toml: \[\[tests.suite\]\] args: `\{folder:tests\}` names no folder of `folders`"
    with pytest.raises(InvalidRecipe, match=told):
        in_place(parts, with_folder("py"), "/site")


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
