"""What a build would do, in which order, and how long that took before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from wasmwright import log
from wasmwright.farm.estimate import TIMES, Estimate, estimate, read_times
from wasmwright.farm.evaluate import Evaluator
from wasmwright.farm.outcome import Owners, PackageParts
from wasmwright.farm.run import evaluate
from wasmwright.graph import topological_order
from wasmwright.progress import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.failure import WasmwrightError
    from wasmwright.nixoutcome import Derivation
    from wasmwright.packagebuild import Wish


class Planner(Evaluator, Protocol):
    """What is needed of Nix."""

    def planned(self, derivations: Sequence[Derivation]) -> list[str]:
        """What would be built, each after all that it needs."""
        ...

    def needs(self, drv_paths: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The graph below these derivations."""
        ...


@dataclass(frozen=True, kw_only=True)
class Step:
    """A package: its derivations that would be built now, and what is known of their time.

    `wanted` tells that it was asked for; otherwise something else needs it.
    """

    name: str
    wanted: bool
    needs: tuple[str, ...]
    derivations: tuple[str, ...] = ()
    estimate: Estimate = field(default_factory=Estimate)
    error: WasmwrightError | None = None

    def to_json(self) -> dict[str, object]:
        """The step as `--json` prints it."""
        return {
            "name": self.name,
            "wanted": self.wanted,
            "needs": list(self.needs),
            "derivations": list(self.derivations),
            "seconds": round(self.estimate.seconds, 1),
            "unknown": self.estimate.unknown,
            "error": None if self.error is None else str(self.error),
        }


@dataclass(frozen=True, kw_only=True)
class Preview:
    """All steps in the order of the build. `shared` are derivations of no single package, such as the toolchain's.

    `sources` are files that have to be fetched first.
    """

    steps: tuple[Step, ...]
    shared: tuple[str, ...]
    shared_estimate: Estimate
    sources: tuple[str, ...]

    @classmethod
    def empty(cls) -> Preview:
        """That of a build of no package."""
        return cls(steps=(), shared=(), shared_estimate=Estimate(), sources=())

    @property
    def total(self) -> Estimate:
        """Everything, one after the other."""
        total = self.shared_estimate
        for step in self.steps:
            total += step.estimate
        return total

    def to_json(self) -> dict[str, object]:
        """The whole as `--json` prints it."""
        return {
            "packages": [step.to_json() for step in self.steps],
            "shared": {
                "derivations": list(self.shared),
                "seconds": round(self.shared_estimate.seconds, 1),
                "unknown": self.shared_estimate.unknown,
            },
            "sources": list(self.sources),
            "seconds": round(self.total.seconds, 1),
            "unknown": self.total.unknown,
        }


def preview(wish: Wish, *, checkout: Checkout, nix: Planner, sources: Iterable[str]) -> Preview:
    """Ask what would be built. `sources` are the names of files that the build wants of the store."""
    found = evaluate(wish, checkout=checkout, nix=nix)
    asked = found.wanted(wish.names)
    graph = nix.needs([derivation.drv_path for derivation in asked])
    owners = Owners.of(found.parts, graph, toolchain=found.tools)
    files, planned = {*sources}, nix.planned(asked)
    built = [path for path in planned if short_name(path) not in files]
    shown = by_package(built, owners, wish=wish, parts=found.parts, times=read_times(checkout.state / TIMES))
    return replace(shown, sources=tuple(short_name(path) for path in planned if short_name(path) in files))


def by_package(
    drv_paths: Iterable[str],
    owners: Owners,
    *,
    wish: Wish,
    parts: Mapping[str, PackageParts | WasmwrightError],
    times: Mapping[str, float],
) -> Preview:
    """These derivations as a step of each package, also of those that own none; `times` are those of builds before."""
    by_owner: dict[str | None, list[str]] = {}
    for path in drv_paths:
        by_owner.setdefault(owners.owner(path), []).append(path)
    shared = by_owner.get(None, [])
    return Preview(
        steps=tuple(
            _step(name, wish, parts[name], by_owner.get(name, []), times)
            for name in topological_order({name: wish.needs.get(name, ()) for name in parts})
        ),
        shared=tuple(map(short_name, shared)),
        shared_estimate=estimate(shared, times),
        sources=(),
    )


def listing(found: Preview) -> str:
    """A line for each package, in the order of the build, and the whole."""
    width = max((len(step.name) for step in found.steps), default=0)
    return "\n".join([*(f"{step.name.ljust(width)}  {state(step)}" for step in found.steps), *ending(found)])


def tree(found: Preview) -> str:
    """What was asked for, above what it needs; what was drawn before stands there by its name only."""
    steps = {step.name: step for step in found.steps}
    needed = {need for step in found.steps if step.wanted for need in step.needs}
    tops = [step.name for step in found.steps if step.wanted and step.name not in needed]
    drawn: set[str] = set()
    lines = [line for top in tops for line in _branch(top, steps, drawn)]
    return "\n".join([*lines, *ending(found)])


def state(step: Step) -> str:
    """What would happen to a package."""
    if step.error is not None:
        return f"cannot be evaluated: {step.error}"
    if not step.derivations:
        return "in the store"
    return f"build, {told(step.estimate)}"


def told(found: Estimate) -> str:
    """A time that was never measured is unknown, not nothing."""
    if not found.unknown:
        return f"about {log.duration(found.seconds)}"
    unknown = f"{found.unknown} derivation{'s' * (found.unknown != 1)} of unknown time"
    return f"about {log.duration(found.seconds)} and {unknown}" if found.seconds else unknown


def ending(found: Preview) -> list[str]:
    """What belongs to no package, and the sum."""
    lines = []
    if found.sources:
        lines.append(f"sources to fetch first: {len(found.sources)}")
    if found.shared:
        lines.append(f"toolchain and shared: {len(found.shared)} to build, {told(found.shared_estimate)}")
    building = sum(bool(step.derivations) for step in found.steps)
    if building or found.shared:
        lines.append(f"{building} of {len(found.steps)} packages to build: {told(found.total)}, one after the other")
    else:
        lines.append("nothing to build")
    return lines


def _step(
    name: str, wish: Wish, parts: PackageParts | WasmwrightError, paths: Sequence[str], times: Mapping[str, float]
) -> Step:
    return Step(
        name=name,
        wanted=name in wish.names,
        needs=wish.needs.get(name, ()),
        derivations=tuple(map(short_name, paths)),
        estimate=estimate(paths, times),
        error=None if isinstance(parts, PackageParts) else parts,
    )


def _branch(name: str, steps: Mapping[str, Step], drawn: set[str]) -> list[str]:
    if name in drawn:
        return [f"{name} (above)"]
    drawn.add(name)
    lines = [f"{name}: {state(steps[name])}"]
    needs = list(dict.fromkeys(need for need in steps[name].needs if need in steps))
    for need in needs:
        is_last = need == needs[-1]
        first, *rest = _branch(need, steps, drawn)
        lines.append(f"{'└─ ' if is_last else '├─ '}{first}")
        lines += [f"{'   ' if is_last else '│  '}{line}" for line in rest]
    return lines
