"""The values of one table, checked against the schema key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from wasmwright.recipe.names import quoted
from wasmwright.recipe.problems import suggestion
from wasmwright.recipe.schema import Key, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wasmwright.recipe.known import Known
    from wasmwright.recipe.problems import RecipeProblems

Values: TypeAlias = "dict[str, object]"
"""Values with their lists made tuples, by key; values with a mistake are left out."""

_TYPE_NAMES = {bool: "a boolean", int: "an integer", float: "a float", str: "a string", list: "a list", dict: "a table"}


def read_table(
    table: Table, content: Mapping[str, object], noted: RecipeProblems, known: Known, *, others: tuple[str, ...] = ()
) -> Values:
    """The good values of a table; what is wrong with the rest is noted. Keys in `others` are not looked at."""
    values: Values = {}
    allowed = [key.name for key in table.keys] + list(others)
    for name, value in content.items():
        key = table.key(name)
        if name in others:
            continue
        if key is None:
            noted.add(f"unknown key{suggestion(name, allowed)}", table=table.name, key=name)
        elif (good := _value(key, value, noted.at(table.name, name), known)) is not None:
            values[name] = good
    for key in table.keys:
        if key.required and key.name not in content:
            noted.add("is missing", table=table.name, key=key.name)
    return values


def _value(key: Key, value: object, note: Callable[[str], None], known: Known) -> object | None:
    """The value in its final type, or None with its mistake noted."""
    typed = _typed(key.kind, value)
    if typed is None:
        note(f"has to be a {key.kind.value}, not {_type_name(key.kind, value)}")
        return None
    faults = _faults(key, typed, key.chosen_from(known))
    for fault in faults:
        note(fault)
    return None if faults else typed


def _typed(kind: Kind, value: object) -> object | None:
    match kind:
        case Kind.TEXT:
            return value if isinstance(value, str) else None
        case Kind.TEXTS:
            return _texts(value)
        case Kind.TEXT_OR_TEXTS:
            return value if isinstance(value, str) else _texts(value)
        case Kind.TEXT_MAP:
            return _mapping(Kind.TEXT, value)
        case Kind.SETTINGS:
            return _mapping(Kind.TEXT_OR_TEXTS, value)
        case _:
            assert_never(kind)


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    return None


def _mapping(kind: Kind, value: object) -> dict[str, object] | None:
    if not isinstance(value, dict):
        return None
    typed = {name: _typed(kind, entry) for name, entry in value.items()}
    return None if None in typed.values() else typed


def _faults(key: Key, value: object, choices: tuple[str, ...] | None) -> list[str]:
    match value:
        case str():
            return _text_faults(key, value, choices)
        case tuple():
            return _list_faults(key, value, choices if key.kind is Kind.TEXTS else None)
        case dict():
            keys = [key.check_key(name) for name in value] if key.check_key else []
            return [fault for fault in keys if fault]
        case _:
            return []


def _list_faults(key: Key, texts: tuple[str, ...], choices: tuple[str, ...] | None) -> list[str]:
    twice = [f"{quoted(text)} stands twice" for text in sorted(set(texts)) if texts.count(text) > 1]
    repeats = twice if key.check or choices is not None else []
    return [fault for text in texts for fault in _text_faults(key, text, choices)] + repeats


def _text_faults(key: Key, text: str, choices: tuple[str, ...] | None) -> list[str]:
    if choices is not None:
        return [] if text in choices else [f"unknown value {quoted(text)}{suggestion(text, choices)}"]
    if "\0" in text:
        return [f"{quoted(text)} has a NUL character"]
    fault = key.check(text) if key.check else None
    return [fault] if fault else []


def _type_name(kind: Kind, value: object) -> str:
    name = _TYPE_NAMES.get(type(value), "a date or time")
    if isinstance(value, list) and kind in {Kind.TEXTS, Kind.TEXT_OR_TEXTS}:
        odd = next(entry for entry in value if not isinstance(entry, str))
        return f"a list with {_TYPE_NAMES.get(type(odd), 'a date or time')} in it"
    if isinstance(value, dict) and kind in {Kind.TEXT_MAP, Kind.SETTINGS}:
        return "a table with other values"
    return name
