from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomlkit
from recipe_known import KNOWN

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe.parse import parse_recipe
from wasmwright.recipe.problems import Problems
from wasmwright.recipe.write import (
    add_entries,
    add_table,
    new_recipe,
    remove_entries,
    remove_value,
    set_value,
    set_version,
)

if TYPE_CHECKING:
    from wasmwright.recipe.model import WrittenRecipe

PKGS = Path(__file__).parents[3] / "pkgs"
RECIPES = sorted(PKGS.glob("*/recipe.toml"))
TEXT = """\
# What this is.
[package]
name = "demo"
version = '1.0'  # the last one for 32 bits

[source]
pypi = "demo"

[build]
# Why ninja.
tools = ["ninja"]
without = [
    "cmake",  # ours is native
    "wheel",
]

# At the end.
[tests]
imports = ["demo"]
"""


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.parent.name)
def test_round_trip_is_byte_identical(path: Path):
    text = path.read_text(encoding="utf-8")
    assert tomlkit.dumps(tomlkit.parse(text)) == text
    assert set_version(text, "99.0") == text.replace(
        f'version = "{tomllib.loads(text)["package"]["version"]}"', 'version = "99.0"'
    )
    assert remove_entries(add_entries(text, "package", "sets", ["odd"]), "package", "sets", ["odd"]) == text


def test_version_is_set_where_it_stands():
    assert set_version(TEXT, "2.0") == TEXT.replace("'1.0'", '"2.0"')


@pytest.mark.parametrize(
    "spelled",
    [
        'package.name = "demo"\npackage.version = "1.0"\n',
        'package = { name = "demo", version = "1.0" }\n',
        '["package"]\n"name" = "demo"\n"version" = "1.0"\n',
        '[package]\nname = "demo"\n[tests]\nimports = ["x"]\n[tests.inner]\n[build]\n[source]\nversion = "1.0"\n',
    ],
)
def test_odd_spellings_are_kept(spelled: str):
    changed = set_version(spelled, "2.0")
    assert tomllib.loads(changed)["package"] == {"name": "demo", "version": "2.0"}
    assert changed.splitlines()[0][:9] == spelled.splitlines()[0][:9]


def test_entries_keep_the_comments_and_lines_of_their_list():
    changed = add_entries(TEXT, "build", "without", ["cmake", "setuptools"])
    assert changed == TEXT.replace('    "wheel",\n', '    "wheel",\n    "setuptools",\n')
    assert add_entries(TEXT, "build", "tools", ["perl"]) == TEXT.replace('["ninja"]', '["ninja", "perl"]')
    assert remove_entries(changed, "build", "without", ["setuptools", "absent"]) == TEXT


def test_list_without_entries_goes():
    changed = remove_entries(TEXT, "build", "tools", ["ninja"])
    assert "tools" not in tomllib.loads(changed)["build"]
    assert remove_entries(TEXT, "build", "flags", ["x"]) == TEXT


def test_new_keys_and_tables():
    changed = add_entries(TEXT, "dependencies", "host", ["zlib"])
    assert changed == f'{TEXT}\n[dependencies]\nhost = ["zlib"]\n'
    changed = set_value(TEXT, "package", "disabled", 'it is "gone"')
    assert tomllib.loads(changed)["package"]["disabled"] == 'it is "gone"'
    assert changed.startswith(TEXT[: TEXT.index("[source]") - 1])
    assert remove_value(changed, "package", "disabled") == TEXT
    assert remove_value(TEXT, "dependencies", "host") == TEXT


def test_long_lists_get_a_line_for_each_entry():
    long = [f"{number:04d}-{'x' * 40}.patch" for number in range(3)]
    changed = set_value(TEXT, "source", "patches", long)
    assert 'patches = [\n    "0000-' in changed
    assert tomllib.loads(changed)["source"]["patches"] == long


def test_table_more_of_a_repeated_one():
    once = add_table(TEXT, "tests.suite", {"args": ["--pyargs", "demo"], "name": "all"})
    assert once == f'{TEXT}\n[[tests.suite]]\nname = "all"\nargs = ["--pyargs", "demo"]\n'
    twice = add_table(once, "tests.suite", {"name": "slow", "args": []})
    assert [suite["name"] for suite in tomllib.loads(twice)["tests"]["suite"]] == ["all", "slow"]
    with pytest.raises(InvalidRecipe, match=r"has a table \[build\] already"):
        add_table(TEXT, "build", {"tools": ["ninja"]})


def test_new_recipe_is_one():
    text = new_recipe(
        {
            "tests": {"imports": ["demo"]},
            "package": {"version": "1.0", "name": "demo"},
            "source": {"pypi": "demo"},
            "build": {"config-settings": {"setup-args": ["-Dx=1"], "quiet": "yes"}, "env": {"A": 'say "hi"\n'}},
            "dependencies": {},
        }
    )
    assert text.startswith('[package]\nname = "demo"\nversion = "1.0"\n\n[source]\npypi = "demo"\n\n[build]\n')
    recipe = parsed(text)
    assert recipe.build.config_settings == {"setup-args": ("-Dx=1",), "quiet": "yes"}
    assert recipe.build.env == {"A": 'say "hi"\n'}


def parsed(text: str) -> WrittenRecipe:
    problems = Problems()
    recipe = parse_recipe(text, Path("pkgs/demo/recipe.toml"), [], problems, known=KNOWN)
    assert problems.found == []
    assert recipe is not None
    return recipe
