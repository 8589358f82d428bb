from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from lock_writer import empty_lock
from recipe_known import KNOWN

from wasmwright.lock.document import write_lock
from wasmwright.lock.profile import known_profiles
from wasmwright.lock.target import read_targets
from wasmwright.recipe.parse import load_recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PROCESS_STARTERS = ("system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "execv", "execve")

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_MADE = {"os.mkdir": 0, "os.remove": 0, "os.rmdir": 0, "os.rename": 1, "os.symlink": 1, "os.link": 1}
_CHECKOUT = Path(__file__).parents[2]
_STATE = f"{_CHECKOUT}/.wasmwright/"
_REAL = (f"{_CHECKOUT}/", f"{Path.home()}/")
# Not empty while a test runs: what hears of files being opened cannot be taken away again.
_GUARDED: list[Path] = []


def _heed(event: str, arguments: tuple[object, ...]) -> None:
    if not _GUARDED or (event != "open" and event not in _MADE):
        return
    # Relative paths lie in the folder that the test runs in, which is its own.
    path = str(arguments[_MADE.get(event, 0)])
    flags = arguments[2] if event == "open" else os.O_CREAT
    writes = isinstance(flags, int) and bool(flags & _WRITING) and "__pycache__" not in path
    if path.startswith(str(_GUARDED[0].parent)):
        return
    if path.startswith(_STATE) or (writes and path.startswith(_REAL)):
        pytest.fail(f"a unit test must not touch {path}: let it work in tmp_path")


sys.addaudithook(_heed)


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


@pytest.fixture(autouse=True)
def _no_state_no_home_no_waiting(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The user's folders are empty ones, the checkout is read only and its state out of sight, nobody sleeps."""

    def refuse(seconds: float) -> NoReturn:
        pytest.fail(f"a unit test must not wait, and this would for {seconds} s: pass it a clock")

    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("XDG_", "WASMWRIGHT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    monkeypatch.setattr(time, "sleep", refuse)
    if not request.config.getoption("--update-expected"):
        _GUARDED.append(home)
    yield
    _GUARDED.clear()


@pytest.fixture
def add_package() -> Callable[..., None]:
    """Adds a package with recipe and fitting lock to a checkout, for the profiles that it has by then."""

    def add(root: Path, name: str, *, run: str | None = None) -> None:
        folder = root / "pkgs" / name
        folder.mkdir(parents=True)
        needs = f'[dependencies]\nrun = ["{run}"]\n' if run else ""
        text = (
            f'[package]\nname = "{name}"\nversion = "1.0"\n[source]\npypi = "{name}"\n{needs}[tests]\nimports = ["x"]\n'
        )
        (folder / "recipe.toml").write_text(text)
        recipe = load_recipe(folder / "recipe.toml", KNOWN)
        targets = read_targets(root) if known_profiles(root) else ()
        write_lock(recipe.lock_path, empty_lock(recipe, targets))

    return add
