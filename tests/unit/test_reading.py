from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright import limits, reading
from wasmwright.limits import LimitExceeded
from wasmwright.reading import Fields, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.limits import Limit


def test_toml_and_json_are_read():
    assert reading.toml('a.b = "c.d.e" # [[[[\n[x."y.z"]\n', where="x") == {"a": {"b": "c.d.e"}, "x": {"y.z": {}}}
    assert reading.json_value('{"a": ["[[[", "\\"{"]}', where="x") == {"a": ["[[[", '"{']}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("a." * 20_000 + "b = 1", limits.KEY_PARTS),
        (f"[{'a.' * 20_000}b]", limits.KEY_PARTS),
        ("\"a\" . 'b'." * 20_000 + "b = 1", limits.KEY_PARTS),
        ("a = " + "[" * 100_000, limits.TOML_DEPTH),
        ("a = " + "{a=" * 100_000, limits.TOML_DEPTH),
        ("a = '''\n.[''' \nb = " + "[\n" * 100_000, limits.TOML_DEPTH),
        ("a = [" + "1," * 100_000 + "]", limits.TOML_VALUES),
        ("#" * (1 << 21), limits.TOML_SIZE),
    ],
)
def test_toml_is_measured_before_it_is_parsed(text: str, limit: Limit):
    with pytest.raises(LimitExceeded, match=r"x\.toml") as caught:
        reading.toml(text, where="x.toml")
    assert caught.value.limit is limit


@pytest.mark.parametrize(
    "text",
    [
        'a = """' + "\\'" * 400_000,
        'a = """' + '""\\' * 300_000,
        "a = '''" + "''x" * 300_000,
        'a = "' + '\\"' * 400_000,
        "a = " + "9" * 900_000,
        "a = 1\na = 2",
        "= 1",
        "a = 2020-99-99",
    ],
)
def test_broken_toml_is_one_kind_of_error(text: str):
    with pytest.raises(Unreadable):
        reading.toml(text, where="x")


def test_mistake_in_toml_has_a_line():
    with pytest.raises(Unreadable) as caught:
        reading.toml("a = 1\nb =\n", where="x")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("[" * 100_000, limits.JSON_DEPTH),
        ('{"a":' * 100_000, limits.JSON_DEPTH),
        ('["\\"]",' + "[" * 100_000, limits.JSON_DEPTH),
        ("[" + "[]," * 3_000_000 + "1]", limits.JSON_VALUES),
        ('"' + "x" * (1 << 26) + '"', limits.JSON_SIZE),
    ],
)
def test_json_is_measured_before_it_is_parsed(text: str, limit: Limit):
    with pytest.raises(LimitExceeded) as caught:
        reading.json_value(text, where="x")
    assert caught.value.limit is limit


@pytest.mark.parametrize(
    "text", ["", "{", '"\\ud800"', '{"\\udfff": 1}', "1" * 5000, '"' + '\\"' * 4_000_000, b"\xff", "\ufeff{}"]
)
def test_broken_json_is_one_kind_of_error(text: str | bytes):
    with pytest.raises(Unreadable):
        reading.json_value(text, where="x")


def test_characters_of_two_halves_are_whole():
    assert reading.json_value('"\\ud83d\\ude00"', where="x") == "\U0001f600"


def test_file_is_not_read_beyond_its_limit(tmp_path: Path):
    (tmp_path / "x.toml").write_bytes(b" " * ((1 << 20) + 1))
    with pytest.raises(LimitExceeded, match=r"x\.toml: size of a TOML text"):
        reading.toml_file(tmp_path / "x.toml")
    (tmp_path / "x.toml").write_bytes(b"\xe9")
    with pytest.raises(Unreadable, match=r"not UTF-8 text: .* at byte 0"):
        reading.toml_file(tmp_path / "x.toml")


WRITTEN = Fields({"t": "x", "n": 1, "b": True, "ts": ["a"], "mixed": ["a", 1], "o": {"p": {"q": 1}}})


def test_values_have_their_types():
    assert WRITTEN.text("t") == WRITTEN.text("gone", "x") == "x"
    assert WRITTEN.number("n") == 1
    assert WRITTEN.texts("ts") == ("a",)
    assert WRITTEN.texts("gone", ()) == ()
    assert WRITTEN.optional_text("gone") is None
    assert WRITTEN.table("o").all_tables()["p"].content == {"q": 1}
    assert WRITTEN.table("gone", is_optional=True).content == {}


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: WRITTEN.text("gone"), "gone is missing"),
        (lambda: WRITTEN.text("n"), "n is no string"),
        (lambda: WRITTEN.number("b"), "b is no whole number"),
        (lambda: WRITTEN.number("t"), "t is no whole number"),
        (lambda: WRITTEN.texts("mixed"), "an entry of mixed is no string"),
        (lambda: WRITTEN.texts("t", ()), "t is no list"),
        (lambda: WRITTEN.tables("ts"), "an entry of ts is no object"),
        (lambda: WRITTEN.table("o").table("p").all_texts(), r"o\.p\.q is no string"),
        (lambda: Fields.of([]), "it is no object"),
    ],
)
def test_other_values_are_named(ask: object, told: str):
    assert callable(ask)
    with pytest.raises(Unreadable, match=told):
        ask()
