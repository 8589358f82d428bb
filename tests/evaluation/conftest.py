from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from wasmwright.nixenv import NixRequest, installed_nix
from wasmwright.paths import project_root

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the evaluator's store lies: its /nix is a folder in it."""
    return tmp_path_factory.mktemp("evaluator")


@pytest.fixture(scope="session")
def nix(store: Path) -> Nix:
    """An evaluator: it has a store and caches of its own, nothing can be built in it, and nothing fetched into it."""
    found = installed_nix(NixRequest(root=project_root(), logs=store / "logs"))
    if found is None:
        pytest.fail("this machine has no Nix yet: run `./wasmwright nix -- --version` once")
    config = f"{found.config}store = {store}\nmax-jobs = 0\nsubstituters =\n"
    environment = {**found.env(), "NIX_CONFIG": config, "HOME": str(store), "XDG_CACHE_HOME": str(store / "cache")}
    return dataclasses.replace(found, config=config, environment=environment)


@pytest.fixture(scope="session")
def checkout() -> Path:
    return project_root()
