"""The values of one table, checked against the schema key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from wasmwright.names import quoted
from wasmwright.recipe.problems import suggestion
from wasmwright.recipe.schema import Key, Table, ValueKind

if TYPE_CHECKING:
    from wasmwright.recipe.known import Known
    from wasmwright.recipe.problems import RecipeProblems

Texts: TypeAlias = tuple[str, ...]
Value: TypeAlias = "str | bool | Texts | Mapping[str, str | Texts]"
_Fault: TypeAlias = tuple[str, "str | int | None"]
"""What is wrong, and with which entry of a list or table."""

_TYPE_NAMES = {bool: "a boolean", int: "an integer", float: "a float", str: "a string", list: "a list", dict: "a table"}


@dataclass(frozen=True, kw_only=True)
class Section:
    """One table of a recipe: its good values, by key. What has a mistake is left out of them, but is `written`."""

    values: Mapping[str, Value]
    written: Texts

    def is_wrong(self, key: str) -> bool:
        """Whether the key has a mistake, which is noted already."""
        return key in self.written and key not in self.values

    def text(self, key: str) -> str | None:
        """A string."""
        value = self.values.get(key)
        assert value is None or isinstance(value, str)
        return value

    def texts(self, key: str) -> Texts:
        """A list of strings, empty where there is none."""
        value = self.values.get(key, ())
        assert isinstance(value, tuple)
        return value

    def text_or_texts(self, key: str) -> str | Texts | None:
        """Either."""
        value = self.values.get(key)
        assert value is None or isinstance(value, str | tuple)
        return value

    def settings(self, key: str) -> Mapping[str, str | Texts]:
        """A table of strings and lists of strings."""
        value = self.values.get(key, {})
        assert isinstance(value, Mapping)
        return value

    def switch(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        assert isinstance(value, bool)
        return value

    def mapping(self, key: str) -> Mapping[str, str]:
        """A table of strings."""
        return {name: text for name, text in self.settings(key).items() if isinstance(text, str)}


def read_table(
    table: Table, content: Mapping[str, object], noted: RecipeProblems, known: Known, *, others: Texts = ()
) -> Section:
    """The good values of a table; what is wrong with the rest is noted. Keys in `others` are not looked at."""
    values: dict[str, Value] = {}
    allowed = [key.name for key in table.keys] + list(others)
    for name, value in content.items():
        key = table.key(name)
        if name in others:
            continue
        if key is None:
            noted.add(f"unknown key{suggestion(name, allowed)}", table=table.name, key=name)
        elif (typed := _typed(key.kind, value)) is None:
            message = f"has to be a {key.kind.value}, not {_type_name(key.kind, value)}"
            noted.add(message, table=table.name, key=name)
        else:
            faults = _faults(key, typed, key.chosen_from(known))
            for message, entry in faults:
                noted.add(message, table=table.name, key=name, entry=entry)
            if not faults:
                values[name] = typed
    for key in table.keys:
        if key.required and key.name not in content:
            noted.add("is missing", table=table.name, key=key.name)
    return Section(values=values, written=tuple(content))


def _typed(kind: ValueKind, value: object) -> Value | None:
    match kind:
        case ValueKind.TEXT:
            return value if isinstance(value, str) else None
        case ValueKind.TEXTS:
            return _texts(value)
        case ValueKind.TEXT_OR_TEXTS:
            return value if isinstance(value, str) else _texts(value)
        case ValueKind.TEXT_MAP:
            return _mapping(value, with_lists=False)
        case ValueKind.SETTINGS:
            return _mapping(value, with_lists=True)
        case ValueKind.SWITCH:
            return value if isinstance(value, bool) else None
        case _:
            assert_never(kind)


def _texts(value: object) -> Texts | None:
    if not isinstance(value, list):
        return None
    texts = tuple(entry for entry in value if isinstance(entry, str))
    return texts if len(texts) == len(value) else None


def _mapping(value: object, *, with_lists: bool) -> Mapping[str, str | Texts] | None:
    if not isinstance(value, dict):
        return None
    typed: dict[str, str | Texts] = {}
    for name, entry in value.items():
        good = entry if isinstance(entry, str) else _texts(entry) if with_lists else None
        if good is None:
            return None
        typed[name] = good
    return typed


def _faults(key: Key, value: Value, choices: Texts | None) -> list[_Fault]:
    match value:
        case str():
            return [(fault, None) for fault in _text_faults(key, value, choices)]
        case tuple():
            return _list_faults(key, value, choices if key.kind is ValueKind.TEXTS else None)
        case bool():
            return []
        case _:
            found = [(key.check_key(name) if key.check_key else None, name) for name in value]
            return [(fault, name) for fault, name in found if fault]


def _list_faults(key: Key, texts: Texts, choices: Texts | None) -> list[_Fault]:
    faults: list[_Fault] = []
    before: set[str] = set()
    for number, text in enumerate(texts):
        faults += [(fault, number) for fault in _text_faults(key, text, choices)]
        if (key.check or choices is not None) and text in before:
            faults.append((f"{quoted(text)} stands twice", number))
        before.add(text)
    return faults


def _text_faults(key: Key, text: str, choices: Texts | None) -> list[str]:
    if choices is not None:
        return [] if text in choices else [f"unknown value {quoted(text)}{suggestion(text, choices)}"]
    if "\0" in text:
        return [f"{quoted(text)} has a NUL character"]
    fault = key.check(text) if key.check else None
    return [fault] if fault else []


def _type_name(kind: ValueKind, value: object) -> str:
    name = _TYPE_NAMES.get(type(value), "a date or time")
    if isinstance(value, list) and kind in {ValueKind.TEXTS, ValueKind.TEXT_OR_TEXTS}:
        odd = next(entry for entry in value if not isinstance(entry, str))
        return f"a list with {_TYPE_NAMES.get(type(odd), 'a date or time')} in it"
    if isinstance(value, dict) and kind in {ValueKind.TEXT_MAP, ValueKind.SETTINGS}:
        return "a table with other values"
    return name
