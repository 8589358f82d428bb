"""`wasmwright update`: newer versions of packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli import boundary
from wasmwright.cli.output import say, say_json, show_table
from wasmwright.cli.session import open_checkout
from wasmwright.failure import WasmwrightError
from wasmwright.farm.estimate import TIMES, of_package, read_times
from wasmwright.farm.updating import check_patches, prepare_update, refuse_unknown, write_update
from wasmwright.generate.documents import VERSION
from wasmwright.graph import closure, topological_order
from wasmwright.lock.outdated import check_up_to_date, newest_of_each
from wasmwright.names import find, quoted
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.offer import check_offered, offered
from wasmwright.recipe.problems import shown
from wasmwright.recipe.resolve import edges
from wasmwright.sources.registries import this_machines_registries
from wasmwright.standards import is_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.farm.updating import PackageUpdate
    from wasmwright.lock.outdated import Newest
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.registries import Registries


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright update --check                 what is outdated\n"
    "  ./wasmwright update murmurhash              to the newest version that fits\n"
    "  ./wasmwright update numpy --to 2.5.6        to that one, also where the recipe holds another"
)
@click.argument("names", nargs=-1, metavar="[NAMES]...")
@click.option("--all", "everything", is_flag=True, help="All packages; with --check, what is meant if none is named.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing: say which packages have a newer version that fits, and end with 56 for those not held.",
)
@click.option("--json", "as_json", is_flag=True, help="With --check, print it as JSON (docs/reference/json.md).")
@click.option("--to", "version", metavar="VERSION", help="To that version; with one package.")
@click.option("--despite-patches", is_flag=True, help="Write it also where patches do not apply.")
def command(  # noqa: PLR0913 - options
    names: tuple[str, ...],
    *,
    everything: bool,
    check: bool,
    as_json: bool,
    version: str | None,
    despite_patches: bool,
) -> None:
    """Bring the packages NAMES to their newest version upstream: recipe, lock and package.nix.

    A version fits if it is a release, has the file that the recipe's source asks for, and is for the Python of every
    profile of the recipe. A recipe that says why it stays where it is (`hold`) is left alone.

    Patches are tried against the new source first. Where one does not apply, it is told which hunk and why, and the
    package's folder is left as it is. Nothing is built.
    """
    _check_options(names, everything=everything, check=check, as_json=as_json, version=version)
    checkout = open_checkout()
    recipes, registries = _chosen(checkout, names), this_machines_registries(log.say)
    if check:
        _check(newest_of_each(recipes, checkout.targets, registries), as_json=as_json)
        return
    if version is not None:
        _update(checkout, recipes[0], version, registries, despite_patches=despite_patches)
        return
    _update_all(checkout, recipes, registries, despite_patches=despite_patches)


def _check_options(names: Sequence[str], *, everything: bool, check: bool, as_json: bool, version: str | None) -> None:
    message = ""
    if names and everything:
        message = "give package names or --all, not both"
    elif not (names or everything or check):
        message = "name packages, or say --all or --check"
    elif as_json and not check:
        message = "--json goes with --check"
    elif version is not None and (check or len(names) != 1):
        message = "--to goes with one package, and without --check"
    elif version is not None and not is_version(version):
        message = (
            f"--to: {quoted(version)} is no version (PEP 440); `./wasmwright update {names[0]} --check` asks for them"
        )
    if message:
        raise click.UsageError(message)


def _update_all(
    checkout: Checkout, recipes: Sequence[WrittenRecipe], registries: Registries, *, despite_patches: bool
) -> None:
    """Each for itself: one that cannot be updated stops no other."""
    errors: list[WasmwrightError] = []
    for found in newest_of_each(recipes, checkout.targets, registries):
        recipe = checkout.recipes[found.name]
        try:
            if found.error is not None:
                raise found.error
            if found.newest is None:
                raise refuse_unknown(recipe, found.passed_over)
            if found.passed_over:
                say(f"{found.name}: {found.passed_over}")
            if not found.is_outdated:
                say(f"{found.name}: {found.version} is the newest that fits")
            elif found.hold is not None:
                say(f"{found.name}: {found.newest} is there, and {found.version} is held: {found.hold}")
            else:
                _update(checkout, recipe, found.newest, registries, despite_patches=despite_patches)
                # What comes next sees what is written now.
                checkout = open_checkout()
        except WasmwrightError as error:
            errors.append(error)
    for failed in errors[:-1]:
        boundary.show(failed)
    if errors:
        raise errors[-1]


def _update(
    checkout: Checkout, recipe: WrittenRecipe, version: str, registries: Registries, *, despite_patches: bool
) -> None:
    update = prepare_update(recipe, version, checkout, registries)
    if not despite_patches:
        check_patches(update)
    write_update(update, checkout)
    say("\n".join(_told(update, checkout)))


def _told(update: PackageUpdate, checkout: Checkout) -> Iterator[str]:
    name = update.recipe.name
    yield f"{name}: {update.old_recipe.version} -> {update.recipe.version}"
    for old, new in update.sources:
        if old != new:
            yield f"  source: {new.file}  {log.size(new.size)}  sha256 {new.sha256}"
    for profile, moved in update.requirements.items():
        if moved:
            yield f"  pinned requirements for {profile}:"
            yield from (f"    {one}" for one in moved)
    for patch in update.patches:
        lines = f", {patch.moved} at another line" if patch.moved else ""
        state = "does not apply" if patch.faults else f"applies, {patch.hunks} hunk{'s' * (patch.hunks != 1)}{lines}"
        yield f"  patch {patch.name}: {state}"
        yield from (f"    {fault}" for fault in patch.faults)
    for line in update.mentions:
        yield f"  {shown(update.recipe.path)}:{line} names {update.old_recipe.version} still: look at it"
    if update.dependents:
        yield f"  will be rebuilt too: {', '.join(update.dependents)}"
    yield f"  builds before took {_time(update, checkout)}; by derivations: `./wasmwright graph --rebuilds {name}`"
    stale = [one for one in update.stale if checkout.recipes[one].build.type is BuildType.WHEEL]
    if stale and update.recipe.build.type is BuildType.WHEEL:
        yield f"  their locks name {name}'s version: run `./wasmwright lock {' '.join(stale)}`"
    yield f"  next: read upstream's changes, then `git add pkgs/{name}` and `./wasmwright build {name}`"


def _time(update: PackageUpdate, checkout: Checkout) -> str:
    """How long the package, and what needs it, took in this checkout for the default profile."""
    times = read_times(checkout.state / TIMES)
    names = {one: checkout.recipes[one].version for one in update.dependents}
    names[update.recipe.name] = update.old_recipe.version
    found = {one: of_package(one, version, times) for one, version in names.items()}
    unknown = sorted(one for one, estimated in found.items() if estimated.unknown)
    told = log.duration(sum(estimated.seconds for estimated in found.values()))
    if len(unknown) == len(found):
        return "a time that nobody knows here"
    return f"{told}, and nobody knows of {', '.join(unknown)}" if unknown else told


def _check(found: Sequence[Newest], *, as_json: bool) -> None:
    if as_json:
        say_json({"version": VERSION, "packages": [one.to_json() for one in found]})
    else:
        _show(found)
    error = next((one.error for one in found if one.error is not None), None)
    if error is not None:
        raise error
    check_up_to_date(found)


def _chosen(checkout: Checkout, names: Sequence[str]) -> list[WrittenRecipe]:
    """The recipes that are named, each once; without names all that any profile has. Each after those it needs."""
    recipes = checkout.recipes
    named = dict.fromkeys(find(name, recipes) for name in names)
    check_offered(recipes[name] for name in named)
    if not named:
        recipes.check()
    wanted = {*(named or offered(recipes))}
    # A package that compiles against another is locked for the version that the other has by then.
    graph = edges(recipes)
    order = topological_order({name: graph[name] for name in closure(graph, wanted) & graph.keys()})
    return [recipes[name] for name in order if name in wanted]


def _show(found: Sequence[Newest]) -> None:
    rows = [
        (one.name, one.version, one.newest or "?", _remark(one))
        for one in found
        if one.newest is None or one.is_outdated or one.passed_over
    ]
    if rows:
        show_table(("package", "has", "newest", ""), rows)
    outdated = sum(one.is_outdated for one in found)
    say(f"{outdated} of {len(found)} packages outdated")


def _remark(one: Newest) -> str:
    if one.error is not None:
        return str(one.error)
    if one.newest is None and not one.passed_over:
        return "nobody tells: its source names a revision"
    return "; ".join(part for part in (one.passed_over, f"held: {one.hold}" if one.hold is not None else "") if part)
