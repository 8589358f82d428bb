"""Whether the mirrors still have what a lock names."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import MirrorUnreachable, PinUnavailable
from wasmwright.sources.kinds.kind import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wasmwright.sources.entry import Source
    from wasmwright.sources.locate import Locator

_THREADS = 8


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A pinned source and what became of it. `current`: the versions that the mirrors have, for one that is gone."""

    source: Source
    state: State
    current: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The pin for `--json`."""
        return {
            "purl": self.source.purl,
            "name": self.source.name,
            "state": self.state.value,
            "current": list(self.current),
        }


def check_pins(
    sources: Sequence[Source], *, locator: Locator, on_checked: Callable[[Pin], None] = lambda _: None
) -> tuple[Pin, ...]:
    """Ask the mirrors for every source, without downloading it."""

    def check(source: Source) -> Pin:
        state = locator.probe(source)
        current = locator.current(source) if state is State.GONE else ()
        pin = Pin(source=source, state=state, current=current)
        on_checked(pin)
        return pin

    with ThreadPoolExecutor(_THREADS) as pool:
        return tuple(pool.map(check, sources))


def raise_if_missing(pins: Iterable[Pin], *, relock: str) -> None:
    """Raise PinUnavailable for pins that are gone, else MirrorUnreachable for those nobody could tell about."""
    pins = tuple(pins)
    missing = [pin for pin in pins if pin.state in {State.GONE, State.CHANGED}]
    if missing:
        message = f"{len(missing)} of {len(pins)} pinned sources have left the mirrors"
        raise PinUnavailable(message, hint=f"pin the current versions: `{relock}`")
    unknown = [pin for pin in pins if pin.state is State.UNKNOWN]
    if unknown:
        message = f"the mirrors of {len(unknown)} of {len(pins)} pinned sources do not answer"
        raise MirrorUnreachable(message, hint="check the network, or set other mirrors (WASMWRIGHT_* variables)")
