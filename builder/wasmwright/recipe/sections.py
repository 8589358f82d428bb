"""The tables of a recipe as sections with checked values; what is no table of the schema is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.recipe.problems import suggestion
from wasmwright.recipe.schema import TABLES, Table
from wasmwright.recipe.values import Section, read_table

if TYPE_CHECKING:
    from wasmwright.recipe.known import Known
    from wasmwright.recipe.problems import RecipeProblems


@dataclass(frozen=True, kw_only=True)
class Sections:
    """What a recipe says, table by table, each checked by itself. A table that is not written has no values."""

    tables: Mapping[str, Section]
    repeated: Mapping[str, tuple[Section, ...]]

    @property
    def package(self) -> Section:
        """[package]."""
        return self.tables["package"]

    @property
    def source(self) -> Section:
        """[source]."""
        return self.tables["source"]

    @property
    def further(self) -> tuple[Section, ...]:
        """[[source.more]]."""
        return self.repeated["source.more"]

    @property
    def build(self) -> Section:
        """[build]."""
        return self.tables["build"]

    @property
    def dependencies(self) -> Section:
        """[dependencies]."""
        return self.tables["dependencies"]

    @property
    def tests(self) -> Section:
        """[tests]."""
        return self.tables["tests"]

    @property
    def suites(self) -> tuple[Section, ...]:
        """[[tests.suite]]."""
        return self.repeated["tests.suite"]


def read_sections(document: Mapping[str, object], noted: RecipeProblems, known: Known) -> Sections:
    """Every known table of a TOML document; anything else in it is noted."""
    written = _written_tables(document, noted)
    inner: dict[str, list[Table]] = {name: [] for name in written}
    for table in TABLES:
        if table.repeated:
            inner[table.name.partition(".")[0]].append(table)
    tables, repeated = {}, {}
    for table in TABLES:
        if table.repeated:
            outer, _, key = table.name.partition(".")
            repeated[table.name] = _read_repeated(table, written[outer].get(key, []), noted, known)
        else:
            others = tuple(other.name.partition(".")[2] for other in inner[table.name])
            tables[table.name] = read_table(table, written[table.name], noted, known, others=others)
    return Sections(tables=tables, repeated=repeated)


def _written_tables(document: Mapping[str, object], noted: RecipeProblems) -> dict[str, Mapping[str, object]]:
    """Every known table as it is written, empty where it is not; anything else at the top is noted."""
    written: dict[str, Mapping[str, object]] = {table.name: {} for table in TABLES if not table.repeated}
    for name, content in document.items():
        line = noted.positions.line((name,))
        if name in written and isinstance(content, Mapping):
            written[name] = content
        elif name in written:
            noted.add("has to be a table", key=name)
        elif isinstance(content, Mapping):
            noted.add(f"unknown table{suggestion(name, written)}", table=name, line=line)
        else:
            noted.add(f"unknown key outside of all tables; tables: {', '.join(written)}", key=name)
    return written


def _read_repeated(table: Table, written: object, noted: RecipeProblems, known: Known) -> tuple[Section, ...]:
    outer, _, key = table.name.partition(".")
    if not isinstance(written, list) or not all(isinstance(entry, Mapping) for entry in written):
        noted.add(f"has to be written as [[{table.name}]]", table=outer, key=key)
        return ()
    if len(written) > limits.REPEATED_TABLES.most:
        noted.add(f"stands there {len(written)} times, and {limits.REPEATED_TABLES} are read", table=outer, key=key)
        return ()
    return tuple(read_table(table, entry, noted.of(nth), known) for nth, entry in enumerate(written))
