from __future__ import annotations

import pytest

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe.problems import Problem, Problems, line_of, suggestion

TEXT = """\
[package]
name = "a"  # the name
"version" = "1"

[[tests.suite]]
name = "x"

[[ tests.suite ]]  # two
name = "y"
"""


@pytest.mark.parametrize(
    ("table", "key", "nth", "line"),
    [
        ("package", "name", 1, 2),
        ("package", "version", 1, 3),
        ("package", "missing", 1, 1),
        ("tests.suite", "name", 1, 6),
        ("tests.suite", "name", 2, 9),
        ("tests.suite", "args", 2, 8),
        ("absent", "name", 1, None),
    ],
)
def test_line_of(table: str, key: str, nth: int, line: int | None) -> None:
    assert line_of(TEXT, table, key, nth) == line


def test_key_outside_of_all_tables_is_found() -> None:
    assert line_of("# top\nkey = 1\n[a]\n", None, "key") == 2


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
