from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN
from recipe_writer import written

from wasmwright.errors import DependencyCycle, InvalidRecipe
from wasmwright.farm.plan import Selection, plan
from wasmwright.names import find
from wasmwright.recipe.parse import load_all
from wasmwright.recipe.problems import Problem, Problems
from wasmwright.recipe.recipes import Recipes
from wasmwright.recipe.resolve import check_dependencies

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = Problems(found=[Problem(file="pkgs/broken/recipe.toml", message="is broken")])


def recipes() -> Recipes:
    all_of_them = (
        written("sound"),
        written("needs-broken", run=("broken",)),
        written("needs-nothing-there", run=("nothing",)),
        written("round", run=("about",)),
        written("about", run=("round",)),
    )
    return Recipes(sound={recipe.name: recipe for recipe in all_of_them}, broken={"broken": BROKEN})


def test_what_is_broken_is_told_to_whoever_asks_for_it():
    found = recipes()
    assert "broken" not in list(found)
    assert len(found) == 5
    for ask in (lambda: found["broken"], lambda: "broken" in found, lambda: find("broken", found)):
        with pytest.raises(InvalidRecipe, match="is broken"):
            ask()
    with pytest.raises(KeyError):
        found["nothing"]


def test_what_is_asked_for_is_checked_and_nothing_else():
    found = recipes()
    check_dependencies(found, ["sound"])
    assert plan(Selection(patterns=("sound",)), found, profile="any").names == ("sound",)
    with pytest.raises(InvalidRecipe, match="is broken"):
        check_dependencies(found, ["needs-broken"])
    with pytest.raises(InvalidRecipe, match="no recipe `nothing`"):
        check_dependencies(found, ["needs-nothing-there"])
    with pytest.raises(DependencyCycle):
        check_dependencies(found, ["round"])
    with pytest.raises(DependencyCycle):
        plan(Selection(patterns=("round",)), found, profile="any")


def test_all_mistakes_are_told_where_all_are_meant():
    found = recipes()
    found.check(["sound"])
    with pytest.raises(InvalidRecipe, match="is broken"):
        found.check()
    with pytest.raises(InvalidRecipe, match="is broken"):
        found.including(written("one-more")).check(["broken", "one-more"])


def test_a_recipe_that_cannot_be_read_is_a_broken_one(tmp_path: Path):
    (tmp_path / "odd/recipe.toml").mkdir(parents=True)
    (tmp_path / "bytes").mkdir()
    (tmp_path / "bytes/recipe.toml").write_bytes(b"\xff")
    found = load_all(tmp_path, KNOWN)
    assert set(found.broken) == {"odd", "bytes"}
    with pytest.raises(InvalidRecipe, match="cannot be read: Is a directory"):
        found["odd"]
