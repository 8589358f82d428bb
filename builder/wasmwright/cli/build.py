"""`wasmwright build`: packages for WebAssembly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.buildview import build_view
from wasmwright.cli.project import fetch_project, project_folder, shown_as
from wasmwright.cli.session import checked_names, one_build_at_a_time, open_nix, profile_name
from wasmwright.cli.transfer import transfer_progress
from wasmwright.generate.files import drift, plan, stale
from wasmwright.nixenv import Request
from wasmwright.packagebuild import Wish, build_packages
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.offer import check_offered
from wasmwright.recipe.parse import load_recipe
from wasmwright.wanted import ensure_sources

if TYPE_CHECKING:
    from wasmwright.packagebuild import Package


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright build numpy\n"
    "  ./wasmwright build ../myproject       a folder with pyproject.toml and recipe.toml\n"
    "  ./wasmwright build numpy zlib --json\n"
    "  wheel=$(./wasmwright build numpy | tail -n 1)"
)
@click.argument("names", nargs=-1, required=True, metavar="NAMES... | FOLDER")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--no-test", is_flag=True, help="Do not import the wheels in the runtime.")
@click.option(
    "--out-link", type=click.Path(path_type=Path), metavar="LINK", help="Also make LINK to the (first) package."
)
@click.option("--keep-failed", is_flag=True, help="Keep the folder of a build that fails.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many derivations to build at once.")
@click.option("--no-sandbox", is_flag=True, help="Let builders see the machine; for where Nix cannot sandbox.")
@click.option("--verbose", "-v", is_flag=True, help="Show what the builders write.")
def command(  # noqa: PLR0913 - options
    names: tuple[str, ...],
    *,
    as_json: bool,
    no_test: bool,
    out_link: Path | None,
    keep_failed: bool,
    jobs: int | None,
    no_sandbox: bool,
    verbose: bool,
) -> None:
    """Build the packages NAMES, or the project in FOLDER, for WebAssembly; audit them; import them under Node.

    What contains a `/` is a folder. It has a recipe.toml without [source], and gets a lock.json.

    Fetches what is missing first. The last line of standard output is the path of the (last) wheel. Logs are kept in
    .wasmwright/logs, GC roots in .wasmwright/roots.
    """
    folder = project_folder(names)
    wish = make_wish(checked_names(names), test=not no_test) if folder is None else None
    if wish is not None:
        check_fresh(wish.names)
    stages, roots = log.Stages(), paths.state_dir() / "roots"
    request = Request(sandbox=not no_sandbox, jobs=jobs, keep_failed=keep_failed)
    with one_build_at_a_time():
        nix = open_nix(request)
        with stages.stage("sources"):
            if folder is not None:
                wish = fetch_project(folder, nix=nix, test=not no_test)
            elif wish is not None:
                ensure_sources(
                    wish.names, root=paths.project_root(), profile=profile_name(), nix=nix, progress=transfer_progress()
                )
        assert wish is not None
        with shown_as(folder, wish.names):
            packages = build_packages(wish, nix=nix, roots=roots, stages=stages, progress=build_view(verbose=verbose))
        if out_link is not None:
            nix.add_root(packages[0].out, out_link.absolute())
    if as_json:
        seconds = {name: round(value, 3) for name, value in (stages.seconds | stages.parts).items()}
        document = {"packages": [package.to_json() for package in packages], "seconds": seconds}
        click.echo(json.dumps(document, indent=1))
    else:
        _print(packages, stages)


def check_fresh(names: tuple[str, ...]) -> None:
    """Raise StaleGenerated where Nix would build something else than the recipes say."""
    root = paths.project_root()
    found = drift(root, plan(root, names))
    if found:
        raise stale(found)


def make_wish(names: tuple[str, ...], *, test: bool) -> Wish:
    """What to build for these recipes."""
    recipes = [load_recipe(_recipe(name), KNOWN) for name in names]
    for recipe in recipes:
        check_offered(recipe)
    wheels = frozenset(recipe.name for recipe in recipes if recipe.build.type is BuildType.WHEEL)
    return Wish(names=names, wheels=wheels, test=test)


def _recipe(name: str) -> Path:
    return paths.project_root() / "pkgs" / name / "recipe.toml"


def _print(packages: list[Package], stages: log.Stages) -> None:
    for package in packages:
        tested = "built and imported" if package.tested else "built"
        click.echo(f"{package.name}: {tested}")
        for artifact in package.artifacts:
            click.echo(f"  {artifact.path.name}  {log.size(artifact.size)}  sha256 {artifact.sha256}")
        for artifact in package.beside:
            click.echo(f"  to install with it: {artifact.path}  {log.size(artifact.size)}")
    for name, seconds in stages.parts.items():
        click.echo(f"{name}: {log.duration(seconds)}")
    click.echo(f"time: {stages.summary()}")
    click.echo(packages[-1].main)
