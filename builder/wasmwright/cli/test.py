"""`wasmwright test`: packages in the runtime where users run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.build import make_wish
from wasmwright.cli.buildview import build_view
from wasmwright.cli.session import checked_names, one_build_at_a_time, open_nix, profile_name
from wasmwright.cli.transfer import transfer_progress
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.profile import known_profiles, profile_path, read_profile
from wasmwright.nixenv import Request
from wasmwright.packagebuild import build_packages, wheels_of
from wasmwright.process import run
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.parse import load_all
from wasmwright.recipe.resolve import run_closure
from wasmwright.runtime.errors import TestsFailed
from wasmwright.runtime.known import judge, load_known
from wasmwright.runtime.node import Runtime
from wasmwright.sources.storepath import source_path
from wasmwright.suites import Plan, chosen_parts, report, run_suite, table, write_report
from wasmwright.wanted import ensure_sources

if TYPE_CHECKING:
    from wasmwright.nix import Nix
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.runtime.known import Verdict

_SHOWN = 20


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright test numpy                       imports, and a script with known results\n"
    "  ./wasmwright test numpy --suite               the package's own tests, part by part\n"
    "  ./wasmwright test numpy --suite --part fft --part linalg\n"
    "  ./wasmwright test numpy --suite --part core -k 'umath and not complex'"
)
@click.argument("names", nargs=-1, required=True)
@click.option("--suite", is_flag=True, help="Run the package's own test suite.")
@click.option("--part", "parts", multiple=True, metavar="PART", help="Only this part of the suite.")
@click.option("-k", "expression", default="", metavar="EXPR", help="Only tests that match, as for pytest.")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Parts to run side by side.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("--no-sandbox", is_flag=True, help="Let builders see the machine; for where Nix cannot sandbox.")
@click.option("--verbose", "-v", is_flag=True, help="Show what the builders write.")
def command(  # noqa: PLR0913 - options
    names: tuple[str, ...],
    *,
    suite: bool,
    parts: tuple[str, ...],
    expression: str,
    jobs: int,
    as_json: bool,
    no_sandbox: bool,
    verbose: bool,
) -> None:
    """Test the packages NAMES in the stock runtime under Node, building them first.

    Failures that pkgs/NAME/known_failures.toml lists are expected; one that passes all the same is an error too. All
    results are kept in .wasmwright/tests.
    """
    recipes = load_all(paths.project_root() / "pkgs", KNOWN)
    wanted = checked_names(names)
    chosen = {name: chosen_parts(recipes[name], parts) for name in wanted} if suite or parts else {}
    with one_build_at_a_time():
        nix = open_nix(Request(sandbox=not no_sandbox))
        ensure_sources(wanted, root=paths.project_root(), profile=profile_name(), nix=nix, progress=transfer_progress())
        packages = build_packages(
            make_wish(wanted, test=True),
            nix=nix,
            roots=paths.state_dir() / "roots",
            stages=log.Stages(),
            progress=build_view(verbose=verbose),
        )
    if not chosen:
        for package in packages:
            click.echo(json.dumps(package.to_json()) if as_json else f"{package.name}: imported, known results right")
        return
    python = read_profile(profile_path(paths.project_root(), profile_name())).python
    wrong: list[str] = []
    for name, suite_parts in chosen.items():
        folder = paths.state_dir() / "tests" / name
        plan = Plan(parts=suite_parts, jobs=jobs, folder=folder, python=python, expression=expression)
        results = run_suite(_runtime(name, recipes, nix), plan, tell=log.say)
        known = load_known(
            paths.project_root() / "pkgs" / name / "known_failures.toml",
            profile=profile_name(),
            profiles=known_profiles(paths.project_root()),
        )
        verdict = judge(results, known, whole=not parts and not expression)
        document = report(name, results, verdict)
        write_report(folder.with_suffix(".json"), document)
        if as_json:
            click.echo(json.dumps(document, indent=1))
        else:
            click.echo(table(results, verdict))
            _tell(verdict)
        wrong += [] if verdict.ok else [name]
    if wrong:
        message = f"the suite of {', '.join(wrong)} is not as its known failures say"
        raise TestsFailed(message, hint="all results and pytest's own logs are in .wasmwright/tests")


def _runtime(name: str, recipes: dict[str, WrittenRecipe], nix: Nix) -> Runtime:
    """The stock runtime with the package, its tests, what it needs at run time and what its tests need."""
    needed = run_closure(name, recipes)
    built = nix.build([*(f".#{package}-wasm" for package in needed), ".#pyodide-runtime", ".#node"])
    wheels: list[Path] = []
    for package, output in zip(needed, built, strict=False):
        main, all_wheels = wheels_of(output.out) or (output.out, ())
        wheels += all_wheels if package == name else [main]
    lock = read_package_lock(paths.project_root() / "pkgs" / name / "lock.json")
    wheels += [Path(source_path(source)) for source in lock.test_requires]
    return Runtime(folder=built[-2].out, node=built[-1].out / "bin" / "node", wheels=tuple(wheels), start=run)


def _tell(verdict: Verdict) -> None:
    for title, lines in (
        ("failed, and not listed as known", [f"{test}\n    {line}" for test, line in verdict.unexpected.items()]),
        ("listed as known failures, but pass: take them out", list(verdict.recovered)),
        ("could not be run", [f"{part}: {error}" for part, error in verdict.errors.items()]),
        ("warning: listed, but no test has that name", list(verdict.unmatched)),
    ):
        if lines:
            click.echo(f"{title} ({len(lines)}):")
            for line in lines[:_SHOWN]:
                click.echo(f"  {line}")
            if len(lines) > _SHOWN:
                click.echo(f"  ... {len(lines) - _SHOWN} more")
