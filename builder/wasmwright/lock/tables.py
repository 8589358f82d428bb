"""Tables of the files below `nix/toolchain/`, with their mistakes collected and told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from wasmwright import reading
from wasmwright.errors import InvalidProfile
from wasmwright.files import openable, reason
from wasmwright.names import meant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_T = TypeVar("_T")


@dataclass(kw_only=True)
class TomlTable:
    """One table of a file. Asking for a key marks it as known; a mistake is noted, and an empty value given for it.

    Tables inside share `faults` with the one around them.
    """

    name: str
    content: Mapping[str, Any]
    faults: list[str]
    known: set[str] = field(default_factory=set)

    def text(self, key: str, default: str | None = None) -> str:
        """A string."""
        return self._value(key, str, "a string", "" if default is None else default, is_optional=default is not None)

    def optional(self, key: str) -> str | None:
        """A string, or None where there is none."""
        return self.text(key, "") or None

    def texts(self, key: str, *, is_optional: bool = False) -> tuple[str, ...]:
        """A list of strings."""
        written: list[object] = self._value(key, list, "a list of strings", [], is_optional=is_optional)
        if not all(isinstance(item, str) for item in written):
            self._note(key, "is not a list of strings")
            return ()
        return tuple(str(item) for item in written)

    def table(self, key: str, *, is_optional: bool = False) -> TomlTable:
        """A table inside."""
        empty: dict[str, Any] = {}
        content = self._value(key, dict, "a table", empty, is_optional=is_optional)
        table = TomlTable(name=self._inside(key), content=content, faults=self.faults)
        if content is empty:
            # Its keys are missing with it, and told by that.
            table.faults = []
        return table

    def all_texts(self) -> dict[str, str]:
        """Every key, with a string each."""
        return {key: self.text(key) for key in self.content}

    def all_tables(self) -> dict[str, TomlTable]:
        """Every key, with a table each."""
        return {key: self.table(key) for key in self.content}

    def done(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self.content.keys() - self.known:
            more = meant(key, self.known, otherwise=f"known: {', '.join(sorted(self.known))}")
            self._note(key, f"is not known; {more}")

    def note(self, message: str) -> None:
        """Note a mistake of the whole table."""
        self.faults.append(f"[{self.name}] {message}")

    def _value(self, key: str, kind: type[_T], what: str, empty: _T, *, is_optional: bool) -> _T:
        self.known.add(key)
        if key not in self.content:
            if not is_optional:
                self._note(key, "is missing")
            return empty
        value = self.content[key]
        if not isinstance(value, kind):
            self._note(key, f"is not {what}")
            return empty
        return value

    def _note(self, key: str, message: str) -> None:
        self.faults.append(f"{self._inside(key)} {message}")

    def _inside(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key


def read_tables(path: Path, *, hint: str | None = None) -> TomlTable:
    """The whole of a file. Raises InvalidProfile, with `hint` where there is none."""
    try:
        return TomlTable(name="", content=reading.toml_file(openable(path)), faults=[])
    except FileNotFoundError:
        message = f"{path} does not exist"
        raise InvalidProfile(message, hint=hint) from None
    except (OSError, reading.Unreadable) as error:
        message = f"{path.name}: {reason(error)}"
        raise InvalidProfile(message, hint=_mend(path)) from None


def raise_faults(path: Path, faults: list[str]) -> None:
    """Raise InvalidProfile with all that was noted, if anything was."""
    if faults:
        lines = [f"{path.name}: {fault}" for fault in sorted(faults)]
        message = lines[0] if len(lines) == 1 else "\n  ".join([f"{len(lines)} mistakes:", *lines])
        raise InvalidProfile(message, hint=_mend(path))


def _mend(path: Path) -> str:
    return f"mend {path}; docs/design/layout.md says what it holds"
