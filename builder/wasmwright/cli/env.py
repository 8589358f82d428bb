"""`wasmwright env`: environments, which all outputs are made of."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli.options import build_options, target_options
from wasmwright.cli.output import say, say_json, show_table
from wasmwright.cli.outputs import build_environment_packages, read_lock_for
from wasmwright.cli.session import one_build_of
from wasmwright.environment import foreign
from wasmwright.environment.compare import changes
from wasmwright.environment.errors import OutdatedEnvironment
from wasmwright.environment.pylock import NAME, write_lock
from wasmwright.environment.resolve import EnvironmentResolver, Ours
from wasmwright.environment.wanted import checked, read_file
from wasmwright.generate.documents import VERSION
from wasmwright.names import normalize
from wasmwright.nix import exactly_one
from wasmwright.package import main_wheels, read_package
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.offer import offered
from wasmwright.sources.registries import this_machines_registries

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from packaging.requirements import Requirement

    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions
    from wasmwright.environment.pylock import EnvironmentLock, LockedWheel
    from wasmwright.sources.entry import Source


@click.group(epilog="\b\nExample:\n  ./wasmwright env lock requirements.txt", no_args_is_help=True)
def command() -> None:
    """Wheels that fit each other and one runtime: what distributions, images and channels are made of."""


@command.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright env lock requirements.txt\n"
    "  ./wasmwright env lock ../course/pyproject.toml --extra plots --profile 2026_5\n"
    "  ./wasmwright env lock --package numpy --package 'networkx>=3' --out course/pylock.toml\n"
    "  ./wasmwright env lock --check                what is outdated in pylock.toml"
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILES]...")
@click.option(
    "--package", "packages", multiple=True, metavar="REQ", help="A requirement, as in `numpy>=2`; repeatable."
)
@click.option(
    "--extra", "extras", multiple=True, metavar="NAME", help="Also an extra of the pyproject.toml; repeatable."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(NAME),
    show_default=True,
    metavar="FILE",
    help="The lock to write, or with --check to read.",
)
@click.option("--check", is_flag=True, help="Write nothing: say what resolving again would change, and end with 84.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@target_options
@build_options
def lock(  # noqa: PLR0913 - options
    files: tuple[Path, ...],
    *,
    packages: tuple[str, ...],
    extras: tuple[str, ...],
    out: Path,
    check: bool,
    as_json: bool,
    checkout: Checkout,
    options: BuildOptions,
) -> None:
    """Resolve requirements to wheels for one profile, and write a pylock.toml (PEP 751).

    Requirements are those of FILES (requirements.txt, or a project's pyproject.toml) and of --package. A package that
    pkgs/ has is taken from there, and built where that is needed. Of all others the index has to have a wheel that
    fits: a pure one, or one for the runtime, which is audited. All have their hashes in the lock.
    """
    if check:
        if files or packages or extras:
            message = "--check resolves what the lock itself says: give it without FILES, --package and --extra"
            raise click.UsageError(message)
        _check(checkout, out, options, as_json=as_json)
        return
    wanted = [requirement for file in files for requirement in read_file(file, extras)]
    wanted += [checked(text, "--package") for text in packages]
    if not wanted:
        message = "nothing is asked for: give a file of requirements, or --package NAME"
        raise click.UsageError(message)
    resolved = _resolved(checkout, wanted, options)
    write_lock(out, resolved)
    if as_json:
        say_json(_document(resolved))
    else:
        _show(resolved)
        say(out)


def _check(checkout: Checkout, path: Path, options: BuildOptions, *, as_json: bool) -> None:
    old = read_lock_for(checkout, path)
    wanted = [checked(text, str(path)) for text in old.requirements]
    found = changes(old, _resolved(checkout, wanted, options))
    if as_json:
        say_json({"version": VERSION, "profile": old.profile, "changes": [asdict(change) for change in found]})
    elif found:
        show_table(
            ("package", "locked", "now", ""), [(one.name, one.old or "-", one.new or "-", one.why) for one in found]
        )
    else:
        say(f"{path} is up to date: {len(old.wheels)} wheels")
    if found:
        message = f"{path} is outdated: {', '.join(change.name for change in found)}"
        raise OutdatedEnvironment(message, hint="make it anew: `./wasmwright env lock` with what it was made of")


def _resolved(checkout: Checkout, wanted: Sequence[Requirement], options: BuildOptions) -> EnvironmentLock:
    ours = _ours(checkout)
    resolver = EnvironmentResolver(
        profile=checkout.abi,
        registries=this_machines_registries(log.say),
        build=lambda names: _wheels(checkout, names, options),
        say=log.say,
    )
    markers = resolver.markers
    wanted = [one for one in wanted if one.marker is None or one.marker.evaluate({**markers, "extra": ""})]
    first = {normalize(requirement.name) for requirement in wanted} & ours.keys()
    resolved = resolver.resolve(wanted, ours, first)
    _audit(checkout, resolved, options)
    return resolved


def _ours(checkout: Checkout) -> dict[str, Ours]:
    """The packages of the profile that leave a wheel."""
    recipes = offered(checkout.recipes, checkout.profile)
    return {
        name: Ours(name=name, version=recipe.version, requires=recipe.run)
        for name, recipe in recipes.items()
        if recipe.build.type is BuildType.WHEEL or recipe.build.shared
    }


def _wheels(checkout: Checkout, names: Sequence[str], options: BuildOptions) -> Mapping[str, Path]:
    """Build packages; the wheels of these, and of those to be installed with them."""
    names = tuple(names)
    with one_build_of(checkout, names):
        packages = build_environment_packages(checkout, names, options).packages
    outputs = [package.output for package in packages]
    outputs += [read_package(path) for output in outputs for path in output.beside]
    return {output.name: output.main for output in outputs if output.main is not None}


def _audit(checkout: Checkout, lock: EnvironmentLock, options: BuildOptions) -> None:
    sources = foreign.compiled(lock)
    if not sources:
        return
    log.say(f"auditing {', '.join(source.file for source in sources)}")
    built = build_environment_packages(checkout, lock.packages, options, lock)
    runtime = exactly_one(built.nix.build([checkout.output("pyodide-runtime")])).out
    foreign.check(sources, runtime=runtime, beside=main_wheels([package.output for package in built.packages]))


def _show(lock: EnvironmentLock) -> None:
    compiled = foreign.compiled(lock)
    rows = [(one.name, one.version, _origin(one, compiled), log.size(one.size)) for one in lock.wheels]
    show_table(("package", "version", "from", "size"), rows)
    count, size = len(lock.wheels), sum(one.size for one in lock.wheels)
    say(f"{count} {'wheel' if count == 1 else 'wheels'}, {log.size(size)}, for {lock.profile}")


def _origin(wheel: LockedWheel, compiled: Collection[Source]) -> str:
    if wheel.source is None:
        return "pkgs/"
    return "index, for this runtime" if wheel.source in compiled else "index"


def _document(lock: EnvironmentLock) -> dict[str, object]:
    wheels = [
        {
            "name": one.name,
            "version": one.version,
            "file": one.file,
            "size": one.size,
            "sha256": one.sha256,
            "origin": one.origin,
            "depends": [*one.depends],
        }
        for one in lock.wheels
    ]
    return {"version": VERSION, "profile": lock.profile, "wheels": wheels}
