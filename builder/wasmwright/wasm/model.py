"""What the parser finds in a module."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Flags of a symbol in dylink.0.
BINDING_WEAK = 0x01
BINDING_LOCAL = 0x02
TLS = 0x100


# How many values of a function's type are told.
_MANY = 40


def _listed(values: Sequence[str]) -> str:
    more = [f"... {len(values) - _MANY} more"] if len(values) > _MANY else []
    return ",".join([*values[:_MANY], *more])


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionType:
    """Parameters and results as the text format names them."""

    params: tuple[str, ...]
    results: tuple[str, ...]

    def __str__(self) -> str:
        return f"({_listed(self.params)})->({_listed(self.results)})"


@dataclass(frozen=True, kw_only=True, slots=True)
class CompositeType:
    """A struct, array or continuation of the garbage collection proposal; what it holds does not matter here."""

    kind: str

    def __str__(self) -> str:
        return self.kind


@dataclass(frozen=True, kw_only=True, slots=True)
class GlobalType:
    """A global's value and whether it changes."""

    value: str
    is_mutable: bool

    def __str__(self) -> str:
        return f"(mut {self.value})" if self.is_mutable else self.value


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The size of a memory (in pages) or table (in elements)."""

    minimum: int
    maximum: int | None
    is_shared: bool
    is_64: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TableType:
    """A table's elements and size."""

    element: str
    limits: Limits

    def __str__(self) -> str:
        return self.element


@dataclass(frozen=True, kw_only=True, slots=True)
class MemoryType:
    """A memory's size."""

    limits: Limits

    def __str__(self) -> str:
        return "shared memory" if self.limits.is_shared else "memory"


ExternType = FunctionType | CompositeType | GlobalType | TableType | MemoryType


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """Something a module asks for. `kind` is `func`, `table`, `memory`, `global` or `tag`."""

    module: str
    name: str
    kind: str
    type: ExternType


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """Something a module offers."""

    name: str
    kind: str
    type: ExternType


@dataclass(frozen=True, kw_only=True, slots=True)
class Dylink:
    """The section `dylink.0`, which every side module begins with."""

    memory_size: int = 0
    table_size: int = 0
    needed: tuple[str, ...] = ()
    runtime_paths: tuple[str, ...] = ()
    export_flags: Mapping[str, int] = field(default_factory=dict)
    import_flags: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """A module without its code. `features` is None where it has no such section; `sections` are in file order.

    `notes` are our compilers' own: the contents of custom sections by name, those of all objects one after the other.
    """

    imports: tuple[Import, ...]
    exports: tuple[Export, ...]
    memories: tuple[MemoryType, ...]
    dylink: Dylink | None
    features: tuple[str, ...] | None
    sections: tuple[str, ...]
    notes: Mapping[str, bytes] = field(default_factory=dict)
