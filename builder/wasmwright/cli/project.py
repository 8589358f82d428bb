"""`wasmwright build FOLDER`: a user's own project."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log, paths
from wasmwright.cli.session import profile_name
from wasmwright.cli.transfer import transfer_progress
from wasmwright.config import load_config
from wasmwright.failure import WasmwrightError
from wasmwright.generate.files import read_locks
from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.model import read_toolchain_lock
from wasmwright.lock.package import PackageLocking
from wasmwright.lock.profile import profile_lock_path, profile_path, read_profile
from wasmwright.packagebuild import Wish
from wasmwright.project import prepare, read_project
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.parse import load_all
from wasmwright.sources.client import Client
from wasmwright.sources.fetch import fetch
from wasmwright.sources.mirrors import Mirrors
from wasmwright.wanted import wanted_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wasmwright.lock.model import PackageLock
    from wasmwright.nix import Nix
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source


def project_folder(names: Sequence[str]) -> Path | None:
    """The folder that the arguments name, or None where they name packages."""
    folders = [name for name in names if "/" in name or name in {".", ".."}]
    if not folders:
        return None
    if len(names) > 1:
        message = f"{folders[0]} is a folder: a project is built alone"
        raise click.UsageError(message)
    return Path(folders[0]).resolve()


def fetch_project(folder: Path, *, nix: Nix, test: bool) -> Wish:
    """Lock the project in `folder` where that is needed, and have all in the store that its build needs."""
    recipe = read_project(folder)
    root = paths.project_root()
    others = load_all(root / "pkgs", KNOWN)

    def make_lock(recipe: WrittenRecipe, source: Source) -> PackageLock:
        return _lock(recipe, source, others)

    prepared = prepare(
        recipe,
        others=others,
        locks=read_locks(others.values()),
        checkout=root,
        work=paths.state_dir() / "projects" / recipe.name,
        make_lock=make_lock,
    )
    nix.add_fixed([prepared.archive])
    wanted = wanted_sources(root, profile_name(), (*recipe.host, *recipe.run), (recipe, prepared.lock))
    fetch(wanted, store=nix, config=load_config(), progress=transfer_progress())
    return Wish(names=(recipe.name,), wheels=frozenset({recipe.name}), test=test, file=prepared.file)


@contextmanager
def shown_as(folder: Path | None, names: Sequence[str]) -> Iterator[None]:
    """Errors inside advise to build the folder, not a package of that name."""
    try:
        yield
    except WasmwrightError as error:
        if folder is not None and error.hint is not None:
            error.hint = error.hint.replace(f"wasmwright build {names[0]} ", f"wasmwright build {folder} ")
        raise


def _lock(recipe: WrittenRecipe, source: Source, others: Mapping[str, WrittenRecipe]) -> PackageLock:
    log.say(f"writing {recipe.lock_path}")
    mirrors, root = Mirrors(config=load_config()), paths.project_root()
    locking = PackageLocking(
        profile=read_profile(profile_path(root, profile_name())),
        profile_lock=read_toolchain_lock(profile_lock_path(root, profile_name())),
        machine=read_base(base_path(root)).machine,
        recipes={**others, recipe.name: recipe},
        client=Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy),
        mirrors=mirrors,
        cache=paths.cache_dir(),
        archives={recipe.name: source},
        step=log.say,
    )
    return locking.lock(recipe)
