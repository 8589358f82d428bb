"""A set of sources that is wanted in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.sources.entry import Source

RELOCK_TOOLCHAIN = "./wasmwright lock --toolchain --regenerate"


@dataclass(frozen=True, kw_only=True)
class Busybox:
    """The static shell that builds the first derivations: one file of a Debian package."""

    source: str
    member: str
    name: str
    nar_sha256: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Sources, the command that locks each of them anew (by store name), and the first shell."""

    sources: Mapping[str, Source]
    relock: Mapping[str, str] = field(default_factory=dict)
    busybox: Busybox | None = None

    def relock_of(self, source: Source) -> str:
        """The command that pins what the mirrors have now."""
        return self.relock.get(source.name, RELOCK_TOOLCHAIN)
