from __future__ import annotations

from dataclasses import replace

from recipe_writer import BUILD, by_name, written

from wasmwright.farm.needs import Arrow, dot, needs
from wasmwright.recipe.model import BuildType

LIBRARY = replace(written("zlib"), build=replace(BUILD, type=BuildType.LIBRARY))
RECIPES = by_name(
    LIBRARY,
    written("numpy"),
    written("earcut", run=("numpy",)),
    written("h5py", host=("numpy", "zlib"), run=("numpy",)),
    written("alone"),
)


def names(*wanted: str, reverse: bool = False) -> list[str]:
    return [node.name for node in needs(RECIPES, wanted, reverse=reverse).nodes]


def test_what_is_needed_comes_along_or_what_needs_it():
    assert names("h5py") == ["h5py", "numpy", "zlib"]
    assert names("numpy", reverse=True) == ["earcut", "h5py", "numpy"]
    assert names(*RECIPES) == sorted(RECIPES)


def test_an_arrow_tells_whether_the_build_needs_it():
    assert needs(RECIPES, ["earcut", "h5py"]).arrows == (
        Arrow(source="earcut", target="numpy", builds=False),
        Arrow(source="h5py", target="numpy", builds=True),
        Arrow(source="h5py", target="zlib", builds=True),
    )


def test_what_is_not_among_the_recipes_is_left_out():
    assert [node.name for node in needs(by_name(written("a", run=("gone",))), ["a"]).nodes] == ["a"]


def test_dot_has_corners_for_libraries_and_dashes_for_what_only_runs():
    text = dot(needs(RECIPES, ["earcut", "h5py"]))
    assert '"zlib" [label="zlib\\n1.0", shape=box];' in text
    assert '"earcut" -> "numpy" [style=dashed];' in text
    assert '"h5py" -> "zlib";' in text
