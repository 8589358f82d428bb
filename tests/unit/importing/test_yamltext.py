from __future__ import annotations

import pytest

from wasmwright.importing import bounds
from wasmwright.importing.yamltext import Listing, Mapping, Scalar, parse_yaml, scalars
from wasmwright.limits import LimitExceeded
from wasmwright.reading import Unreadable


def test_scalars_stay_texts_with_their_lines():
    root = parse_yaml("version: 3.10\nlist:\n  - yes\n  - 'null'\n  -\nscript: |\n  a\n  b\n", where="f")
    assert root.lines == {"version": 1, "list": 2, "script": 6}
    version, listed, script = root.items.values()
    assert isinstance(version, Scalar)
    assert (version.text, version.plain) == ("3.10", True)
    assert isinstance(listed, Listing)
    assert [one.is_nothing for one in listed.items if isinstance(one, Scalar)] == [False, False, True]
    assert isinstance(script, Scalar)
    assert (script.text, script.line, script.block) == ("a\nb\n", 6, True)
    assert [one.text for one in scalars(root)] == ["a\nb\n", "", "null", "yes", "3.10"]


def test_alias_is_the_same_node_and_counts_as_often_as_it_stands():
    root = parse_yaml("a: &a [1, 2]\nb: *a\n", where="f")
    assert isinstance(root, Mapping)
    assert root.items["a"] is root.items["b"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\na: 2\n", 2, "`a` stands twice, first on line 1"),
        ("a: 1\nb: !!python/object/apply:os.system [x]\n", 2, "no objects are made"),
        ("a: !thing 1\n", 1, "the tag `!thing`"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: &a [*a]\n", 1, "names nothing that is complete"),
        ("a: *b\n", 1, "names nothing that is complete"),
        ("[a]: 1\n", 1, "a list or mapping stands as a key"),
        ("a: b: c\n", 1, "mapping values are not allowed"),
        ("x\n", 1, "no mapping of fields"),
        ("# nothing\n", None, "it is empty"),
        ("a: 1\nb: \0\n", 2, "the character '\\x00'"),
        ('a: "\\UFFFFFFFF"\n', None, "a number that is none"),
        (f"%YAML {'1' * 5000}.1\n--- a\n", None, "a number that is none"),
    ],
)
def test_what_is_no_recipe_is_told_with_its_line(text: str, line: int | None, reason: str):
    with pytest.raises(Unreadable) as caught:
        parse_yaml(text, where="f")
    assert caught.value.line == line
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "{a: " * 5000,
        "- " * 5000,
        "".join(f"{' ' * depth}a:\n" for depth in range(60)),
        "a: &a [x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{f'*{a},' * 8}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)),
        "a: [" + "x," * 30_000 + "]",
        "a" * (bounds.SIZE.most + 1),
    ],
    ids=["lists", "mappings", "entries", "indents", "bomb", "values", "size"],
)
def test_what_would_cost_too_much_is_refused(text: str):
    with pytest.raises(LimitExceeded, match="f"):
        parse_yaml(text, where="f")
