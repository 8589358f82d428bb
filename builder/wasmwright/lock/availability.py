"""Whether the mirrors still have what a lock names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import HashMismatch, MirrorUnreachable, PinUnavailable
from wasmwright.pool import interruptible_pool
from wasmwright.sources.kinds.kind import State
from wasmwright.sources.locate import Locator
from wasmwright.sources.registries import TRY_LATER, absent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

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

    with interruptible_pool(_THREADS) as pool:
        return tuple(pool.map(check, sources))


def check_listed(sources: Sequence[Source], registries: Registries) -> None:
    """Raise PinUnavailable for what was just pinned, because a registry lists it, and no mirror has.

    What a mirror does not tell about is taken for there.
    """
    unknown = [source for source in sources if not registries.is_there(source)]
    if not unknown:
        return
    registries.step(f"asking the mirrors for {len(unknown)} of the files")
    pins = check_pins(unknown, locator=Locator(registries=registries))
    gone = [pin.source for pin in pins if pin.state is State.GONE]
    if gone:
        raise absent(gone)
    changed = [pin.source.name for pin in pins if pin.state is State.CHANGED]
    if changed:
        message = f"the mirrors give files of another size than they list: {', '.join(changed)}"
        raise HashMismatch(message, hint=TRY_LATER)
    for pin in pins:
        if pin.state is State.THERE:
            registries.note_there(pin.source)


def raise_if_missing(pins: Iterable[Pin], *, relock: str) -> None:
    """Raise PinUnavailable for pins that are gone, else MirrorUnreachable for those nobody could tell about."""
    pins = tuple(pins)
    missing = [pin for pin in pins if pin.state in {State.GONE, State.CHANGED}]
    if missing:
        message = f"{len(missing)} of {len(pins)} pinned sources have left the mirrors"
        raise PinUnavailable(message, hint=f"pin the current versions: `{relock}`")
    unknown = [pin for pin in pins if pin.state is State.UNKNOWN]
    if unknown:
        message = f"the mirrors of {len(unknown)} of {len(pins)} pinned sources give no answer that can be used"
        raise MirrorUnreachable(message, hint="check the network, or set other mirrors (WASMWRIGHT_* variables)")
