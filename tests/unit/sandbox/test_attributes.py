from __future__ import annotations

import copy
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from wasmwright.sandbox import attributes
from wasmwright.sandbox.attributes import Attributes, Place, Python, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA: dict[str, Any] = json.loads(Path(attributes.__file__).with_name("attributes.schema.json").read_text())
# What only Nix looks at.
NIX = {("builder",), ("name",), ("system",)}
DOCUMENT: dict[str, Any] = {
    "name": "thing-1-wheel",
    "system": "x86_64-linux",
    "builder": "/store/bash",
    "outputs": {"out": "/store/out"},
    "sources": [
        {"path": "/store/thing.tar.gz", "into": "", "unpack": True},
        {"path": "/store/data.bin", "into": "data", "unpack": False},
    ],
    "folder": "python",
    "patches": ["/store/0001.patch"],
    "toolchain": "/store/toolchain",
    "python": {"interpreter": "/store/python", "target": "/store/target", "environments": ["/store/environment"]},
    "variables": {"CC": "emcc"},
    "path": ["/store/shell"],
    "dependencies": ["/store/zlib"],
    "needed": ["/store/zlib"],
    "build": {
        "name": "thing",
        "version": "1",
        "cflags": ["-DC"],
        "cxxflags": ["-DCXX"],
        "ldflags": ["-lz"],
        "env": {"THING": "1"},
        "settings": {"mesonpy": {"setup-args": ["-Da=b"]}},
        "system": "cmake",
        "flags": ["-DX=ON"],
        "configSettings": {"setup-args": ["-Dc=d"], "one": "e"},
        "exports": ["f", "g"],
    },
}


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], Attributes]:
    monkeypatch.setenv("NIX_ATTRS_JSON_FILE", str(tmp_path / "attrs.json"))

    def read(document: dict[str, Any]) -> Attributes:
        (tmp_path / "attrs.json").write_text(json.dumps(document))
        return load()

    return read


def keys(schema: dict[str, Any], *, only_required: bool = False) -> Iterator[tuple[str, ...]]:
    """Every key that a schema lists, with those of objects in objects; lists of objects by their first."""
    for name, inner in schema.get("properties", {}).items():
        if not only_required or name in schema["required"]:
            yield (name,)
            below = inner.get("items", inner) if inner.get("type") == "array" else inner
            yield from ((name, *key) for key in keys(below, only_required=only_required))


# Those without keys of their own.
LEAVES = [key for key in keys(SCHEMA) if key not in NIX and not any(k[: len(key)] == key != k for k in keys(SCHEMA))]


def owner(document: dict[str, Any], key: tuple[str, ...]) -> dict[str, Any]:
    for name in key[:-1]:
        value = document[name]
        document = value[0] if isinstance(value, list) else value
    return document


def other(value: object) -> object:
    match value:
        case bool():
            return not value
        case str():
            return f"{value}x"
        case list():
            return value[:-1]
        case _:
            return {}


def test_the_schema_is_one_and_allows_what_these_tests_read():
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(DOCUMENT)
    assert set(keys(SCHEMA)) == {key for key in keys(SCHEMA) if key[-1] in owner(DOCUMENT, key)}


@pytest.mark.parametrize("key", LEAVES, ids=".".join)
def test_every_key_of_the_schema_reaches_the_build(
    key: tuple[str, ...], loaded: Callable[[dict[str, Any]], Attributes]
):
    changed = copy.deepcopy(DOCUMENT)
    place = owner(changed, key)
    place[key[-1]] = other(place[key[-1]])
    assert loaded(changed) != loaded(DOCUMENT)


@pytest.mark.parametrize("key", [key for key in keys(SCHEMA, only_required=True) if key not in NIX], ids=".".join)
def test_what_the_schema_requires_is_missed(key: tuple[str, ...], loaded: Callable[[dict[str, Any]], Attributes]):
    changed = copy.deepcopy(DOCUMENT)
    del owner(changed, key)[key[-1]]
    with pytest.raises(KeyError, match=key[-1]):
        loaded(changed)


def test_what_the_schema_does_not_require_is_not(loaded: Callable[[dict[str, Any]], Attributes]):
    least = copy.deepcopy(DOCUMENT)
    for key in set(keys(SCHEMA)) - set(keys(SCHEMA, only_required=True)):
        del owner(least, key)[key[-1]]
    Draft202012Validator(SCHEMA).validate(least)
    assert (loaded(least).exports, loaded(least).flags, loaded(least).config_settings) == (("pyinit",), (), {})


def test_every_field_has_a_value_of_its_own(loaded: Callable[[dict[str, Any]], Attributes]):
    assert loaded(DOCUMENT) == Attributes(
        name="thing",
        version="1",
        sources=(
            Place(path=Path("/store/thing.tar.gz")),
            Place(path=Path("/store/data.bin"), into="data", unpack=False),
        ),
        folder="python",
        patches=(Path("/store/0001.patch"),),
        toolchain=Path("/store/toolchain"),
        python=Python(
            interpreter=Path("/store/python"), target=Path("/store/target"), environments=(Path("/store/environment"),)
        ),
        variables={"CC": "emcc"},
        path=(Path("/store/shell"),),
        dependencies=(Path("/store/zlib"),),
        needed=(Path("/store/zlib"),),
        cflags=("-DC",),
        cxxflags=("-DCXX",),
        ldflags=("-lz",),
        env={"THING": "1"},
        exports=("names", "f", "g"),
        config_settings={"setup-args": ["-Dc=d"], "one": ["e"]},
        settings={"mesonpy": {"setup-args": ["-Da=b"]}},
        system="cmake",
        flags=("-DX=ON",),
        out=Path("/store/out"),
    )
    fields = dataclasses.fields(Attributes)
    default = [field.name for field in fields if getattr(loaded(DOCUMENT), field.name) in ((), {}, "")]
    assert default == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (("python", "target"), ""),
        (("build", "system"), "scons"),
        (("sources",), []),
        (("variables",), {"A B": "1"}),
        (("build", "cflags"), "-DC"),
        (("dependencies",), ["zlib"]),
    ],
)
def test_the_schema_refuses_what_no_build_understands(key: tuple[str, ...], value: object):
    changed = copy.deepcopy(DOCUMENT)
    owner(changed, key)[key[-1]] = value
    assert not Draft202012Validator(SCHEMA).is_valid(changed)
