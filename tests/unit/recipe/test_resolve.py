from __future__ import annotations

import pytest
from recipe_writer import by_name, written

from wasmwright.errors import DependencyCycle, InvalidRecipe
from wasmwright.recipe.resolve import resolve_all


def test_dependencies_become_recipes_in_build_order() -> None:
    recipes = by_name(written("a", run=("c", "b")), written("b", host=("c",)), written("c"))
    resolved = resolve_all(recipes)
    assert list(resolved) == ["c", "b", "a"]
    assert resolved["a"].run == (resolved["b"], resolved["c"])


def test_recipe_that_needs_itself_is_a_cycle() -> None:
    with pytest.raises(DependencyCycle, match="`a` -> `a`"):
        resolve_all(by_name(written("a", run=("a",))))


def test_unknown_dependency_is_told() -> None:
    with pytest.raises(InvalidRecipe, match="there is no recipe `b`"):
        resolve_all(by_name(written("a", run=("b",))))
