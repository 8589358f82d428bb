"""Carries a build out: evaluates, builds, keeps what was built, and says what became of each package."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wasmwright.farm.estimate import TIMES, remember
from wasmwright.farm.evaluate import Evaluator, derivations
from wasmwright.farm.outcome import PackageOutcome, PackageParts, all_errors, package_outcomes, worst_first
from wasmwright.farm.results import RESULTS, remember_results
from wasmwright.names import attribute
from wasmwright.nixoutcome import Derivation, Fate
from wasmwright.packagebuild import built_package
from wasmwright.progress import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.failure import WasmwrightError
    from wasmwright.log import Stages
    from wasmwright.nixoutcome import Results
    from wasmwright.nixwatch import Watcher
    from wasmwright.packagebuild import Package, Wish


# What the toolchain needs, so that a GC root of it lets any package be built again; and the toolchain alone.
_KEPT, _TOOLCHAIN = "keep", "toolchain"


class Builder(Evaluator, Protocol):
    """What is needed of Nix."""

    def build_all(
        self, derivations: Sequence[Derivation], *, keep_going: bool = False, progress: Watcher | None = None
    ) -> Results:
        """Build, and say what became of each derivation."""
        ...

    def add_root(self, path: str | Path, link: Path) -> None:
        """Keep a store path from being collected for as long as `link` exists."""
        ...


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """The derivations of a wish: of each package asked for or needed, where it has some, and of the toolchain."""

    parts: Mapping[str, PackageParts | WasmwrightError]
    toolchain: Derivation | WasmwrightError

    @property
    def tools(self) -> Derivation | None:
        """That of the toolchain, if it could be evaluated."""
        return self.toolchain if isinstance(self.toolchain, Derivation) else None

    def wanted(self, names: Iterable[str]) -> list[Derivation]:
        """What to build for these packages; not what others need of them, which comes by itself."""
        known = [parts for name in names if isinstance(parts := self.parts[name], PackageParts)]
        found = [derivation for parts in known for derivation in parts.wanted]
        return found if self.tools is None else [*found, self.tools]

    @property
    def error(self) -> WasmwrightError | None:
        """The first that could not be evaluated."""
        found = (*self.parts.values(), self.toolchain)
        return next((one for one in found if not isinstance(one, (PackageParts, Derivation))), None)


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """What became of a build: of each package asked for in order, and what lies in those that are built.

    `errors` are all that went wrong, the worst first. `seconds` has the derivations that were built now, by name.
    """

    outcomes: tuple[PackageOutcome, ...]
    packages: Mapping[str, Package] = field(default_factory=dict)
    errors: tuple[WasmwrightError, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    interruption: KeyboardInterrupt | None = None

    def with_refused(self, refused: Mapping[str, WasmwrightError]) -> BuildReport:
        """The report with those that were asked for, and not tried, after the others."""
        more = (PackageOutcome(name=name, fate=Fate.NOT_TRIED, error=error) for name, error in refused.items())
        errors = tuple(worst_first((*self.errors, *refused.values())))
        return replace(self, outcomes=(*self.outcomes, *more), errors=errors)


def evaluate(wish: Wish, *, checkout: Checkout, nix: Evaluator) -> Evaluated:
    """Find all derivations. Raises EvaluationFailed where there is nothing to evaluate."""
    asked = {name: _attributes(wish, name, keeps=checkout.keeps) for name in wish.names}
    needed = {name: _needed_attributes(name) for name in wish.needs if name not in asked}
    paths = [path for paths in (asked | needed).values() for path in paths.values()]
    of = [checkout.flake] if wish.file is None else ["--impure", "--file", str(wish.file)]
    toolchain = _KEPT if checkout.keeps else _TOOLCHAIN
    found = derivations([*paths, toolchain], of=of, nix=nix)
    parts = {
        name: _parts({part: found[path] for part, path in paths.items()}, wish.needs.get(name, ()))
        for name, paths in (asked | needed).items()
    }
    return Evaluated(parts=parts, toolchain=found[toolchain])


def build(  # noqa: PLR0913 - one door for all who build
    wish: Wish,
    *,
    checkout: Checkout,
    nix: Builder,
    stages: Stages,
    progress: Watcher | None = None,
    keep_going: bool = False,
) -> BuildReport:
    """Build every package of `wish`, import the wheels in the runtime, and root what was built in the checkout.

    Raises nothing for a package that fails, nor for an interruption while Nix builds: the report tells them. Without
    `keep_going` nothing is begun when a package cannot be evaluated, and its error is raised.
    """
    with stages.stage("evaluation"):
        found = evaluate(wish, checkout=checkout, nix=nix)
    if found.error is not None and not keep_going:
        raise found.error
    with stages.stage("build"):
        results = nix.build_all(found.wanted(wish.names), keep_going=keep_going, progress=progress)
    built = {path: seconds for path, seconds in results.seconds.items() if path not in results.failures}
    remember(checkout.state / TIMES, built if results.interruption is None else {})
    outcomes = package_outcomes(wish.names, found.parts, results, toolchain=found.tools)
    if wish.file is None:
        remember_results(checkout.state / RESULTS, outcomes)
    packages = {}
    for outcome in outcomes:
        parts = found.parts[outcome.name]
        if isinstance(parts, PackageParts) and outcome.is_built:
            packages[outcome.name] = built_package(parts.gate, tested=parts.test is not None and outcome.is_well)
    _keep(found, results, wish.names, checkout=checkout, nix=nix)
    seconds = {short_name(path): value for path, value in results.seconds.items()}
    return BuildReport(
        outcomes=tuple(outcomes),
        packages=packages,
        errors=tuple(all_errors(outcomes, results)),
        seconds=seconds,
        interruption=results.interruption,
    )


def build_packages(
    wish: Wish, *, checkout: Checkout, nix: Builder, stages: Stages, progress: Watcher | None = None
) -> list[Package]:
    """Build as `build` does, for those who need every package: raises what went wrong."""
    report = build(wish, checkout=checkout, nix=nix, stages=stages, progress=progress)
    if report.interruption is not None:
        raise report.interruption
    if report.errors:
        raise report.errors[0]
    return [report.packages[name] for name in wish.names]


def _attributes(wish: Wish, name: str, *, keeps: bool) -> dict[str, str]:
    tests = {"test": f"{attribute(name)}.tests.import"} if wish.test and name in wish.wheels else {}
    kept = {"keep": f"{attribute(name)}.keep"} if keeps else {}
    return {"gate": attribute(name), **tests, **kept}


def _needed_attributes(name: str) -> dict[str, str]:
    """Of a package that others need: what tells that a failure is its own."""
    return {"gate": attribute(name), "built": f"{attribute(name)}.built"}


def _parts(found: Mapping[str, Derivation | WasmwrightError], needs: tuple[str, ...]) -> PackageParts | WasmwrightError:
    known = {part: one for part, one in found.items() if isinstance(one, Derivation)}
    error = next((one for one in found.values() if not isinstance(one, Derivation)), None)
    return error if error is not None else PackageParts(needs=needs, **known)


def _keep(found: Evaluated, results: Results, names: Iterable[str], *, checkout: Checkout, nix: Builder) -> None:
    """Root what is there now, also beside failures: the next build begins with it."""
    links = {"toolchain": found.toolchain}
    for name in names:
        parts = found.parts[name]
        if isinstance(parts, PackageParts):
            links |= {attribute(name): parts.gate}
            links |= {f"{name}-import": parts.test} if parts.test else {}
            links |= {f"{name}-keep": parts.keep} if parts.keep else {}
    for link, one in links.items():
        if isinstance(one, Derivation) and results.outcomes[one.drv_path].fate in {Fate.BUILT, Fate.STORED}:
            _root(nix, checkout.roots / link, Path(one.outputs["out"]))


def _root(nix: Builder, link: Path, path: Path) -> None:
    if not link.is_symlink() or link.readlink() != path:
        nix.add_root(path, link)
