"""`wasmwright lock`: resolve versions and write them down with hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.options import profile_text_option
from wasmwright.cli.output import say, say_json, show_table
from wasmwright.cli.session import open_checkout
from wasmwright.errors import DependencyCycle, InvalidLock, InvalidRecipe
from wasmwright.generate.documents import VERSION
from wasmwright.limits import LimitExceeded
from wasmwright.lock.availability import check_pins, raise_if_missing
from wasmwright.lock.base import base_lock_path, base_path, read_base
from wasmwright.lock.document import write_lock
from wasmwright.lock.fresh import check_package_locks, check_toolchain_lock, lock_fault, read_locks
from wasmwright.lock.inside import Inside, inside_lock, lock_inside
from wasmwright.lock.many import lock_many
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.package import PackageLocking
from wasmwright.lock.pins import read_toolchain_lock
from wasmwright.lock.profile import find_profile, known_profiles, profile_path
from wasmwright.lock.toolchain import lock_base, lock_profile
from wasmwright.names import find
from wasmwright.recipe.offer import check_offered, offered
from wasmwright.recipe.resolve import check_dependencies
from wasmwright.sources.kinds.kind import State
from wasmwright.sources.locate import Locator
from wasmwright.sources.registries import this_machines_registries
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.lock.availability import Pin
    from wasmwright.lock.model import PackageLock
    from wasmwright.lock.pins import ToolchainLock
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.recipe.recipes import Recipes
    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

_EPILOG = """\b
Examples:
  ./wasmwright lock numpy               after a change of its recipe
  ./wasmwright lock --missing           what has no lock yet, or one that no longer fits
  ./wasmwright lock --toolchain         after a change of its files: pins what changed, the rest stays
  ./wasmwright lock --toolchain --check which pins the mirrors have dropped
  ./wasmwright lock --toolchain --regenerate
                                        pin the newest of everything
"""


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1)
@click.option(
    "--missing",
    is_flag=True,
    help="Leave alone what has a lock that fits its recipe and the profiles.",
)
@click.option("--toolchain", is_flag=True, help="Lock the toolchain instead of packages.")
@click.option(
    "--regenerate",
    is_flag=True,
    help="With --toolchain: pin everything anew, also what is asked for as before.",
)
@click.option("--check", is_flag=True, help="Write nothing: say what is stale, and what the mirrors no longer have.")
@click.option("--json", "as_json", is_flag=True, help="With --check, print the pins as JSON.")
@profile_text_option("Goes with --toolchain: it alone is locked, and not the base.", variable=False)
def command(  # noqa: PLR0913 - options
    names: tuple[str, ...],
    *,
    missing: bool,
    toolchain: bool,
    regenerate: bool,
    check: bool,
    as_json: bool,
    profile: str | None,
) -> None:
    """Resolve the packages NAMES (default: all), or the toolchain, and write their locks.

    A package is resolved anew; several are side by side, and one that cannot be locked stops no other. The toolchain is
    the base and all profiles, and what images have inside; what they ask for as before keeps its pins.

    Registries are the ones that pip, apt and npm on this machine use.
    """
    if toolchain and names:
        message = "give package names or --toolchain, not both"
        raise click.UsageError(message)
    if as_json and not check:
        message = "--json goes with --check"
        raise click.UsageError(message)
    if regenerate and (check or not toolchain):
        message = "--regenerate goes with --toolchain, and without --check"
        raise click.UsageError(message)
    if missing and (check or toolchain):
        message = "--missing goes with packages, and without --check"
        raise click.UsageError(message)
    if profile is not None and not toolchain:
        message = "--profile goes with --toolchain: a package is locked for all its profiles at once"
        raise click.UsageError(message)
    checkout, registries = open_checkout(), this_machines_registries(log.say)
    if toolchain and check:
        _check_toolchain(checkout, profile, registries, as_json=as_json)
    elif toolchain:
        _lock_toolchain(checkout.root, profile, registries, regenerate=regenerate)
        if profile is None:
            _lock_insides(checkout, registries, regenerate=regenerate)
    elif check:
        _check_packages(checkout, names, registries, as_json=as_json)
    else:
        _lock_packages(checkout, names, registries, missing=missing)


def _toolchain_files(root: Path, profile: str | None) -> list[Path]:
    """The base and all profiles, or one profile alone."""
    if profile is not None:
        return [profile_path(root, find_profile(root, profile))]
    return [base_path(root), *(profile_path(root, name) for name in known_profiles(root))]


def _check_toolchain(checkout: Checkout, profile: str | None, registries: Registries, *, as_json: bool) -> None:
    locks: list[ToolchainLock | PackageLock] = [
        check_toolchain_lock(file) for file in _toolchain_files(checkout.root, profile)
    ]
    if profile is None:
        locks += [inside_lock(checkout.inside(what), checkout.targets, checkout.recipes) for what in Inside]
    sources = {source.name: source for lock in locks for source in lock.entries()}
    _check_pins(tuple(sources.values()), registries, relock=RELOCK_TOOLCHAIN, as_json=as_json)


def _lock_toolchain(root: Path, profile: str | None, registries: Registries, *, regenerate: bool) -> None:
    def old(path: Path) -> ToolchainLock | None:
        return None if regenerate or not path.exists() else read_toolchain_lock(path)

    path = base_lock_path(root)
    if profile is None:
        _write(path, lock_base(base_path(root), registries, old=old(path)))
    base, base_lock = read_base(base_path(root)), check_toolchain_lock(base_path(root))
    for file in _toolchain_files(root, profile):
        if file != base_path(root):
            path = file.with_suffix(".lock.json")
            _write(path, lock_profile(file, registries, base=base, base_lock=base_lock, old=old(path)))


def _lock_insides(checkout: Checkout, registries: Registries, *, regenerate: bool) -> None:
    """What images have inside: its wheels are for the Python of the profiles, which are locked by now."""
    locking = PackageLocking(targets=checkout.targets, recipes=checkout.recipes, registries=registries)
    for what in Inside:
        wanted = checkout.inside(what)
        old = None if regenerate or not wanted.lock_path.exists() else read_package_lock(wanted.lock_path)
        _write(wanted.lock_path, lock_inside(wanted, locking, old=old))


def _lock_packages(checkout: Checkout, names: Sequence[str], registries: Registries, *, missing: bool) -> None:
    chosen = _chosen(checkout, names) if names else _ready(checkout.recipes)
    if missing:
        chosen = [recipe for recipe in chosen if _lacks_lock(recipe, checkout)]
    if chosen:
        locking = PackageLocking(targets=checkout.targets, recipes=checkout.recipes, registries=registries)
        lock_many(chosen, locking, lambda recipe, lock: _write(recipe.lock_path, lock))
    elif missing:
        log.say("no package lacks a lock")
    if not names:
        # What has mistakes keeps nothing else from its lock, and is told in the end.
        checkout.recipes.check()
        check_dependencies(checkout.recipes)


def _ready(recipes: Recipes) -> list[WrittenRecipe]:
    """Those recipes that any profile has, and that need nothing with mistakes."""

    def is_ready(name: str) -> bool:
        try:
            check_dependencies(recipes, [name])
        except (InvalidRecipe, DependencyCycle):
            return False
        return True

    return [recipe for name, recipe in sorted(offered(recipes).items()) if is_ready(name)]


def _lacks_lock(recipe: WrittenRecipe, checkout: Checkout) -> bool:
    try:
        lock = read_package_lock(recipe.lock_path)
    except (InvalidLock, LimitExceeded):
        return True
    return lock_fault(recipe, lock, checkout.targets, checkout.recipes) is not None


def _check_packages(checkout: Checkout, names: Sequence[str], registries: Registries, *, as_json: bool) -> None:
    chosen = _chosen(checkout, names)
    locks = read_locks(chosen)
    check_package_locks(chosen, locks, targets=checkout.targets, known=checkout.recipes)
    sources = {source.name: source for lock in locks.values() for source in lock.entries()}
    relock = f"./wasmwright lock {' '.join(names)}".rstrip()
    _check_pins(tuple(sources.values()), registries, relock=relock, as_json=as_json)


def _chosen(checkout: Checkout, names: Sequence[str]) -> list[WrittenRecipe]:
    """The recipes that are named, each once; without names all that any profile has."""
    recipes = checkout.recipes
    named = dict.fromkeys(find(name, recipes) for name in names)
    check_offered(recipes[name] for name in named)
    if not named:
        recipes.check()
    check_dependencies(recipes, named or None)
    return [recipes[name] for name in named or sorted(offered(recipes))]


def _check_pins(sources: Sequence[Source], registries: Registries, *, relock: str, as_json: bool) -> None:
    pins = check_pins(sources, locator=Locator(registries=registries))
    if as_json:
        say_json({"version": VERSION, "pins": [pin.to_json() for pin in pins]})
    else:
        _show(pins)
    raise_if_missing(pins, relock=relock)


def _show(pins: Sequence[Pin]) -> None:
    missing = [pin for pin in pins if pin.state is not State.THERE]
    if not missing:
        say(f"the mirrors have all {len(pins)} pinned sources")
        return
    rows = [
        (pin.source.package.name, pin.source.package.version or "", pin.state, ", ".join(pin.current))
        for pin in missing
    ]
    show_table(("package", "pinned", "state", "the mirrors have"), rows)


def _write(path: Path, lock: ToolchainLock | PackageLock) -> None:
    write_lock(path, lock)
    say(path.relative_to(paths.project_root()))
