"""`wasmwright bench`: how fast the packages are in the runtime, beside the same ones natively."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import bench, log, paths
from wasmwright.bench.cases import fault
from wasmwright.bench.native import VECTORS_128, Native, unpack
from wasmwright.bench.plot import plot
from wasmwright.bench.results import NATIVE, NATIVE_128, WASM, Series, document, read_series, table
from wasmwright.cli.build import make_wish
from wasmwright.cli.buildview import build_view
from wasmwright.cli.session import one_build_at_a_time, open_nix, profile_name
from wasmwright.cli.transfer import transfer_progress
from wasmwright.config import load_config
from wasmwright.errors import BenchmarkFailed
from wasmwright.lock.model import read_toolchain_lock
from wasmwright.lock.profile import profile_lock_path, profile_path, read_profile
from wasmwright.lock.requirements import Resolver, build_interpreter
from wasmwright.packagebuild import build_packages, wheels_of
from wasmwright.process import run
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.parse import load_all
from wasmwright.recipe.resolve import run_closure
from wasmwright.runtime.node import Runtime, execute
from wasmwright.sources.client import Client
from wasmwright.sources.fetch import fetch
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.wanted import Wanted
from wasmwright.suites import write_report
from wasmwright.wanted import ensure_sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.nix import Nix
    from wasmwright.recipe.model import WrittenRecipe

SIZES = ("small", "medium", "large")
_SCRIPTS = Path(bench.__file__).with_name("guest")
_GUEST = "/bench"
_CPU_TIME = {"WASMWRIGHT_BENCH_CLOCK": "cpu"}


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """A script of `guest/`, with `packages` in WebAssembly and `native` wheels, as far as there are recipes.

    `variants` are other builds of one of these packages, by what tables call the runs with them: outputs of the flake.
    """

    script: str
    packages: tuple[str, ...]
    native: tuple[str, ...]
    variants: Mapping[str, str] = field(default_factory=dict)


_WITHOUT_KERNELS = {"wasm without our kernels": "openblas-generic"}
_COMPARISONS = {
    "linalg": _Comparison(
        script="linalg.py", packages=("numpy", "scipy"), native=("numpy", "scipy"), variants=_WITHOUT_KERNELS
    ),
    "blas": _Comparison(script="blas.py", packages=("openblas",), native=("numpy",), variants=_WITHOUT_KERNELS),
}


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright bench linalg                          products, factorisations, SciPy's own: minutes\n"
    "  ./wasmwright bench linalg --sizes large            up to 4096, with the shapes of published comparisons\n"
    "  ./wasmwright bench linalg dgemm svd                only cases that start so\n"
    "  ./wasmwright bench blas                            the routines below NumPy, and what our kernels bring\n"
    "  ./wasmwright bench linalg --json a.json --plot a.svg"
)
@click.argument("what", type=click.Choice(sorted(_COMPARISONS)))
@click.argument("cases", nargs=-1)
@click.option("--sizes", type=click.Choice(SIZES), default="medium", show_default=True)
@click.option("--repeats", type=click.IntRange(1), default=5, show_default=True, help="Runs to take the best of.")
@click.option("--cpu-time", is_flag=True, help="Count CPU time, on a machine with other work; needs longer runs.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures here.")
@click.option("--plot", "plot_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a chart (SVG) here.")
def command(  # noqa: PLR0913 - options
    what: str,
    cases: tuple[str, ...],
    *,
    sizes: str,
    repeats: int,
    cpu_time: bool,
    json_file: Path | None,
    plot_file: Path | None,
) -> None:
    """Measure linear algebra in the stock runtime under Node and natively, one after the other, one thread each.

    Native are the wheels that everybody installs, once with all instructions of this processor and once with 128-bit
    vectors only, which is what WebAssembly has. The table is Markdown: times, speed, and how many times longer.
    """
    if reason := fault(what, cases):
        raise click.UsageError(reason)
    comparison = _COMPARISONS[what]
    recipes = load_all(paths.project_root() / "pkgs", KNOWN)
    versions = {name: recipes[name].version for name in comparison.native if name in recipes}
    nix = open_nix()
    clock = _CPU_TIME if cpu_time else {}
    runtime = _runtime(tuple(name for name in comparison.packages if name in recipes), recipes, nix)
    runtime = replace(runtime, env=clock)
    runtimes = {WASM: runtime, **{name: _variant(runtime, output, nix) for name, output in comparison.variants.items()}}
    native = _native(versions, nix)
    arguments = [sizes, str(repeats), *cases]
    measured = [_wasm(name, found, [f"{_GUEST}/{comparison.script}", *arguments]) for name, found in runtimes.items()]
    script = [str(_SCRIPTS / comparison.script), *arguments]
    for name, variables in ((NATIVE, {}), (NATIVE_128, VECTORS_128)):
        log.say(f"measuring {name}")
        measured.append(read_series(name, native.run(script, clock | variables)))
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
        ensure_sources(needed, root=paths.project_root(), profile=profile_name(), nix=nix, progress=transfer_progress())
        build_packages(
            make_wish(needed, test=False),
            nix=nix,
            roots=paths.state_dir() / "roots",
            stages=log.Stages(),
            progress=build_view(verbose=False),
        )
    built = nix.build([*(f".#{name}-wasm" for name in needed), ".#pyodide-runtime", ".#node"])
    wheels = tuple(found[0] for output in built[:-2] if (found := wheels_of(output.out)))
    mounts = {_SCRIPTS: _GUEST}
    return Runtime(folder=built[-2].out, node=built[-1].out / "bin/node", wheels=wheels, mounts=mounts, start=run)


def _variant(runtime: Runtime, output: str, nix: Nix) -> Runtime:
    """The same with another build of one of its packages."""
    (built,) = nix.build([f".#{output}"])
    found = wheels_of(built.out)
    assert found is not None
    wheels = tuple(found[0] if wheel.name == found[0].name else wheel for wheel in runtime.wheels)
    return replace(runtime, wheels=wheels)


def _wasm(name: str, runtime: Runtime, python: list[str]) -> Series:
    log.say(f"measuring {name}")
    done = execute(runtime, python)
    if done.exit_code != 0:
        message = "the run in the WebAssembly runtime failed"
        raise BenchmarkFailed(message, excerpt="\n".join(done.stderr.strip().splitlines()[-10:]))
    return read_series(name, done.stdout)


def _native(versions: Mapping[str, str], nix: Nix) -> Native:
    """The same versions for this machine: wheels as pip chooses them for the host Python, kept in the Nix store."""
    config = load_config()
    mirrors = Mirrors(config=config, npm_default=lambda: None)
    root = paths.project_root()
    profile = read_profile(profile_path(root, profile_name()))
    client = Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy)
    sources = Resolver(client=client, mirrors=mirrors).resolve(
        [f"{name}=={version}" for name, version in versions.items()],
        build_interpreter(profile, read_toolchain_lock(profile_lock_path(root, profile.name))),
        own={},
        wanted_by="the native side of the comparison",
    )
    fetch(Wanted(sources={source.name: source for source in sources}), store=nix, config=config)
    (python,) = nix.build([".#host-python"])
    return Native(root=python.out, packages=unpack(sources, paths.state_dir() / "bench"))
