"""`wasmwright lock`: resolve versions and write them down with hashes."""

from __future__ import annotations

import click

from wasmwright import paths
from wasmwright.config import load_config
from wasmwright.errors import UnknownPackage
from wasmwright.lock.model import write_lock
from wasmwright.lock.package import PackageLocking
from wasmwright.lock.profile import DEFAULT, lock_path, profile_path, read_profile
from wasmwright.lock.toolchain import lock_toolchain
from wasmwright.recipe.names import nearest
from wasmwright.recipe.parse import load_all
from wasmwright.sources.client import Client
from wasmwright.sources.mirrors import Mirrors


@click.command(epilog="\b\nExamples:\n  ./wasmwright lock numpy\n  ./wasmwright lock --toolchain\n")
@click.argument("names", nargs=-1)
@click.option("--toolchain", is_flag=True, help="Lock the toolchain instead of packages.")
@click.option("--profile", default=DEFAULT, show_default=True, metavar="NAME", help="The toolchain's profile.")
def command(names: tuple[str, ...], *, toolchain: bool, profile: str) -> None:
    """Resolve the packages NAMES (default: all), or the toolchain, and write their locks.

    Registries are the ones that pip, apt and npm on this machine use.
    """
    if toolchain and names:
        message = "give package names or --toolchain, not both"
        raise click.UsageError(message)
    mirrors = Mirrors(config=load_config())
    client = Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy)
    if toolchain:
        lock = lock_toolchain(
            profile_path(profile), client=client, mirrors=mirrors, cache=paths.cache_dir(), step=_step
        )
        write_lock(lock_path(profile), lock)
        click.echo(lock_path(profile).relative_to(paths.project_root()))
        return
    recipes = load_all(paths.project_root() / "pkgs")
    for name in names:
        if name not in recipes:
            guess = nearest(name, recipes)
            message = f"there is no recipe `{name}`"
            raise UnknownPackage(
                message, hint=f"did you mean `{guess}`?" if guess else f"recipes: {', '.join(recipes)}"
            )
    locking = PackageLocking(
        profile=read_profile(profile_path(profile)),
        recipes=recipes,
        client=client,
        mirrors=mirrors,
        cache=paths.cache_dir(),
        step=_step,
    )
    for name in names or sorted(recipes):
        write_lock(recipes[name].lock_path, locking.lock(recipes[name]))
        click.echo(recipes[name].lock_path.relative_to(paths.project_root()))


def _step(text: str) -> None:
    click.echo(text, err=True)
