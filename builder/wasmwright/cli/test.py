"""`wasmwright test`: packages in the runtime where users run them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import build_options, target_options
from wasmwright.cli.output import say, say_json
from wasmwright.cli.ready import make_ready
from wasmwright.cli.session import checked_names, fetch_sources, one_build_of, open_nix
from wasmwright.farm.run import build_packages
from wasmwright.filelock import holding
from wasmwright.files import write_json
from wasmwright.generate.documents import VERSION
from wasmwright.packagebuild import wish_for
from wasmwright.recipe.parse import KNOWN_FAILURES
from wasmwright.runtime.errors import TestsFailed
from wasmwright.runtime.known import judge, load_known
from wasmwright.runtime.suite import FOLDER_VARIABLE, SITE_PACKAGES
from wasmwright.sources.storepath import source_path
from wasmwright.stockruntime import stock_runtime
from wasmwright.suites import SuitePlan, chosen_parts, in_place, report, run_suite, source_folders, table

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions
    from wasmwright.nix import Nix
    from wasmwright.package import PackageOutput
    from wasmwright.packagebuild import Package
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.runtime.known import Verdict
    from wasmwright.runtime.node import Runtime
    from wasmwright.runtime.suite import Part

_SHOWN = 20
# No part is called like that.
_SOURCE = ".source"


@dataclass(frozen=True, kw_only=True)
class SuiteChoice:
    """What of a suite to run: parts by name (none: all), and an expression as for pytest's `-k`."""

    parts: tuple[str, ...]
    expression: str
    parallel: int

    @property
    def is_whole(self) -> bool:
        """Whether every test is run, so that each known failure should be met."""
        return not self.parts and not self.expression


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright test numpy                       imports, and a script with known results\n"
    "  ./wasmwright test numpy --suite               the package's own tests, part by part\n"
    "  ./wasmwright test numpy --suite --profile 2026_5\n"
    "  ./wasmwright test numpy --suite --part fft --part linalg\n"
    "  ./wasmwright test numpy --suite --part core -k 'umath and not complex'"
)
@click.argument("names", nargs=-1, required=True)
@target_options
@click.option("--suite", is_flag=True, help="Run the package's own test suite; --part and -k do too.")
@click.option("--part", "parts", multiple=True, metavar="PART", help="Only this part of the suite.")
@click.option("-k", "expression", default="", metavar="EXPR", help="Only tests that match, as for pytest.")
@click.option(
    "--parallel", type=click.IntRange(1), default=2, show_default=True, metavar="N", help="Parts to run side by side."
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@build_options
def command(  # noqa: PLR0913 - options
    names: tuple[str, ...],
    *,
    checkout: Checkout,
    suite: bool,
    parts: tuple[str, ...],
    expression: str,
    parallel: int,
    as_json: bool,
    options: BuildOptions,
) -> None:
    """Test the packages NAMES in the stock runtime under Node, building them first.

    Failures that pkgs/NAME/known_failures.toml lists are expected; one that passes all the same is an error too. All
    results are kept in .wasmwright/PROFILE/tests.
    """
    wanted = checked_names(checkout, names)
    make_ready(checkout, wanted)
    with_suite = wanted if suite or parts or expression else ()
    chosen = {name: _chosen(checkout, name, parts) for name in with_suite}
    nix, packages = _built(checkout, wanted, options)
    if not chosen:
        for package in packages:
            recipe = checkout.recipes[package.name]
            document = {"version": VERSION, **package.to_json()}
            say(json.dumps(document) if as_json else f"{package.name}: {_found(package, recipe)}")
        return
    choice = SuiteChoice(parts=parts, expression=expression, parallel=parallel)
    wrong = []
    for package in packages:
        with _one_run_of(checkout, package.name):
            runtime = _runtime(checkout, package.output, nix)
            verdict = _run(checkout, package.name, runtime, chosen[package.name], choice, as_json=as_json)
        wrong += [] if verdict.ok else [package.name]
    if wrong:
        message = f"the suite of {', '.join(wrong)} is not as its known failures say"
        raise TestsFailed(message, hint=f"all results and pytest's own logs are in {checkout.suites}")


def _chosen(checkout: Checkout, name: str, parts: tuple[str, ...]) -> tuple[Part, ...]:
    recipe = checkout.recipes[name]
    return in_place(chosen_parts(recipe, parts), recipe, SITE_PACKAGES.format(version=checkout.abi.python))


def _one_run_of(checkout: Checkout, name: str) -> AbstractContextManager[None]:
    """Wait for another run of a package's suite in this checkout: they write to one folder."""

    def waiting(pid: str) -> None:
        log.say(f"another run of the suite of {name} for {checkout.profile} (pid {pid}) is under way; waiting")

    return holding(checkout.suites / f"{name}.lock", waiting=waiting)


def _found(package: Package, recipe: WrittenRecipe) -> str:
    """What a build without a suite has shown."""
    if not package.tested:
        return "built and audited; a library is tested by what links it"
    return "imported, known results right" if recipe.smoke_test else "imported"


def _built(checkout: Checkout, names: tuple[str, ...], options: BuildOptions) -> tuple[Nix, list[Package]]:
    with one_build_of(checkout, names):
        nix = open_nix(checkout, options)
        fetch_sources(checkout, names, nix=nix)
        wish = wish_for(checkout, names, test=True)
        view = build_view(verbose=options.verbose)
        return nix, build_packages(wish, checkout=checkout, nix=nix, stages=log.Stages(), progress=view)


def _runtime(checkout: Checkout, package: PackageOutput, nix: Nix) -> Runtime:
    """The stock runtime with the package, its tests, what it needs at run time and what its tests need."""
    lock = checkout.lock(package.name).for_profile(checkout.profile)
    further = [*([package.tests] if package.tests else []), *(Path(source_path(one)) for one in lock.test_requires)]
    runtime = stock_runtime([package], checkout=checkout, nix=nix, further=further)
    recipe = checkout.recipes[package.name]
    if not recipe.tests.folders:
        return runtime
    source = Path(source_path(lock.own[0].source))
    site = SITE_PACKAGES.format(version=checkout.abi.python)
    found = source_folders(recipe, source, checkout.suites / package.name / _SOURCE)
    # Such tests read their files by paths from there.
    env = {**runtime.env, FOLDER_VARIABLE: site}
    return replace(runtime, mounts={path: f"{site}/{name}" for path, name in found.items()}, env=env)


def _run(  # noqa: PLR0913 - one part of the command
    checkout: Checkout, name: str, runtime: Runtime, parts: tuple[Part, ...], choice: SuiteChoice, *, as_json: bool
) -> Verdict:
    folder = checkout.suites / name
    plan = SuitePlan(
        parts=parts,
        jobs=choice.parallel,
        folder=folder,
        python=checkout.abi.python,
        expression=choice.expression,
    )
    results = run_suite(runtime, plan, tell=log.say)
    listed = checkout.pkgs / name / KNOWN_FAILURES
    known = load_known(listed, profile=checkout.profile, profiles=checkout.known.profiles)
    verdict = judge(results, known, whole=choice.is_whole)
    document = report(name, results, verdict, profile=checkout.profile)
    write_json(folder.with_suffix(".json"), document)
    if as_json:
        say_json(document)
    else:
        say(table(results, verdict))
        _tell(verdict)
    return verdict


def _tell(verdict: Verdict) -> None:
    for title, lines in (
        ("failed, and not listed as known", [f"{test}\n    {line}" for test, line in verdict.unexpected.items()]),
        ("listed as known failures, but pass: take them out", list(verdict.recovered)),
        ("could not be run", [f"{part}: {error}" for part, error in verdict.errors.items()]),
        ("warning: listed, but no test has that name", list(verdict.unmatched)),
    ):
        if lines:
            say(f"{title} ({len(lines)}):")
            for line in lines[:_SHOWN]:
                say(f"  {line}")
            if len(lines) > _SHOWN:
                say(f"  ... {len(lines) - _SHOWN} more")
