from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN

from wasmwright.generate.reference import recipe_reference
from wasmwright.recipe import parse
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.problems import Problems
from wasmwright.recipe.schema import TABLES

if TYPE_CHECKING:
    from wasmwright.recipe.schema import Key, Table

ROOT = Path(__file__).parents[3]
KEYS = [(table, key) for table in TABLES for key in table.keys]


@pytest.mark.parametrize(("table", "key"), KEYS, ids=lambda entry: entry.name)
def test_every_key_is_described(table: Table, key: Key) -> None:
    page = recipe_reference(KNOWN)
    assert f"[{table.name}]" in page
    assert f"### `{key.name}`\n" in page


@pytest.mark.parametrize("build_type", list(BuildType))
def test_examples_of_all_keys_make_a_recipe(build_type: BuildType) -> None:
    """Every example is valid, and every default too."""
    text = ""
    for table in TABLES:
        if table.only in {None, build_type}:
            text += f"[[{table.name}]]\n" if table.repeated else f"[{table.name}]\n"
            for key in table.keys:
                taken = key.name == "type" or (table.name == "source" and key.name == "pypi")
                if not taken and key.only in {None, build_type}:
                    text += f"{key.name} = {key.example}\n"
            text += f'type = "{build_type}"\n' if table.name == "build" else ""
    tomllib.loads(text)
    problems = Problems()
    recipe = parse.parse_recipe(
        text, Path("pkgs/numpy/recipe.toml"), ["patches/0001-no-fork.patch"], problems, known=KNOWN
    )
    assert problems.found == []
    assert recipe is not None


def test_defaults_are_toml() -> None:
    for _table, key in KEYS:
        if key.default is not None:
            tomllib.loads(f"x = {key.default}")
