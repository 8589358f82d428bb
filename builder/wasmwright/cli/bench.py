"""`wasmwright bench`: how fast the packages are in the runtime, beside the same ones natively."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.bench.cases import GUEST, fault, groups, size_fault
from wasmwright.bench.native import VECTORS_128, Native, unpack
from wasmwright.bench.plot import plot
from wasmwright.bench.results import (
    NATIVE,
    NATIVE_128,
    WASM,
    Series,
    document,
    means,
    means_table,
    read_series,
    shortest,
    table,
    worst,
)
from wasmwright.bench.watching import watched
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import profile_option
from wasmwright.cli.output import say
from wasmwright.cli.ready import make_ready
from wasmwright.cli.session import fetch_sources, one_build_of, open_nix
from wasmwright.config import load_config
from wasmwright.errors import BenchmarkFailed
from wasmwright.farm.run import build_packages
from wasmwright.files import replacing, write_json
from wasmwright.lock.requirements import RequirementResolver, build_interpreter
from wasmwright.nix import exactly_one
from wasmwright.package import FILE, read_package
from wasmwright.packagebuild import wish_for
from wasmwright.recipe.offer import offered
from wasmwright.runtime.node import Runtime, execute
from wasmwright.sources.client import Client
from wasmwright.sources.fetch import fetch
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries
from wasmwright.sources.wanted import Wanted
from wasmwright.stockruntime import stock_runtime
from wasmwright.wheel.inspect import check_wheel
from wasmwright.wheel.tags import normalized, parse_wheel_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.nix import Nix

_GUEST = "/bench"
_CPU_TIME = {"WASMWRIGHT_BENCH_CLOCK": "cpu"}
_AGAINST = "other wheel"


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """A script of `guest/`, with `packages` in WebAssembly and `native` wheels, as far as there are recipes.

    `variants` are other builds of one of these packages, by what tables call the runs with them: outputs of the flake.
    All are run `rounds` times in turn, if nobody says how often.
    """

    script: str
    packages: tuple[str, ...]
    native: tuple[str, ...]
    variants: Mapping[str, str] = field(default_factory=dict)
    rounds: int = 1


_WITHOUT_KERNELS = {"wasm without our kernels": "openblas-generic"}
_WITHOUT_PATCHES = {"wasm without our patches": "numpy-plain"}
_ROUNDS = 3
_COMPARISONS = {
    "linalg": _Comparison(
        script="linalg.py", packages=("numpy", "scipy"), native=("numpy", "scipy"), variants=_WITHOUT_KERNELS
    ),
    "blas": _Comparison(script="blas.py", packages=("openblas",), native=("numpy",), variants=_WITHOUT_KERNELS),
    "loops": _Comparison(
        script="loops.py", packages=("numpy",), native=("numpy",), variants=_WITHOUT_PATCHES, rounds=_ROUNDS
    ),
    "programs": _Comparison(
        script="programs.py", packages=("numpy",), native=("numpy",), variants=_WITHOUT_PATCHES, rounds=_ROUNDS
    ),
    "models": _Comparison(
        script="models.py", packages=("numpy", "scipy", "scikit-learn"), native=("scikit-learn",), rounds=_ROUNDS
    ),
    "science": _Comparison(script="science.py", packages=("numpy", "scipy"), native=("numpy", "scipy"), rounds=_ROUNDS),
}


def _writable(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    """Told before anything is measured, not after."""
    if value is not None and not value.absolute().parent.is_dir():
        message = f"the folder {value.parent} does not exist"
        raise click.BadParameter(message)
    return value


_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright bench linalg                          products, factorisations, SciPy's own: minutes\n"
    "  ./wasmwright bench linalg --sizes large            up to 4096, with the shapes of published comparisons\n"
    "  ./wasmwright bench linalg dgemm svd                only cases that start so\n"
    "  ./wasmwright bench blas                            the routines below NumPy, and what our kernels bring\n"
    "  ./wasmwright bench loops                           262 of NumPy's own loops, at three lengths: half an hour\n"
    "  ./wasmwright bench loops casts 'add f8' --sizes 1000,100000\n"
    "                                                     a class and one case, at these lengths\n"
    "  ./wasmwright bench loops --against old/numpy-2.5.5-cp314-cp314-pyemscripten_2026_0_wasm32.whl\n"
    "                                                     beside another build of NumPy\n"
    "  ./wasmwright bench programs                        ten small programs as users of NumPy write them\n"
    "  ./wasmwright bench science ndimage fft             SciPy's own loops, of two of its modules\n"
    "  ./wasmwright bench models                          fits of scikit-learn's models\n"
    "  ./wasmwright bench linalg --profile 2026_5         in another runtime\n"
    "  ./wasmwright bench linalg --json a.json --plot a.svg"
)
@click.argument("what", type=click.Choice(sorted(_COMPARISONS)))
@click.argument("cases", nargs=-1)
@profile_option
@click.option(
    "--sizes",
    default="medium",
    show_default=True,
    metavar="small|medium|large",
    help="How large the arrays are; of loops also lengths, such as 1000,100000.",
)
@click.option("--repeats", type=click.IntRange(1), default=5, show_default=True, help="Runs to take the best of.")
@click.option(
    "--rounds",
    type=click.IntRange(1),
    help="How often all are started in turn, to take the best of.  [default: 1 for linalg and blas, else 3]",
)
@click.option("--cpu-time", is_flag=True, help="Count CPU time, on a machine with other work.")
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    metavar="WHEEL",
    help="Measure this build too, a wheel or the output of a build, instead of ours without what we changed.",
)
@click.option("--json", "json_file", type=_FILE, callback=_writable, help="Write all figures here.")
@click.option("--plot", "plot_file", type=_FILE, callback=_writable, help="Write a chart (SVG) here.")
def command(  # noqa: PLR0913 - options
    what: str,
    cases: tuple[str, ...],
    *,
    checkout: Checkout,
    sizes: str,
    repeats: int,
    rounds: int | None,
    cpu_time: bool,
    against: Path | None,
    json_file: Path | None,
    plot_file: Path | None,
) -> None:
    """Measure NumPy and SciPy in the stock runtime under Node and natively, in turn, one thread each.

    Native are the wheels that everybody installs, once with all instructions of this processor and once with 128-bit
    vectors only, which is what WebAssembly has. The table is Markdown: times, speed, and how many times longer; for
    loops and programs also geometric means, by class.
    """
    if reason := fault(what, cases) or size_fault(what, sizes):
        raise click.UsageError(reason)
    comparison = _COMPARISONS[what]
    other = against and _other_wheel(against, comparison.packages)
    checkout.recipes.check(comparison.packages)
    recipes = offered(checkout.recipes, checkout.profile)
    versions = {name: recipes[name].version for name in comparison.native if name in recipes}
    nix = open_nix(checkout)
    packages = tuple(name for name in comparison.packages if name in recipes)
    make_ready(checkout, packages)
    clock = _CPU_TIME if cpu_time else {}
    runtime = replace(_runtime(checkout, packages, nix), env=clock)
    runtimes = {WASM: runtime}
    if other:
        runtimes[_AGAINST] = _with_wheel(runtime, other)
    else:
        runtimes |= _variants(runtime, comparison, checkout, nix)
    native = _native(checkout, versions, nix)
    arguments = [sizes, str(repeats), *cases]
    guest, script = [f"{_GUEST}/{comparison.script}", *arguments], [str(GUEST / comparison.script), *arguments]
    ways: dict[str, Callable[[], str]] = {name: partial(_wasm, found, guest) for name, found in runtimes.items()}
    ways[NATIVE] = partial(native.run, script, clock)
    ways[NATIVE_128] = partial(native.run, script, clock | VECTORS_128)
    measured = _in_turn(ways, rounds or comparison.rounds)
    if not measured[0].cases:
        message = f"no case starts with {' or '.join(cases)}"
        raise BenchmarkFailed(message, hint="run it without names to see all")
    found = means(measured, partial(groups, what))
    say(table(measured))
    if found:
        say(f"\n{means_table(measured, found)}\n\n{worst(measured)}")
    if json_file:
        machine = platform.processor() or platform.machine()
        write_json(json_file, document(measured, found, profile=checkout.profile, machine=machine, versions=versions))
    if plot_file:
        with replacing(plot_file) as part:
            part.write_bytes(plot(measured, found))


def _in_turn(ways: Mapping[str, Callable[[], str]], rounds: int) -> list[Series]:
    """What each way measured, the best of all rounds. A machine's good minutes are everybody's that way."""
    found: dict[str, list[Series]] = {name: [] for name in ways}
    for number in range(1, rounds + 1):
        for name, way in ways.items():
            log.say(f"measuring {name}" + (f", round {number} of {rounds}" if rounds > 1 else ""))
            found[name].append(read_series(name, way()))
    return [shortest(series) for series in found.values()]


def _other_wheel(path: Path, packages: Sequence[str]) -> Path:
    """The wheel that `path` is, or that is in the output of a build. Raises BadParameter and InvalidWheel."""
    wheel = read_package(path).main if path.is_dir() and (path / FILE).is_file() else path
    if wheel is None or wheel.is_dir():
        message = f"{path} holds no wheel: give a wheel's file, or the folder of one package's output, with its {FILE}"
        raise click.BadParameter(message, param_hint="--against")
    if normalized(parse_wheel_name(wheel.name).distribution) not in map(normalized, packages):
        message = f"{wheel.name} is no wheel of {' or '.join(packages)}, which are measured"
        raise click.BadParameter(message, param_hint="--against")
    check_wheel(wheel)
    return wheel


def _runtime(checkout: Checkout, names: tuple[str, ...], nix: Nix) -> Runtime:
    """The stock runtime with the packages, built first."""
    with one_build_of(checkout, names):
        fetch_sources(checkout, names, nix=nix)
        wish = wish_for(checkout, names, test=False)
        view = build_view(verbose=False)
        packages = build_packages(wish, checkout=checkout, nix=nix, stages=log.Stages(), progress=view)
    runtime = stock_runtime([package.output for package in packages], checkout=checkout, nix=nix)
    return replace(runtime, mounts={GUEST: _GUEST}, start=watched)


def _variants(runtime: Runtime, comparison: _Comparison, checkout: Checkout, nix: Nix) -> dict[str, Runtime]:
    """The same with other builds of one of its packages, as far as they are others."""
    found = {}
    for name, output in comparison.variants.items():
        built = exactly_one(nix.build([checkout.output(output)], progress=build_view(verbose=False)))
        wheel = read_package(built.out).main
        assert wheel is not None
        if wheel in runtime.wheels:
            log.say(f"{name}: is the same build, so it is left out")
        else:
            found[name] = _with_wheel(runtime, wheel)
    return found


def _with_wheel(runtime: Runtime, other: Path) -> Runtime:
    """The same with another wheel of one of its packages. Raises BadParameter if it is for another runtime."""
    name = parse_wheel_name(other.name)
    names = {wheel: parse_wheel_name(wheel.name) for wheel in runtime.wheels}
    (ours,) = (wheel for wheel in names if normalized(names[wheel].distribution) == normalized(name.distribution))
    if name.tag != names[ours].tag:
        message = f"{other.name} is for {name.tag}, and this runtime takes {names[ours].tag}: name its --profile"
        raise click.BadParameter(message, param_hint="--against")
    return replace(runtime, wheels=tuple(other if wheel == ours else wheel for wheel in names))


def _wasm(runtime: Runtime, python: list[str]) -> str:
    done = execute(runtime, python)
    if done.exit_code != 0:
        message = "the run in the WebAssembly runtime failed"
        raise BenchmarkFailed(message, excerpt="\n".join(done.stderr.strip().splitlines()[-10:]))
    return done.stdout


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
