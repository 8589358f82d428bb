"""What became of each derivation that was asked for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from wasmwright.graph import closure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wasmwright.failure import WasmwrightError


class Fate(StrEnum):
    """How it went, in the words that users read."""

    BUILT = "built"
    STORED = "from the store"
    FAILED = "failed"
    NOT_TRIED = "not tried"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """A derivation that is evaluated and written to the store, and the store path of each of its outputs."""

    drv_path: str
    outputs: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one derivation.

    `because` are the derivations for which it was not tried: those it needs, all of which failed, or with `stopped`
    the ones after whose failure Nix began nothing more. `seconds` is how long it was built now.
    """

    fate: Fate
    seconds: float | None = None
    error: WasmwrightError | None = None
    because: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, kw_only=True)
class Results:
    """What became of a build: of each derivation asked for, by its path.

    `failures` has also those that were needed only, in the order in which they failed; `seconds` has all that were
    built now; `needs` is the graph of derivations as far as it matters. `error` is why Nix itself gave up.
    """

    outcomes: Mapping[str, Outcome]
    failures: Mapping[str, WasmwrightError] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    error: WasmwrightError | None = None
    interruption: KeyboardInterrupt | None = None


@dataclass(frozen=True, kw_only=True)
class NixEnded:
    """What is known when Nix has ended. `before` and `after` are the outputs that the store had and has."""

    before: frozenset[str]
    after: frozenset[str]
    failures: Mapping[str, WasmwrightError] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    error: WasmwrightError | None = None
    interruption: KeyboardInterrupt | None = None


def results(derivations: Iterable[Derivation], ended: NixEnded) -> Results:
    """The outcome of each derivation, found by what the store has and not by the order of Nix's answers."""
    return Results(
        outcomes={derivation.drv_path: _outcome(derivation, ended) for derivation in derivations},
        failures=ended.failures,
        seconds=ended.seconds,
        needs=ended.needs,
        error=ended.error,
        interruption=ended.interruption,
    )


def needed_failures(needs: Mapping[str, Iterable[str]], drv_path: str, failed: Sequence[str]) -> tuple[str, ...]:
    """Those of the `failed` that a derivation needs, directly or not."""
    needed = closure(needs, [drv_path]) - {drv_path}
    return tuple(path for path in failed if path in needed)


def _outcome(derivation: Derivation, ended: NixEnded) -> Outcome:
    drv_path, outputs = derivation.drv_path, set(derivation.outputs.values())
    seconds = ended.seconds.get(drv_path)
    if outputs <= ended.before:
        return Outcome(fate=Fate.STORED)
    if outputs <= ended.after:
        return Outcome(fate=Fate.BUILT, seconds=seconds)
    if drv_path in ended.failures:
        return Outcome(fate=Fate.FAILED, seconds=seconds, error=ended.failures[drv_path])
    failed = list(ended.failures)
    if needed := needed_failures(ended.needs, drv_path, failed):
        return Outcome(fate=Fate.NOT_TRIED, because=needed)
    if ended.interruption is not None:
        return Outcome(fate=Fate.INTERRUPTED)
    return Outcome(fate=Fate.NOT_TRIED, because=tuple(failed[:1]), stopped=True, error=ended.error)
