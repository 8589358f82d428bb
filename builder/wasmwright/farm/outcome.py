"""What became of each package, from what became of its derivations. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.errors import BuildFailed, EvaluationFailed, PackageNotOffered
from wasmwright.graph import closure
from wasmwright.nixoutcome import Fate, Outcome
from wasmwright.progress import short_name
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wasmwright.failure import WasmwrightError
    from wasmwright.nixoutcome import Derivation, Results

BUILD = "build"
IMPORT_TEST = "import test"
# What is wrong with one package, worst first. All else is wrong with the machine or the store, and worse.
BY_PACKAGE = (EvaluationFailed, BuildFailed, TestsFailed, PackageNotOffered)


@dataclass(frozen=True, kw_only=True)
class PackageParts:
    """The derivations of a package: behind the gate, its import test, and what a GC root keeps.

    `built` is what other packages link. `needs` are names of packages, from its recipe.
    """

    gate: Derivation
    built: Derivation | None = None
    test: Derivation | None = None
    keep: Derivation | None = None
    needs: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[Derivation, ...]:
        """What is built when the package is asked for."""
        return tuple(one for one in (self.gate, self.test, self.keep) if one is not None)

    @property
    def all(self) -> tuple[Derivation, ...]:
        """Those that there are."""
        return tuple(one for one in (self.gate, self.built, self.test, self.keep) if one is not None)


@dataclass(frozen=True, kw_only=True)
class PackageOutcome:
    """What became of a package.

    `stage` is where it ended, if not well: a package whose import test fails is built. `because` names the packages, or
    derivations of none, for which it was not tried; with `stopped` the one after which nothing more was begun.
    `seconds` is how long its own derivations took now.
    """

    name: str
    fate: Fate
    stage: str | None = None
    seconds: float | None = None
    error: WasmwrightError | None = None
    because: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def is_well(self) -> bool:
        """Whether all that was wanted of the package is there."""
        return self.fate in {Fate.BUILT, Fate.STORED}

    @property
    def is_built(self) -> bool:
        """Whether the package itself is there, tested or not."""
        return self.is_well or self.stage == IMPORT_TEST


def package_outcomes(
    names: Iterable[str],
    parts: Mapping[str, PackageParts | WasmwrightError],
    results: Results,
    *,
    toolchain: Derivation | None = None,
) -> list[PackageOutcome]:
    """The outcome of each of `names`. `parts` also has the packages that these need, where they are known.

    What `toolchain` needs belongs to no package.
    """
    owners = Owners.of(parts, results.needs, toolchain=toolchain)
    found: list[PackageOutcome] = []
    for name in names:
        one = parts[name]
        if isinstance(one, PackageParts):
            found.append(_outcome(name, one, results, owners))
        else:
            found.append(PackageOutcome(name=name, fate=Fate.FAILED, stage=BUILD, error=one))
    return found


def all_errors(outcomes: Iterable[PackageOutcome], results: Results) -> list[WasmwrightError]:
    """Everything that went wrong, once, the worst first: its exit code is that of the whole.

    Also what failed that is no package of `outcomes`, but needed by one.
    """
    found = [*(outcome.error for outcome in outcomes), *results.failures.values(), results.error]
    return worst_first(error for error in found if error is not None)


def worst_first(errors: Iterable[WasmwrightError]) -> list[WasmwrightError]:
    """Each error once."""
    return sorted(dict.fromkeys(errors), key=_rank)


@dataclass(frozen=True, kw_only=True)
class Owners:
    """Which package a derivation belongs to: the one that needs it while none of the packages it needs does.

    What several such packages need, or the toolchain does, is `shared`.
    """

    closures: Mapping[str, frozenset[str]]
    needs: Mapping[str, tuple[str, ...]]
    shared: frozenset[str] = frozenset()
    _found: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        parts: Mapping[str, PackageParts | WasmwrightError],
        graph: Mapping[str, frozenset[str]],
        *,
        toolchain: Derivation | None = None,
    ) -> Owners:
        """`graph` is that of the derivations; a package that could not be evaluated owns none."""
        known = {name: one for name, one in parts.items() if isinstance(one, PackageParts)}
        return cls(
            closures={
                name: frozenset(closure(graph, [derivation.drv_path for derivation in one.all]))
                for name, one in known.items()
            },
            needs={name: one.needs for name, one in known.items()},
            shared=frozenset(closure(graph, [toolchain.drv_path])) if toolchain is not None else frozenset(),
        )

    def owner(self, drv_path: str) -> str | None:
        """The package that it belongs to, if that is one."""
        if drv_path not in self._found:
            needing = {name for name, needed in self.closures.items() if drv_path in needed}
            lowest = [name for name in needing if closure(self.needs, self.needs[name]).isdisjoint(needing)]
            is_own = len(lowest) == 1 and drv_path not in self.shared
            self._found[drv_path] = lowest[0] if is_own else None
        return self._found[drv_path]

    def title(self, drv_path: str) -> str:
        """The package, or the derivation's own name where it is no single package's."""
        return self.owner(drv_path) or short_name(drv_path)


def _outcome(name: str, parts: PackageParts, results: Results, owners: Owners) -> PackageOutcome:
    own = [path for path in results.seconds if owners.owner(path) == name]
    seconds = sum(results.seconds[path] for path in own) if own else None
    fates = [results.outcomes[one.drv_path] for one in (parts.gate, parts.test) if one is not None]
    for stage, part in _stages(parts):
        outcome = results.outcomes[part.drv_path]
        if outcome.fate not in {Fate.BUILT, Fate.STORED}:
            return _unwell(name, stage, outcome, seconds, (results, owners))
    fate = Fate.BUILT if any(outcome.fate is Fate.BUILT for outcome in fates) else Fate.STORED
    return PackageOutcome(name=name, fate=fate, seconds=seconds)


def _stages(parts: PackageParts) -> Iterator[tuple[str, Derivation]]:
    for stage, part in ((BUILD, parts.gate), (IMPORT_TEST, parts.test), (BUILD, parts.keep)):
        if part is not None:
            yield stage, part


def _unwell(
    name: str, stage: str, outcome: Outcome, seconds: float | None, known: tuple[Results, Owners]
) -> PackageOutcome:
    results, owners = known
    own = next((path for path in outcome.because if not outcome.stopped and owners.owner(path) == name), None)
    error = outcome.error if own is None else results.failures[own]
    fate = outcome.fate if own is None else Fate.FAILED
    because = dict.fromkeys(owners.title(path) for path in outcome.because) if own is None else {}
    return PackageOutcome(
        name=name,
        fate=fate,
        stage=stage,
        seconds=seconds,
        error=error,
        because=tuple(because),
        stopped=outcome.stopped,
    )


def _rank(error: WasmwrightError) -> int:
    return next((rank for rank, kind in enumerate(BY_PACKAGE, start=1) if isinstance(error, kind)), 0)
