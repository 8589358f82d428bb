"""A module of textual IR in its parts, and what the debugging records in it tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.fortran.irtext import parse_signature

if TYPE_CHECKING:
    from wasmwright.fortran.irtext import Signature

_METADATA = re.compile(r"^!(\d+) = (?:distinct )?(.*)$", re.MULTILINE)
_FIELD = re.compile(r"\b(\w+): (![0-9]+|\"[^\"]*\"|[0-9]+)")
_LOCATION = re.compile(r"!dbg (!\d+)")


@dataclass(slots=True)
class Function:
    """A definition: its signature, and the lines between the braces."""

    signature: Signature
    lines: list[str]
    end: str = "}"

    @property
    def name(self) -> str:
        """Its name, with the `@`."""
        return self.signature.name

    @property
    def is_local(self) -> bool:
        """Whether no other file can call it."""
        return any(word in {"internal", "private"} for word in self.signature.before.split())


@dataclass(slots=True)
class IrModule:
    """A module: `head` is all before the first function, `tail` the attributes and the metadata."""

    head: list[str]
    functions: list[Function]
    declarations: dict[str, Signature]
    tail: list[str]
    _metadata: dict[str, str] | None = field(default=None, repr=False)

    def metadata(self, reference: str) -> tuple[str, dict[str, str]]:
        """The kind and the fields of a metadata node such as `!12`; empty for none."""
        if self._metadata is None:
            found = _METADATA.findall("\n".join(self.tail))
            self._metadata = {f"!{number}": text for number, text in found}
        text = self._metadata.get(reference, "")
        kind = text.partition("(")[0]
        return kind.removeprefix("!"), dict(_FIELD.findall(text))

    def place(self, line: str) -> str:
        """Where in the Fortran source a line of IR comes from, as `file:line`; empty where it does not say."""
        found = _LOCATION.search(line)
        if found is None:
            return ""
        _, location = self.metadata(found.group(1))
        number, scope = location.get("line", "0"), location.get("scope", "")
        file = ""
        while scope and not file:
            _, fields = self.metadata(scope)
            _, described = self.metadata(fields.get("file", ""))
            file, scope = described.get("filename", "").strip('"'), fields.get("scope", "")
        return f"{file}:{number}" if file else ""

    def text(self) -> str:
        """The module as text."""
        parts = [*self.head, ""]
        parts += [f"{declaration}\n" for declaration in self.declarations.values()]
        for function in self.functions:
            parts.append(str(function.signature))
            parts += function.lines
            parts.append(f"{function.end}\n")
        return "\n".join([*parts, *self.tail, ""])


def parse_module(text: str) -> IrModule:
    """Take a module apart; raises Malformed."""
    head: list[str] = []
    functions: list[Function] = []
    declarations: dict[str, Signature] = {}
    tail: list[str] = []
    lines = iter(text.splitlines())
    plain = head
    for line in lines:
        if line.startswith("define "):
            body: list[str] = []
            for inner in lines:
                if inner == "}":
                    break
                body.append(inner)
            functions.append(Function(parse_signature(line, "define"), body))
        elif line.startswith("declare "):
            signature = parse_signature(line, "declare")
            declarations[signature.name] = signature
        elif line.startswith(("attributes ", "!")):
            plain = tail
            tail.append(line)
        elif line and not line.startswith("; "):
            plain.append(line)
    return IrModule(head, functions, declarations, tail)
