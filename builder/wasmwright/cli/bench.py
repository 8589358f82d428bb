"""`wasmwright bench`: how fast the packages are in the runtime, beside the same ones natively."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import bench, log, paths
from wasmwright.bench.native import VECTORS_128, Native, unpack
from wasmwright.bench.plot import plot
from wasmwright.bench.results import NATIVE, NATIVE_128, WASM, Series, document, read_series, table
from wasmwright.cli.build import make_wish
from wasmwright.cli.buildview import build_view
from wasmwright.cli.session import one_build_at_a_time, open_nix
from wasmwright.cli.transfer import transfer_progress
from wasmwright.config import load_config
from wasmwright.errors import BenchmarkFailed
from wasmwright.lock.profile import profile_path, read_profile
from wasmwright.lock.requirements import Resolver, host_interpreter
from wasmwright.packagebuild import build_packages, wheels_of
from wasmwright.recipe.parse import load_all
from wasmwright.recipe.resolve import run_closure
from wasmwright.runtime.node import Runtime, execute
from wasmwright.sources.client import Client
from wasmwright.sources.fetch import ensure_sources, fetch
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.wanted import Wanted
from wasmwright.suites import write_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.nix import Nix
    from wasmwright.recipe.model import WrittenRecipe

# What `linalg` measures, as far as there are recipes.
PACKAGES = ("numpy", "scipy")
SIZES = ("small", "medium", "large")
_SCRIPT = Path(bench.__file__).with_name("guest") / "linalg.py"
_GUEST = "/bench"


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright bench linalg                          products, factorisations, SciPy's own: a minute\n"
    "  ./wasmwright bench linalg --sizes large            up to 4096, with the shapes of published comparisons\n"
    "  ./wasmwright bench linalg dgemm svd                only cases that start so\n"
    "  ./wasmwright bench linalg --json a.json --plot a.svg"
)
@click.argument("what", type=click.Choice(["linalg"]))
@click.argument("cases", nargs=-1)
@click.option("--sizes", type=click.Choice(SIZES), default="medium", show_default=True)
@click.option("--repeats", type=click.IntRange(1), default=5, show_default=True, help="Runs to take the best of.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures here.")
@click.option("--plot", "plot_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a chart (SVG) here.")
def command(  # noqa: PLR0913 - options
    what: str, cases: tuple[str, ...], *, sizes: str, repeats: int, json_file: Path | None, plot_file: Path | None
) -> None:
    """Measure linear algebra in the stock runtime under Node and natively, one after the other, one thread each.

    Native are the wheels that everybody installs, once with all instructions of this processor and once with 128-bit
    vectors only, which is what WebAssembly has. The table is Markdown: times, speed, and how many times longer.
    """
    assert what == "linalg"
    recipes = load_all(paths.project_root() / "pkgs")
    names = tuple(name for name in PACKAGES if name in recipes)
    versions = {name: recipes[name].version for name in names}
    nix = open_nix()
    runtime = _runtime(names, recipes, nix)
    native = _native(versions, nix)
    arguments = [sizes, str(repeats), *cases]
    measured = [_wasm(runtime, arguments)]
    script = [str(_SCRIPT), *arguments]
    for name, variables in ((NATIVE, dict[str, str]()), (NATIVE_128, VECTORS_128)):
        log.say(f"measuring {name}")
        measured.append(read_series(name, native.run(script, variables)))
    if not measured[0].cases:
        message = f"no case starts with {' or '.join(cases)}"
        raise BenchmarkFailed(message, hint="run it without names to see all")
    click.echo(table(measured))
    if json_file:
        write_report(
            json_file, document(measured, machine=platform.processor() or platform.machine(), versions=versions)
        )
    if plot_file:
        plot_file.write_bytes(plot(measured))


def _runtime(names: tuple[str, ...], recipes: Mapping[str, WrittenRecipe], nix: Nix) -> Runtime:
    """The stock runtime with the packages, built first."""
    needed = tuple(dict.fromkeys(name for package in names for name in run_closure(package, dict(recipes))))
    with one_build_at_a_time():
        ensure_sources(needed, nix=nix, progress=transfer_progress())
        build_packages(
            make_wish(needed, test=False),
            nix=nix,
            roots=paths.state_dir() / "roots",
            stages=log.Stages(),
            progress=build_view(verbose=False),
        )
    built = nix.build([*(f".#{name}-wasm" for name in needed), ".#pyodide-runtime", ".#node"])
    wheels = tuple(found[0] for output in built[:-2] if (found := wheels_of(output.out)))
    mounts = {_SCRIPT.parent: _GUEST}
    return Runtime(folder=built[-2].out, node=built[-1].out / "bin/node", wheels=wheels, mounts=mounts)


def _wasm(runtime: Runtime, arguments: list[str]) -> Series:
    log.say(f"measuring {WASM}")
    done = execute(runtime, [f"{_GUEST}/{_SCRIPT.name}", *arguments])
    if done.exit_code != 0:
        message = "the run in the WebAssembly runtime failed"
        raise BenchmarkFailed(message, excerpt="\n".join(done.stderr.strip().splitlines()[-10:]))
    return read_series(WASM, done.stdout)


def _native(versions: Mapping[str, str], nix: Nix) -> Native:
    """The same versions for this machine: wheels as pip chooses them for the host Python, kept in the Nix store."""
    config = load_config()
    mirrors = Mirrors(config=config, npm_default=lambda: None)
    client = Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy)
    sources = Resolver(client=client, mirrors=mirrors).resolve(
        [f"{name}=={version}" for name, version in versions.items()],
        host_interpreter(read_profile(profile_path())),
        own={},
        wanted_by="the native side of the comparison",
    )
    fetch(Wanted(sources={source.name: source for source in sources}), store=nix, config=config)
    (python,) = nix.build([".#host-python"])
    return Native(root=python.out, packages=unpack(sources, paths.state_dir() / "bench"))
