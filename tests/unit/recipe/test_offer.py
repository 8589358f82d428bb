from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN

from wasmwright.errors import PackageNotOffered
from wasmwright.recipe.offer import check_offered, offered
from wasmwright.recipe.parse import parse_recipe
from wasmwright.recipe.problems import Problems

if TYPE_CHECKING:
    from wasmwright.recipe.model import WrittenRecipe

TEXT = '[package]\nname = "demo"\nversion = "1.0"\n[source]\npypi = "demo"\n[tests]\nimports = ["demo"]\n'


def demo() -> WrittenRecipe:
    recipe = parse_recipe(TEXT, Path("pkgs/demo/recipe.toml"), [], Problems(), known=KNOWN)
    assert recipe is not None
    return recipe


def test_what_is_disabled_is_left_out_of_all_and_refused_by_name():
    recipe = replace(demo(), disabled="upstream is gone")
    assert offered({"demo": recipe, "other": demo()}) == {"other": demo()}
    with pytest.raises(PackageNotOffered) as caught:
        check_offered([recipe])
    assert str(caught.value) == "demo is disabled: upstream is gone"
    assert caught.value.hint == "the reason stands in pkgs/demo/recipe.toml: take `disabled` out when it is gone"


def test_what_leaves_a_profile_out_is_refused_there_only():
    recipe = replace(demo(), profiles=("new",), profiles_reason="needs exceptions")
    assert offered({"demo": recipe}, "new") == offered({"demo": recipe}) == {"demo": recipe}
    assert offered({"demo": recipe}, "old") == {}
    check_offered([recipe], "new")
    with pytest.raises(PackageNotOffered, match=r"^demo is not for profile old: needs exceptions$"):
        check_offered([recipe], "old")
    limited, gone = replace(recipe, name="limited"), replace(demo(), name="gone", disabled="upstream is gone")
    with pytest.raises(PackageNotOffered, match=r"^limited is not for profile old: needs exceptions$") as caught:
        check_offered([demo(), limited], "old")
    assert str(caught.value.hint).startswith("leave limited out; `--profile new` has it; the reason stands in ")
    with pytest.raises(PackageNotOffered) as caught:
        check_offered([demo(), limited, gone], "old", others="--keep-going builds the others")
    lines = "limited is not for profile old: needs exceptions\n  gone is disabled: upstream is gone"
    assert str(caught.value) == f"2 packages are not built:\n  {lines}"
    assert str(caught.value.hint).startswith("--keep-going builds the others; ")
