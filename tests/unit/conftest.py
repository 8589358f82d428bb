from __future__ import annotations

import os
import socket
import subprocess
from typing import TYPE_CHECKING, NoReturn

import pytest

from wasmwright.lock.model import PackageLock, write_lock
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.parse import load_recipe
from wasmwright.recipe.resolve import lock_digest
from wasmwright.sources.entry import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PROCESS_STARTERS = ("system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "execv", "execve")


@pytest.fixture(autouse=True)
def _no_process_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> NoReturn:
        pytest.fail("a unit test must not start a process or use the network: move it to tests/integration")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    for name in _PROCESS_STARTERS:
        monkeypatch.setattr(os, name, refuse)
    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def add_package() -> Callable[..., None]:
    """Adds a package with recipe and fitting lock to a checkout."""

    def add(root: Path, name: str, *, run: str | None = None) -> None:
        folder = root / "pkgs" / name
        folder.mkdir(parents=True)
        needs = f'[dependencies]\nrun = ["{run}"]\n' if run else ""
        text = (
            f'[package]\nname = "{name}"\nversion = "1.0"\n[source]\npypi = "{name}"\n{needs}[tests]\nimports = ["x"]\n'
        )
        (folder / "recipe.toml").write_text(text)
        recipe = load_recipe(folder / "recipe.toml", KNOWN)
        source = Source(purl=f"pkg:pypi/{name}@1.0", file="x.tar.gz", name="x.tar.gz", size=1, sha256="0" * 64)
        lock = PackageLock(name=name, package_version="1.0", recipe_sha256=lock_digest(recipe), source=source)
        write_lock(recipe.lock_path, lock)

    return add
