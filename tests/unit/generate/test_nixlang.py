from __future__ import annotations

import pytest

from wasmwright.generate import nixlang
from wasmwright.generate.nixlang import Path, Variable


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("-Dx=1", '"-Dx=1"'),
        ('say "hi"', r'"say \"hi\""'),
        ("back\\slash", r'"back\\slash"'),
        ("${HOME}", r'"\${HOME}"'),
        ("$${x}", r'"$\${x}"'),
        ("\\${x}", r'"\\\${x}"'),
        ("$HOME and {x}", '"$HOME and {x}"'),
        ("two ''quotes''", "\"two ''quotes''\""),
        ("a\nb\tc\rd", r'"a\nb\tc\rd"'),
        ("naïve ✓", '"naïve ✓"'),
    ],
)
def test_string(text: str, literal: str) -> None:
    assert nixlang.string(text) == literal


def test_nul_has_no_literal() -> None:
    with pytest.raises(ValueError, match="NUL"):
        nixlang.string("a\0b")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("setup-args", "setup-args"),
        ("_x'", "_x'"),
        ("or", '"or"'),
        ("if", '"if"'),
        ("3d", '"3d"'),
        ("a.b", '"a.b"'),
        ("a b", '"a b"'),
        ("", '""'),
        ("${x}", r'"\${x}"'),
        ("ä", '"ä"'),
    ],
)
def test_attribute(name: str, text: str) -> None:
    assert nixlang.attribute(name) == text


@pytest.mark.parametrize(
    ("name", "text"), [("zlib", "zlib"), ("lib-png", "lib-png"), ("3to2", "_3to2"), ("with", "_with"), ("or", "_or")]
)
def test_argument(name: str, text: str) -> None:
    assert nixlang.argument(name) == text


def test_path() -> None:
    assert nixlang.path("patches/0001-x+y_z.patch") == "./patches/0001-x+y_z.patch"


@pytest.mark.parametrize("text", ["", "/a", "a b", "../a", "a/../b", "a/", "${x}", "ä"])
def test_odd_paths_have_no_literal(text: str) -> None:
    with pytest.raises(ValueError, match="no path literal"):
        nixlang.path(text)


def test_empty_collections() -> None:
    assert nixlang.value([]) == "[ ]"
    assert nixlang.value({}) == "{ }"


def test_one_item_stays_on_the_line() -> None:
    assert nixlang.value(["a"]) == '[ "a" ]'
    assert nixlang.value([Path("x.patch")]) == "[ ./x.patch ]"
    assert nixlang.value([Variable("with")]) == "[ _with ]"


def test_more_items_stand_below_each_other() -> None:
    assert nixlang.value({"a": ["x", "y"]}) == '{\n  a = [\n    "x"\n    "y"\n  ];\n}'


def test_one_item_moves_down_where_the_line_is_full() -> None:
    fits = "x" * (nixlang.WIDTH - len('  a = [ "" ];'))
    assert nixlang.value({"a": [fits]}) == f'{{\n  a = [ "{fits}" ];\n}}'
    assert nixlang.value({"a": [f"{fits}x"]}) == f'{{\n  a = [\n    "{fits}x"\n  ];\n}}'


def test_nested_sets_are_indented_and_keep_their_order() -> None:
    assert nixlang.value({"b": {"z": "1", "a": "2"}}) == '{\n  b = {\n    z = "1";\n    a = "2";\n  };\n}'


def test_parameters_are_sorted_without_repeats() -> None:
    assert nixlang.parameters(["b"]) == "{ b }:"
    assert nixlang.parameters(["b", "a", "b"]) == "{ a, b }:"
    assert nixlang.parameters(["b", "a", "3c"]) == "{\n  _3c,\n  a,\n  b,\n}:"
