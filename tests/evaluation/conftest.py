from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from wasmwright.cli.session import nix_request, open_checkout
from wasmwright.nixenv import installed_nix
from wasmwright.paths import project_root

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix


@pytest.fixture(scope="session")
def nix(tmp_path_factory: pytest.TempPathFactory) -> Nix:
    """An evaluator: it has a store and caches of its own, nothing can be built in it, and nothing fetched into it."""
    found = installed_nix(nix_request(open_checkout()))
    if found is None:
        pytest.fail("this machine has no Nix yet: run `./wasmwright nix -- --version` once")
    folder = tmp_path_factory.mktemp("evaluator")
    config = f"{found.config}store = {folder}\nmax-jobs = 0\nsubstituters =\n"
    environment = {**found.env(), "NIX_CONFIG": config, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    return dataclasses.replace(found, config=config, environment=environment)


@pytest.fixture(scope="session")
def checkout() -> Path:
    return project_root()
