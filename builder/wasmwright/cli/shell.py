"""`wasmwright shell`: the build environment of a package, to see why a build fails."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.buildshell.prepare import entry, fresh_folder, kept_folder, read_derivation
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import build_options, target_options
from wasmwright.cli.project import fetch_project, open_project, project_folder
from wasmwright.cli.ready import make_ready
from wasmwright.cli.session import checked_names, fetch_sources, one_build_of, open_nix
from wasmwright.names import attribute
from wasmwright.process import become

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions
    from wasmwright.nix import Nix

_BUILDS = Path("/nix/var/nix/builds")


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright build numpy --keep-failed      a build that fails, and keeps its folder\n"
    "  ./wasmwright shell numpy                    there, with everything as it was\n"
    "  ./wasmwright shell numpy --fresh            the source unpacked and patched, nothing built\n"
    "  ./wasmwright shell numpy -- emcc --version  one command instead of a shell"
)
@click.argument("name", metavar="NAME | FOLDER")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@target_options
@click.option("--fresh", is_flag=True, help="Not the folder of a failed build, nor what an earlier shell left.")
@build_options
def command(name: str, command: tuple[str, ...], *, checkout: Checkout, fresh: bool, options: BuildOptions) -> None:
    """Enter the build environment of the package NAME, or the project in FOLDER, or run COMMAND in it.

    The folder is that of its failed build, if one was kept by `build --keep-failed`; otherwise the source is unpacked
    and patched in .wasmwright/PROFILE/shells/NAME, where the next shell finds what this one left.

    The environment is the one that the derivation's own program makes: the same Python, compilers, flags and
    variables. The folder is shown as /build, as builds see theirs, and what is built goes to /build/out. The commands
    of the build are told, to be run by hand. It is no sandbox: the machine's files and the network are there.

    What the build needs is built first; the package itself is not.
    """
    folder = project_folder([name])
    project = None if folder is None else open_project(checkout, folder)
    (package,) = checked_names(checkout, [name]) if project is None else [project.name]
    if project is None:
        make_ready(checkout, [package])
    with one_build_of(checkout, [package]):
        nix = open_nix(checkout, options)
        if project is None:
            fetch_sources(checkout, [package], nix=nix)
            of = [f"{checkout.attribute(package)}.built.drvPath"]
        else:
            wish = fetch_project(checkout, project, nix=nix, test=False)
            of = ["--impure", "--file", str(wish.file), f"{attribute(package)}.built.drvPath"]
        drv_path = str(nix.eval_json(*of))
        derivation = read_derivation(nix.show(drv_path))
        needed = sorted(nix.needs([drv_path])[drv_path])
        nix.build([f"{path}^*" for path in needed], progress=build_view(verbose=options.verbose))
    kept = None if fresh else kept_folder(derivation, _places(nix))
    folder = kept or fresh_folder(checkout.state / "shells" / package, again=fresh)
    log.say(f"the failed build in {kept}" if kept else f"a build of your own in {folder}")
    entered = entry(derivation, folder, command, cores=options.jobs or os.cpu_count() or 1)
    become(entered.command, env=entered.env)


def _places(nix: Nix) -> Iterator[Path]:
    """Where this Nix, and newer ones, keep the folders of builds."""
    yield Path(tempfile.gettempdir())
    yield _BUILDS
    if setting := nix.setting("build-dir"):
        yield Path(setting)
