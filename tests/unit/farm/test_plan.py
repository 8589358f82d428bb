from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN

from wasmwright.errors import InvalidName, PackageNotOffered, UnknownPackage
from wasmwright.farm.changes import Changes, Everywhere
from wasmwright.farm.plan import Selection, plan
from wasmwright.recipe.parse import parse_recipe
from wasmwright.recipe.problems import Problems

if TYPE_CHECKING:
    from wasmwright.recipe.model import WrittenRecipe

OLD = "pyemscripten_2026_0"
NEW = "pyemscripten_2026_5"
TEXT = '[package]\nname = "demo"\nversion = "1.0"\n[source]\npypi = "demo"\n[tests]\nimports = ["demo"]\n'


def recipe(name: str, *, host: str = "", sets: tuple[str, ...] = ()) -> WrittenRecipe:
    found = parse_recipe(TEXT, Path("pkgs/demo/recipe.toml"), [], Problems(), known=KNOWN)
    assert found is not None
    return replace(found, name=name, path=Path(f"pkgs/{name}/recipe.toml"), host=tuple(host.split()), sets=sets)


RECIPES = {
    one.name: one
    for one in (
        recipe("apexpy", host="numpy", sets=("science",)),
        recipe("numpy", host="openblas", sets=("science",)),
        recipe("openblas", sets=("libraries",)),
        recipe("pyyaml", host="libyaml"),
        recipe("scipy", host="numpy openblas", sets=("science", "long")),
        replace(recipe("pybad"), disabled="upstream is gone"),
        replace(recipe("libyaml"), profiles=(NEW,), profiles_reason="needs exceptions"),
    )
}


def names(*, profile: str = NEW, **selection: object) -> tuple[str, ...]:
    return plan(Selection(**selection), RECIPES, profile=profile).names  # type: ignore[arg-type]


def test_names_come_once_and_after_what_they_need():
    assert names(patterns=("scipy", "openblas", "numpy", "scipy")) == ("openblas", "numpy", "scipy")


def test_globs_match_names():
    assert names(patterns=("*py",)) == ("numpy", "apexpy", "scipy")
    assert names(patterns=("[ns]*",)) == ("numpy", "scipy")


def test_all_leaves_out_what_is_not_offered_and_says_why():
    everything = plan(Selection(everything=True), RECIPES, profile=OLD)
    assert everything.names == ("openblas", "numpy", "apexpy", "pyyaml", "scipy")
    assert everything.left_out == {
        "libyaml": f"libyaml is not for profile {OLD}: needs exceptions",
        "pybad": "pybad is disabled: upstream is gone",
    }
    assert "libyaml" in names(everything=True)


def test_sets_add_up():
    assert names(sets=("libraries", "long")) == ("openblas", "scipy")
    assert names(sets=("libraries",), patterns=("apexpy",)) == ("openblas", "apexpy")


def test_sets_can_be_taken_out_but_for_what_is_named():
    assert names(everything=True, without=("long",)) == ("openblas", "numpy", "apexpy", "libyaml", "pyyaml")
    assert names(sets=("science",), without=("long",)) == ("numpy", "apexpy")
    assert "scipy" in names(patterns=("scipy",), everything=True, without=("long",))


def since(*changed: str, everywhere: Everywhere | None = None) -> Changes:
    return Changes(since="main", names=frozenset(changed), everywhere=everywhere)


def test_what_has_changed_is_built_with_what_needs_it():
    assert names(changes=since("numpy", "gone")) == ("numpy", "apexpy", "scipy")


def test_changes_narrow_what_else_is_asked_for():
    assert names(changes=since("numpy"), sets=("long",)) == ("scipy",)
    assert names(changes=since("numpy"), patterns=("openblas",)) == ()
    assert names(changes=since("numpy"), everything=True, without=("long",)) == ("numpy", "apexpy")


def test_a_change_of_the_toolchain_means_all_and_says_so():
    changed = Everywhere(file="nix/lib/names.nix", reason="is part of every build")
    found = plan(Selection(changes=since(everywhere=changed)), RECIPES, profile=NEW)
    assert len(found.names) == len(RECIPES) - 1
    assert found.note == "nix/lib/names.nix has changed since main and is part of every build: all packages"


def test_no_change_is_said():
    found = plan(Selection(changes=since()), RECIPES, profile=NEW)
    assert (found.names, found.note) == ((), "no package has changed since main")


def test_few_of_many_names_are_told():
    many = {f"p{number:03}": recipe(f"p{number:03}") for number in range(100)}
    with pytest.raises(UnknownPackage) as caught:
        plan(Selection(patterns=("zz*",)), many, profile=NEW)
    assert caught.value.hint == "`./wasmwright list` has all 100 packages"


def test_what_is_named_and_not_offered_keeps_no_other_from_its_build():
    named = Selection(patterns=("pybad", "libyaml", "numpy"))
    with pytest.raises(PackageNotOffered, match=r"^2 packages are not built:"):
        plan(named, RECIPES, profile=OLD)
    found = plan(named, RECIPES, profile=OLD, keep_going=True)
    assert (found.names, [*found.refused]) == (("numpy",), ["libyaml", "pybad"])
    assert found.left_out == {}


@pytest.mark.parametrize(
    ("selection", "kind", "message", "hint"),
    [
        (Selection(patterns=("nunpy",)), UnknownPackage, "there is no recipe", "did you mean `numpy`?"),
        (Selection(patterns=("num.py",)), InvalidName, "PEP 503", None),
        (Selection(patterns=("nunpy*",)), UnknownPackage, "no recipe's name matches `nunpy*`", "did you mean `numpy`?"),
        (Selection(sets=("sciense",)), UnknownPackage, "no recipe is in the set", "did you mean `science`?"),
        (Selection(without=("x",)), UnknownPackage, "set `x`", "the known sets: libraries, long, science"),
        (Selection(patterns=("pybad",)), PackageNotOffered, "pybad is disabled: upstream is gone", None),
        (Selection(patterns=("pybad", "py*")), PackageNotOffered, "pybad is disabled", None),
    ],
)
def test_what_cannot_be_chosen_is_refused(selection: Selection, kind: type[Exception], message: str, hint: str | None):
    with pytest.raises(kind) as caught:
        plan(selection, RECIPES, profile=NEW)
    assert message in str(caught.value)
    assert hint is None or getattr(caught.value, "hint", None) == hint
