"""Recipes as text: changed with their comments and order kept, or written anew in the order of the schema.

Nothing here checks what it writes: `parse_recipe` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import tomlkit
from tomlkit.container import Container, OutOfOrderTableProxy
from tomlkit.items import Array, InlineTable, Item, Table

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

Written: TypeAlias = "str | bool | Sequence[str] | Mapping[str, str | Sequence[str]]"
"""A value of a recipe as it is written."""

_WIDTH = 120


def set_value(text: str, table: str, key: str, value: Written) -> str:
    """The recipe with that key set. A new one comes last in its table, a new table last in the recipe."""
    document = tomlkit.parse(text)
    found = _table(document, table)
    new = _item(key, value)
    old = found.get(key)
    if isinstance(old, Item) and isinstance(new, Item):
        new.trivia.comment_ws, new.trivia.comment = old.trivia.comment_ws, old.trivia.comment
    found[key] = new
    return tomlkit.dumps(document)


def set_version(text: str, version: str) -> str:
    """The recipe of another version of the package."""
    return set_value(text, "package", "version", version)


def remove_value(text: str, table: str, key: str) -> str:
    """The recipe without that key, which need not be there."""
    document = tomlkit.parse(text)
    if table in document:
        _table(document, table).pop(key, None)
    return tomlkit.dumps(document)


def add_entries(text: str, table: str, key: str, entries: Iterable[str]) -> str:
    """The recipe with these entries at the end of a list, each unless it is there."""
    document = tomlkit.parse(text)
    found = _table(document, table)
    old = found.get(key)
    if not isinstance(old, Array):
        found[key] = _item(key, tuple(entries))
        return tomlkit.dumps(document)
    present = {str(entry) for entry in old}
    for entry in entries:
        if entry not in present:
            old.append(entry)
    return tomlkit.dumps(document)


def remove_entries(text: str, table: str, key: str, entries: Iterable[str]) -> str:
    """The recipe without these entries of a list; a list that has none left goes as well."""
    document = tomlkit.parse(text)
    found = _table(document, table)
    old = found.get(key)
    if not isinstance(old, Array):
        return text
    unwanted = set(entries)
    for number in reversed(range(len(old))):
        if str(old[number]) in unwanted:
            del old[number]
    if not old:
        del found[key]
    return tomlkit.dumps(document)


def add_table(text: str, table: str, values: Mapping[str, Written]) -> str:
    """The recipe with one table more at its end: another of a repeated one, such as `tests.suite`, or a new one."""
    known = schema.table(table)
    title = f"[[{table}]]" if known.repeated else f"[{table}]"
    if not known.repeated and table in tomlkit.parse(text):
        message = f"the recipe has a table [{table}] already"
        raise InvalidRecipe(message, hint="set its keys one by one")
    new = (
        f"{text.rstrip()}\n\n{title}\n{_pairs(known, values)}" if text.strip() else f"{title}\n{_pairs(known, values)}"
    )
    tomlkit.parse(new)
    return new


def new_recipe(tables: Mapping[str, Mapping[str, Written]]) -> str:
    """A recipe with these tables, in the order of the schema. Empty ones are left out."""
    parts = [
        f"[{table.name}]\n{_pairs(table, values)}" for table in schema.TABLES if (values := tables.get(table.name))
    ]
    return "\n".join(parts)


def _table(document: tomlkit.TOMLDocument, name: str) -> MutableMapping[str, object]:
    """The table of that name, made when it is not there."""
    if name not in document:
        if document.body and not document.as_string().endswith("\n\n"):
            document.add(tomlkit.nl())
        document.add(name, tomlkit.table())
    found = document[name]
    assert isinstance(found, Container | OutOfOrderTableProxy | Table | InlineTable)
    return found


def _pairs(table: schema.Table, values: Mapping[str, Written]) -> str:
    order = [key.name for key in table.keys]
    written = sorted(values, key=order.index)
    return "".join(f"{key} = {_item(key, values[key]).as_string()}\n" for key in written)


def _item(key: str, value: Written) -> Item:
    match value:
        case str() | bool():
            return tomlkit.item(value)
        case Mapping():
            inline = tomlkit.inline_table()
            for name, entry in value.items():
                inline.append(name, entry if isinstance(entry, str) else list(entry))
            return inline
        case _:
            array = tomlkit.item(list(value))
            is_long = len(f"{key} = {array.as_string()}") > _WIDTH
            return array.multiline(is_long) if isinstance(array, Array) else array
