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
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import profile_option
from wasmwright.cli.output import say
from wasmwright.cli.ready import make_ready
from wasmwright.cli.session import fetch_sources, one_build_of, open_nix
from wasmwright.config import load_config
from wasmwright.errors import BenchmarkFailed
from wasmwright.farm.run import build_packages
from wasmwright.files import write_json
from wasmwright.lock.requirements import RequirementResolver, build_interpreter
from wasmwright.nix import exactly_one
from wasmwright.package import read_package
from wasmwright.packagebuild import wish_for
from wasmwright.recipe.offer import offered
from wasmwright.runtime.node import Runtime, execute
from wasmwright.sources.client import Client
from wasmwright.sources.fetch import fetch
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries
from wasmwright.sources.wanted import Wanted
from wasmwright.stockruntime import stock_runtime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.checkout import Checkout
    from wasmwright.nix import Nix

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
    "  ./wasmwright bench linalg --profile 2026_5         in another runtime\n"
    "  ./wasmwright bench linalg --json a.json --plot a.svg"
)
@click.argument("what", type=click.Choice(sorted(_COMPARISONS)))
@click.argument("cases", nargs=-1)
@profile_option
@click.option("--sizes", type=click.Choice(SIZES), default="medium", show_default=True)
@click.option("--repeats", type=click.IntRange(1), default=5, show_default=True, help="Runs to take the best of.")
@click.option("--cpu-time", is_flag=True, help="Count CPU time, on a machine with other work; needs longer runs.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures here.")
@click.option("--plot", "plot_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a chart (SVG) here.")
def command(  # noqa: PLR0913 - options
    what: str,
    cases: tuple[str, ...],
    *,
    checkout: Checkout,
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
    checkout.recipes.check(comparison.packages)
    recipes = offered(checkout.recipes, checkout.profile)
    versions = {name: recipes[name].version for name in comparison.native if name in recipes}
    nix = open_nix(checkout)
    packages = tuple(name for name in comparison.packages if name in recipes)
    make_ready(checkout, packages)
    runtime = _runtime(checkout, packages, nix)
    clock = _CPU_TIME if cpu_time else {}
    runtime = replace(runtime, env=clock)
    variants = {name: _variant(runtime, checkout.output(output), nix) for name, output in comparison.variants.items()}
    runtimes = {WASM: runtime, **variants}
    native = _native(checkout, versions, nix)
    arguments = [sizes, str(repeats), *cases]
    measured = [_wasm(name, found, [f"{_GUEST}/{comparison.script}", *arguments]) for name, found in runtimes.items()]
    script = [str(_SCRIPTS / comparison.script), *arguments]
    for name, variables in ((NATIVE, {}), (NATIVE_128, VECTORS_128)):
        log.say(f"measuring {name}")
        measured.append(read_series(name, native.run(script, clock | variables)))
    if not measured[0].cases:
        message = f"no case starts with {' or '.join(cases)}"
        raise BenchmarkFailed(message, hint="run it without names to see all")
    say(table(measured))
    if json_file:
        machine = platform.processor() or platform.machine()
        write_json(json_file, document(measured, profile=checkout.profile, machine=machine, versions=versions))
    if plot_file:
        plot_file.write_bytes(plot(measured))


def _runtime(checkout: Checkout, names: tuple[str, ...], nix: Nix) -> Runtime:
    """The stock runtime with the packages, built first."""
    with one_build_of(checkout, names):
        fetch_sources(checkout, names, nix=nix)
        wish = wish_for(checkout, names, test=False)
        view = build_view(verbose=False)
        packages = build_packages(wish, checkout=checkout, nix=nix, stages=log.Stages(), progress=view)
    runtime = stock_runtime([package.output for package in packages], checkout=checkout, nix=nix)
    return replace(runtime, mounts={_SCRIPTS: _GUEST})


def _variant(runtime: Runtime, installable: str, nix: Nix) -> Runtime:
    """The same with another build of one of its packages."""
    other = read_package(exactly_one(nix.build([installable])).out).main
    assert other is not None
    wheels = tuple(other if wheel.name == other.name else wheel for wheel in runtime.wheels)
    return replace(runtime, wheels=wheels)


def _wasm(name: str, runtime: Runtime, python: list[str]) -> Series:
    log.say(f"measuring {name}")
    done = execute(runtime, python)
    if done.exit_code != 0:
        message = "the run in the WebAssembly runtime failed"
        raise BenchmarkFailed(message, excerpt="\n".join(done.stderr.strip().splitlines()[-10:]))
    return read_series(name, done.stdout)


def _native(checkout: Checkout, versions: Mapping[str, str], nix: Nix) -> Native:
    """The same versions for this machine: wheels as pip chooses them for the build Python, kept in the Nix store."""
    config = load_config()
    mirrors = Mirrors(config=config, npm_default=lambda: None)
    client = Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy)
    registries = Registries(client=client, mirrors=mirrors, cache=paths.cache_dir())
    sources = RequirementResolver(registries=registries).resolve(
        [f"{name}=={version}" for name, version in versions.items()],
        build_interpreter(checkout.target),
        own={},
        wanted_by="the native side of the comparison",
    )
    fetch(Wanted(sources={source.name: source for source in sources}), store=nix, config=config)
    python = exactly_one(nix.build([checkout.output("build-python")]))
    return Native(root=python.out, packages=unpack(sources, checkout.state / "bench"))
