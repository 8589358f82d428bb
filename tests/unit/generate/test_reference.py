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
from wasmwright.sources.kinds.table import NAMED

if TYPE_CHECKING:
    from wasmwright.recipe.schema import Key, Table
    from wasmwright.sources.kinds.kind import Kind

ROOT = Path(__file__).parents[3]
KEYS = [(table, key) for table in TABLES for key in table.keys]


@pytest.mark.parametrize(("table", "key"), KEYS, ids=lambda entry: entry.name)
def test_every_key_is_described(table: Table, key: Key) -> None:
    page = recipe_reference(KNOWN)
    assert f"[{table.name}]" in page
    assert f"### `{key.name}`\n" in page


def _written(table: Table, kind: Kind, build_type: BuildType) -> list[Key]:
    """The keys of a table that go together."""
    others = {option.name for other in NAMED if other is not kind for option in other.options}
    others -= {option.name for option in kind.options}
    others |= {option.name for option in kind.options if option.instead_of is not None}
    if table.name == "source.more" and not kind.has_version:
        others.add("version")
    return [key for key in table.keys if key.name not in others and key.only in {None, build_type}]


def test_examples_of_what_stands_instead_of_another_are_valid() -> None:
    instead = [option for kind in NAMED for option in kind.options if option.instead_of is not None]
    assert instead
    assert [option.name for option in instead if option.check(option.example.strip('"')) is not None] == []


@pytest.mark.parametrize("kind", [kind for kind in NAMED if kind.key != "pypi-wheel"], ids=lambda kind: kind.key)
@pytest.mark.parametrize("build_type", list(BuildType))
def test_examples_of_all_keys_make_a_recipe(build_type: BuildType, kind: Kind) -> None:
    """Every example is valid, and every default too."""
    text = ""
    for table in TABLES:
        if table.only in {None, build_type}:
            text += f"[[{table.name}]]\n" if table.repeated else f"[{table.name}]\n"
            for key in _written(table, kind, build_type):
                text += f"{key.name} = {key.example}\n" if key.name != "type" else f'type = "{build_type}"\n'
    check(text)


def test_examples_of_a_finished_wheel_make_a_recipe() -> None:
    wheel = next(kind for kind in NAMED if kind.key == "pypi-wheel")
    text = f"[source]\npypi-wheel = {wheel.options[0].example}\n"
    for table in TABLES:
        if table.name in {"package", "dependencies", "tests"}:
            keys = [key for key in table.keys if key.name != "host"]
            text += f"[{table.name}]\n" + "".join(f"{key.name} = {key.example}\n" for key in keys)
    check(text)


def check(text: str) -> None:
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
