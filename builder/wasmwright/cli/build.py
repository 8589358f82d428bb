"""`wasmwright build`: packages for WebAssembly."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli import boundary
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import build_options, target_options
from wasmwright.cli.output import say, say_json
from wasmwright.cli.project import advise, fetch_project, open_project, project_folder, shown_as
from wasmwright.cli.ready import check_ready, make_ready
from wasmwright.cli.selection import chosen, selection_options
from wasmwright.cli.session import fetch_for, one_build_of, open_nix
from wasmwright.errors import HashMismatch, PinUnavailable
from wasmwright.farm.outcome import worst_first
from wasmwright.farm.plan import Plan
from wasmwright.farm.preview import Preview, listing, preview, tree
from wasmwright.farm.report import document, table
from wasmwright.farm.run import BuildReport, build
from wasmwright.generate.documents import VERSION
from wasmwright.packagebuild import wish_for

if TYPE_CHECKING:
    from wasmwright.checkout import Checkout
    from wasmwright.cli.selection import Asked
    from wasmwright.cli.session import BuildOptions
    from wasmwright.nix import Nix
    from wasmwright.packagebuild import Package, Wish
    from wasmwright.recipe.model import WrittenRecipe


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How to build, and what is kept of it."""

    test: bool
    keep_going: bool
    keep_failed: bool
    out_link: Path | None
    options: BuildOptions


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright build numpy\n"
    "  ./wasmwright build numpy --profile 2026_5   for another runtime\n"
    "  ./wasmwright build numpy --no-simd          for engines without 128-bit vectors\n"
    "  ./wasmwright build ../myproject             a folder with pyproject.toml and recipe.toml\n"
    "  ./wasmwright build 'py*' zlib --keep-going\n"
    "  ./wasmwright build --set science --dry-run  what it would do, and how long that may take\n"
    "  ./wasmwright build --changed-since main     what a branch touches, and all that needs it\n"
    "  wheel=$(./wasmwright build numpy | tail -n 1)"
)
@click.argument("names", nargs=-1, metavar="[NAMES | GLOBS]... | FOLDER")
@target_options
@selection_options
@click.option("--keep-going", is_flag=True, help="After a failure, build all that does not need it.")
@click.option("--dry-run", is_flag=True, help="Say what would be built, in which order, and build nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (docs/reference/json.md).")
@click.option("--no-test", is_flag=True, help="Do not import the wheels in the runtime.")
@click.option(
    "--out-link", type=click.Path(path_type=Path), metavar="LINK", help="Also make LINK to the (first) package."
)
@click.option("--keep-failed", is_flag=True, help="Keep the folder of a build that fails.")
@build_options
def command(  # noqa: PLR0913 - options
    *,
    checkout: Checkout,
    asked: Asked,
    keep_going: bool,
    dry_run: bool,
    as_json: bool,
    no_test: bool,
    out_link: Path | None,
    keep_failed: bool,
    options: BuildOptions,
) -> None:
    """Build the packages NAMES, or the project in FOLDER, for WebAssembly; audit them; import them under Node.

    What contains a `/` is a folder. It has a recipe.toml without [source], and gets a lock.json.

    Makes the locks and generated files that are missing, and fetches sources, first. What is stale is refused, with the
    command that mends it. Of one package the last line of standard output is the path of its wheel; of several
    a table tells what became of each. The exit code is that of the worst failure (docs/reference/exit-codes.md). Logs
    are kept in .wasmwright/PROFILE/logs, GC roots in .wasmwright/PROFILE/roots.
    """
    ways = Ways(test=not no_test, keep_going=keep_going, keep_failed=keep_failed, out_link=out_link, options=options)
    project = project_folder(asked.names)
    if project is not None and (asked.selects or dry_run):
        message = f"{asked.names[0]} is a folder: a project is built alone, without a selection or --dry-run"
        raise click.UsageError(message)
    if out_link is not None and out_link.exists() and not out_link.is_symlink():
        message = f"--out-link: {out_link} is there already, and no link"
        raise click.UsageError(message)
    plan = chosen(checkout, asked, keep_going=keep_going) if project is None else Plan(names=())
    if dry_run:
        check_ready(checkout, plan.names)
        _preview(checkout, plan, ways, as_json=as_json)
        return
    make_ready(checkout, plan.names)
    stages = log.Stages()
    report = BuildReport(outcomes=())
    if project is not None or plan.names:
        what = plan if project is None else open_project(checkout, project)
        report = _built(checkout, what, ways, stages)
    report = report.with_refused(plan.refused)
    if as_json:
        seconds, code = stages.seconds, _exit_code(report)
        say_json(document(report, plan, profile=checkout.profile, exit_code=code, seconds=seconds))
    else:
        _print(report, stages)
    _end(report)


def _built(checkout: Checkout, what: WrittenRecipe | Plan, ways: Ways, stages: log.Stages) -> BuildReport:
    """Build a user's project, or what is planned, its sources being fetched first."""
    project = None if isinstance(what, Plan) else what.folder
    with one_build_of(checkout, what.names if isinstance(what, Plan) else [what.name]):
        nix = open_nix(checkout, ways.options, keep_failed=ways.keep_failed)
        with stages.stage("sources"):
            if isinstance(what, Plan):
                wish = wish_for(checkout, what.names, test=ways.test)
                _fetch(checkout, wish, nix=nix, keep_going=ways.keep_going)
            else:
                wish = fetch_project(checkout, what, nix=nix, test=ways.test)
        view = build_view(verbose=ways.options.verbose)
        with shown_as(project, wish.names):
            report = build(wish, checkout=checkout, nix=nix, stages=stages, progress=view, keep_going=ways.keep_going)
        if ways.out_link is not None and report.packages:
            nix.add_root(next(iter(report.packages.values())).output.out, ways.out_link.absolute())
    for error in report.errors:
        advise(project, wish.names, error)
    return report


def _fetch(checkout: Checkout, wish: Wish, *, nix: Nix, keep_going: bool) -> None:
    try:
        fetch_for(wish, checkout.wanted(wish.names), checkout=checkout, nix=nix)
    except (HashMismatch, PinUnavailable) as error:
        if not keep_going:
            raise
        # The packages of that source fail by themselves.
        boundary.show(error)


def _preview(checkout: Checkout, plan: Plan, ways: Ways, *, as_json: bool) -> None:
    found = Preview.empty()
    if plan.names:
        wish = wish_for(checkout, plan.names, test=ways.test)
        nix = open_nix(checkout, ways.options)
        found = preview(wish, checkout=checkout, nix=nix, sources=checkout.wanted(plan.names).sources)
    if as_json:
        say_json({"version": VERSION, "profile": checkout.profile, **found.to_json()})
    else:
        say(tree(found) if sys.stdout.isatty() else listing(found))
    errors = worst_first((*(step.error for step in found.steps if step.error is not None), *plan.refused.values()))
    for error in reversed(errors[1:]):
        boundary.show(error)
    if errors:
        raise errors[0]


def _print(report: BuildReport, stages: log.Stages) -> None:
    packages = [report.packages[outcome.name] for outcome in report.outcomes if outcome.is_well]
    is_well = len(packages) == len(report.outcomes)
    if not report.outcomes:
        say("nothing to build")
    elif len(report.outcomes) > 1:
        say(table(report))
    elif is_well:
        _print_package(packages[0])
        for name, seconds in report.seconds.items():
            say(f"{name}: {log.duration(seconds)}")
    if packages and is_well:
        say(f"time: {stages.summary()}")
        say(packages[-1].main)


def _print_package(package: Package) -> None:
    say(f"{package.name}: {'built and imported' if package.tested else 'built'}")
    for artifact in package.artifacts:
        say(f"  {artifact.path.name}  {log.size(artifact.size)}  sha256 {artifact.sha256}")
    for artifact in package.beside:
        say(f"  to install with it: {artifact.path}  {log.size(artifact.size)}")


def _end(report: BuildReport) -> None:
    """Raise the interruption or the worst error; what else went wrong is told before it."""
    if report.interruption is not None:
        raise report.interruption
    for error in reversed(report.errors[1:]):
        boundary.show(error)
    if report.errors:
        raise report.errors[0]


def _exit_code(report: BuildReport) -> int:
    if report.interruption is not None:
        return boundary.interruption_code(report.interruption)
    return report.errors[0].exit_code if report.errors else 0
