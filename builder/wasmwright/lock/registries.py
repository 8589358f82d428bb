"""Where a locker asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import paths
from wasmwright.config import load_config
from wasmwright.sources.client import Client
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Registries:
    """The registries of this machine, and where to keep what apt reads. `step` is told what is being done."""

    client: Client
    mirrors: Mirrors
    cache: Path
    step: Callable[[str], None] = lambda _: None


def this_machines_registries(step: Callable[[str], None]) -> Registries:
    """Those that pip, apt and npm on this machine use, or the user's own choice. Raises InvalidConfig."""
    mirrors = Mirrors(config=load_config())
    client = Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy)
    return Registries(client=client, mirrors=mirrors, cache=paths.cache_dir(), step=step)
