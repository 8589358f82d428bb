"""What commands have in common: the checkout, opening Nix, sources in its store, one build of a package at a time."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from wasmwright import log, paths
from wasmwright.checkout import Checkout
from wasmwright.cli.transfer import transfer_progress
from wasmwright.config import load_config
from wasmwright.farm.needed import needed
from wasmwright.filelock import holding
from wasmwright.lock.profile import default_profile, find_profile, known_profiles
from wasmwright.names import find
from wasmwright.nixenv import NixRequest, find_nix
from wasmwright.places import write_fault
from wasmwright.recipe.offer import check_offered
from wasmwright.sources.fetch import fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wasmwright.nix import Nix
    from wasmwright.packagebuild import Wish
    from wasmwright.sources.fetch import Fetched
    from wasmwright.sources.wanted import Wanted


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """How to build, as all commands that build let users say it. `jobs` are derivations at once."""

    jobs: int | None = None
    sandbox: bool = True
    verbose: bool = False


def open_checkout(profile: str | None = None, *, simd: bool = True) -> Checkout:
    """The checkout that wasmwright runs from, for the profile that `profile` is part of the name of, or the default.

    Without `simd` for engines that have no 128-bit vectors.

    Raises InvalidProfile, naming those that there are.
    """
    root = paths.project_root()
    found = default_profile(root) if profile is None else find_profile(root, profile)
    return Checkout(root=root, profile=found, simd=simd, keeps=os.environ.get("WASMWRIGHT_KEEP", "1") != "0")


def every_checkout() -> list[Checkout]:
    """The checkout that wasmwright runs from, for each of its profiles."""
    root = paths.project_root()
    return [Checkout(root=root, profile=name) for name in known_profiles(root)]


def open_nix(checkout: Checkout, options: BuildOptions | None = None, *, keep_failed: bool = False) -> Nix:
    """The Nix to use; tells about installing one."""
    return find_nix(nix_request(checkout, options, keep_failed=keep_failed), step=log.say)


def nix_request(checkout: Checkout, options: BuildOptions | None = None, *, keep_failed: bool = False) -> NixRequest:
    """What a command wants of Nix."""
    options = options or BuildOptions()
    return NixRequest(
        root=checkout.root,
        logs=checkout.logs,
        sandbox=options.sandbox,
        jobs=options.jobs,
        keep_failed=keep_failed,
    )


def fetch_for(wish: Wish, wanted: Wanted, *, checkout: Checkout, nix: Nix) -> None:
    """Have in the store what a build needs of the sources that are wanted for it; all of them, if it keeps them."""
    if not checkout.keeps:
        wanted = needed(wanted, wish, checkout=checkout, nix=nix)
    fetch(wanted, store=nix, config=load_config(), progress=transfer_progress())


def fetch_sources(checkout: Checkout, names: Iterable[str], *, nix: Nix) -> Fetched:
    """Have in the store what building the packages `names` needs; without names, what the toolchain does."""
    return fetch(checkout.wanted(names), store=nix, config=load_config(), progress=transfer_progress())


def fetch_all_sources(checkout: Checkout, *, nix: Nix, names: Iterable[str] | None = None) -> Fetched:
    """Have every source in the store that is pinned, for any profile: of packages those of `names`, or all."""
    return fetch(checkout.all_wanted(names), store=nix, config=load_config(), progress=transfer_progress())


@contextmanager
def one_build_of(checkout: Checkout, names: Iterable[str]) -> Iterator[None]:
    """Two builds of a package in one checkout would do the same work, and share folders.

    What others need too is Nix's to do once.
    """

    def waiting(name: str, pid: str) -> None:
        log.say(f"another build of {name} for {checkout.profile} (pid {pid}) is under way; waiting")

    if (fault := write_fault(checkout.state)) is not None:
        raise fault
    with ExitStack() as held:
        # All in one order: two that want the same packages never wait for each other.
        for name in sorted({*names}):
            held.enter_context(holding(checkout.state / "locks" / f"{name}.lock", waiting=partial(waiting, name)))
        yield


def checked_names(checkout: Checkout, names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once. Raises InvalidName, UnknownPackage, or PackageNotOffered for the profile."""
    checked = tuple(dict.fromkeys(find(name, checkout.package_names) for name in names))
    check_offered((checkout.recipes[name] for name in checked), checkout.profile)
    return checked
