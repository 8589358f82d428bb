"""`wasmwright lock`: resolve versions and write them down with hashes."""

from __future__ import annotations

import click


@click.command()
@click.argument("names", nargs=-1)
@click.option("--toolchain", is_flag=True, help="Lock the toolchain's profile instead of packages.")
@click.option("--profile", default=None, metavar="NAME", help="The profile (default: the only one).")
def command(names: tuple[str, ...], *, toolchain: bool, profile: str | None) -> None:
    """Resolve packages NAMES (default: all) or the toolchain, and write their locks."""
    from wasmwright import paths
    from wasmwright.config import load_config
    from wasmwright.lock.model import write_lock
    from wasmwright.lock.profile import DEFAULT, lock_path, profile_path
    from wasmwright.lock.toolchain import lock_toolchain
    from wasmwright.sources.client import Client
    from wasmwright.sources.mirrors import Mirrors

    mirrors = Mirrors(config=load_config())
    client = Client.create(ca_bundle=mirrors.ca_bundle)
    name = profile or DEFAULT
    lock = lock_toolchain(profile_path(name), client=client, mirrors=mirrors, cache=paths.cache_dir(), step=click.echo)
    write_lock(lock_path(name), lock)
