"""`wasmwright build`: packages for WebAssembly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import build_options, profile_option
from wasmwright.cli.project import fetch_project, project_folder, shown_as
from wasmwright.cli.session import checked_names, fetch_sources, one_build_at_a_time, open_nix
from wasmwright.generate.files import drift, stale
from wasmwright.packagebuild import build_packages, wish_for

if TYPE_CHECKING:
    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions
    from wasmwright.nix import Nix
    from wasmwright.packagebuild import Package, Wish


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright build numpy\n"
    "  ./wasmwright build numpy --profile 2026_5   for another runtime\n"
    "  ./wasmwright build ../myproject             a folder with pyproject.toml and recipe.toml\n"
    "  ./wasmwright build numpy zlib --json\n"
    "  wheel=$(./wasmwright build numpy | tail -n 1)"
)
@click.argument("names", nargs=-1, required=True, metavar="NAMES... | FOLDER")
@profile_option
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--no-test", is_flag=True, help="Do not import the wheels in the runtime.")
@click.option(
    "--out-link", type=click.Path(path_type=Path), metavar="LINK", help="Also make LINK to the (first) package."
)
@click.option("--keep-failed", is_flag=True, help="Keep the folder of a build that fails.")
@build_options
def command(  # noqa: PLR0913 - options
    names: tuple[str, ...],
    *,
    checkout: Checkout,
    as_json: bool,
    no_test: bool,
    out_link: Path | None,
    keep_failed: bool,
    options: BuildOptions,
) -> None:
    """Build the packages NAMES, or the project in FOLDER, for WebAssembly; audit them; import them under Node.

    What contains a `/` is a folder. It has a recipe.toml without [source], and gets a lock.json.

    Fetches what is missing first. The last line of standard output is the path of the (last) wheel. Logs are kept in
    .wasmwright/PROFILE/logs, GC roots in .wasmwright/PROFILE/roots.
    """
    folder = project_folder(names)
    if folder is None:
        names = checked_names(checkout, names)
        check_fresh(checkout, names)
    stages = log.Stages()
    with one_build_at_a_time(checkout):
        nix = open_nix(checkout, options, keep_failed=keep_failed)
        with stages.stage("sources"):
            wish = _fetched(checkout, folder, names, nix=nix, test=not no_test)
        view = build_view(verbose=options.verbose)
        with shown_as(folder, wish.names):
            packages = build_packages(wish, checkout=checkout, nix=nix, stages=stages, progress=view)
        if out_link is not None:
            nix.add_root(packages[0].output.out, out_link.absolute())
    if as_json:
        click.echo(json.dumps(_document(checkout, packages, stages), indent=1))
    else:
        _print(packages, stages)


def check_fresh(checkout: Checkout, names: tuple[str, ...]) -> None:
    """Raise StaleGenerated where Nix would build something else than the recipes say."""
    found = drift(checkout.root, checkout.generated(names))
    if found:
        raise stale(found)


def _fetched(checkout: Checkout, folder: Path | None, names: tuple[str, ...], *, nix: Nix, test: bool) -> Wish:
    """What to build, its sources being in the store."""
    if folder is not None:
        return fetch_project(checkout, folder, nix=nix, test=test)
    fetch_sources(checkout, names, nix=nix)
    return wish_for(checkout, names, test=test)


def _document(checkout: Checkout, packages: list[Package], stages: log.Stages) -> dict[str, object]:
    seconds = {name: round(value, 3) for name, value in (stages.seconds | stages.parts).items()}
    return {"profile": checkout.profile, "packages": [package.to_json() for package in packages], "seconds": seconds}


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
