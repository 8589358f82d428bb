from __future__ import annotations

import pytest

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe.problems import Problem, Problems, suggestion


def test_problems_are_sorted_by_file_and_line() -> None:
    problems = Problems(found=[Problem(file="b", message="m1"), Problem(file="a", line=9, message="m2")])
    problems.found.append(Problem(file="a", line=2, message="m3"))
    with pytest.raises(InvalidRecipe) as caught:
        problems.raise_if_any()
    assert str(caught.value).splitlines()[1:] == ["  a:2: m3", "  a:9: m2", "  b: m1"]


def test_nothing_is_raised_without_problems() -> None:
    Problems().raise_if_any()


def test_suggestion_is_the_nearest_or_all() -> None:
    assert suggestion("flgas", ["flags", "env"]) == "; did you mean `flags`?"
    assert suggestion("zzz", ["flags", "env"]) == "; known: env, flags"
    assert suggestion("zzz", []) == ""
    assert suggestion("zzz", [f"name{number}" for number in range(100)]) == ""


def test_a_thousand_mistakes_are_not_all_told() -> None:
    problems = Problems(found=[Problem(file="a", line=line, message="m") for line in range(1000)])
    with pytest.raises(InvalidRecipe, match="1000 mistakes") as caught:
        problems.raise_if_any()
    assert str(caught.value).splitlines()[-1] == "  and 950 more"
