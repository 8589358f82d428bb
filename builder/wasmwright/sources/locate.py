"""Where the mirrors keep a pinned source, whether they do, and which versions they have when they do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.sources.entry import Source
    from wasmwright.sources.kinds.kind import State
    from wasmwright.sources.registries import Registries


@dataclass(frozen=True, kw_only=True)
class Locator:
    """Finds sources at this machine's registries, each the way of its kind."""

    registries: Registries

    def urls(self, source: Source) -> Iterator[str]:
        """Addresses of the file, the likeliest first. Asking for the next one may ask a registry."""
        yield from kind_of(source).urls(source, self.registries)

    def current(self, source: Source) -> tuple[str, ...]:
        """The versions that the mirrors have now, the newest first; empty when they do not tell."""
        try:
            return kind_of(source).current(source, self.registries)
        except (NotThere, NoAnswer):
            return ()

    def probe(self, source: Source) -> State:
        """Whether the mirrors have it, without downloading it."""
        return kind_of(source).probe(source, self.registries)
