"""Fields of a foreign recipe, each handed to who knows what it means; the others are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from wasmwright.importing.foreign import Cited
from wasmwright.importing.yamltext import Listing, Mapping, Node, Scalar
from wasmwright.names import meant, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as Table

    from wasmwright.importing.findings import Findings

    Taken: TypeAlias = Callable[["Field"], None]


@dataclass(frozen=True, kw_only=True)
class Field:
    """A value, the names that lead to it, and the line of the last of them."""

    node: Node
    key: str
    line: int
    findings: Findings

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is said."""
        return isinstance(self.node, Scalar) and self.node.is_nothing

    def said(self) -> Cited | None:
        """The text; None, and a finding, where it is none."""
        if self.is_nothing:
            return None
        if not isinstance(self.node, Scalar):
            self.person("is a list or mapping, and a text is wanted")
            return None
        return Cited(text=self.node.text, line=self.node.line, key=self.key)

    def is_on(self) -> bool:
        """Whether a switch is on; a finding, where it is none."""
        switch = self.node.switch() if isinstance(self.node, Scalar) else None
        if switch is None and not self.is_nothing:
            self.person("is neither true nor false")
        return switch is True

    def texts(self) -> list[Cited]:
        """The texts of a list, or the one text."""
        if self.is_nothing:
            return []
        if isinstance(self.node, Scalar):
            return [Cited(text=self.node.text, line=self.node.line, key=self.key)]
        return [said for item in self.items() if (said := item.said()) is not None]

    def lines(self) -> list[Cited]:
        """The lines of a text that keeps them, each with its place; the texts, where there is no such."""
        if not isinstance(self.node, Scalar) or not self.node.block:
            return self.texts()
        first = self.node.line + 1
        lines = enumerate(self.node.text.split("\n"), first)
        return [Cited(text=text, line=line, key=self.key) for line, text in lines if text.strip()]

    def items(self) -> list[Field]:
        """The values of a list, or the one value."""
        if self.is_nothing:
            return []
        if not isinstance(self.node, Listing):
            return [self]
        return [self.of(item, self.key, item.line) for item in self.node.items]

    def fields(self) -> dict[str, Field]:
        """The fields of a mapping; none, and a finding, where it is none."""
        if self.is_nothing:
            return {}
        if not isinstance(self.node, Mapping):
            self.person("is no mapping of fields")
            return {}
        prefix = f"{self.key}." if self.key else ""
        lines = self.node.lines
        return {name: self.of(node, prefix + name, lines[name]) for name, node in self.node.items.items()}

    def take(self, known: Table[str, Taken]) -> None:
        """Give each field of a mapping to who knows it. Those that nobody knows are for a person."""
        for name, field in self.fields().items():
            taker = known.get(name)
            if taker is not None:
                taker(field)
            else:
                advice = meant(name, known, otherwise="nothing is made of it")
                field.person(f"no such recipe has a field {quoted(name)} there; {advice}")

    def of(self, node: Node, key: str, line: int) -> Field:
        """Another one of the same recipe."""
        return Field(node=node, key=key, line=line, findings=self.findings)

    def note(self, message: str) -> None:
        """Tell what becomes of it."""
        self.findings.note(message, key=self.key, line=self.line)

    def person(self, message: str) -> None:
        """Tell what somebody has to decide about it."""
        self.findings.person(message, key=self.key, line=self.line)


def for_person(message: str) -> Taken:
    """For a field that somebody has to look at."""
    return lambda field: None if field.is_nothing else field.person(message)


def noted(message: str) -> Taken:
    """For a field that wants nothing of anybody."""
    return lambda field: None if field.is_nothing else field.note(message)


def unheard(field: Field) -> None:
    """For a field that something else has been read of."""
