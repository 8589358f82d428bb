from __future__ import annotations

import dataclasses
import signal
import uuid
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from private_store import NotPrivate, private_store

from wasmwright.cli.session import every_checkout, fetch_sources, open_checkout, open_nix
from wasmwright.paths import project_root
from wasmwright.recipe.offer import offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.checkout import Checkout
    from wasmwright.nix import Nix

FLAKES = Path(__file__).parents[1] / "fixtures" / "flakes"


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Logs, GC roots and results of the tests are not the checkout's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WASMWRIGHT_STATE", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _signals_are_heard() -> Iterator[None]:
    """Shells start background jobs deaf to SIGINT, `nohup` to SIGHUP, and what those start inherits it.

    A handler is not inherited: programs of the tests start as a terminal starts them.
    """
    deaf = [number for number in (signal.SIGINT, signal.SIGHUP) if signal.getsignal(number) is signal.SIG_IGN]
    for number in deaf:
        signal.signal(number, lambda *_: None)
    yield
    for number in deaf:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture(scope="session", autouse=True)
def store_changes(pytestconfig: pytest.Config) -> Iterator[Path | None]:
    """What the tests build or break in the store is in this folder, and gone after them; None: it is in the store."""
    with ExitStack() as held:
        changes = None
        try:
            changes = held.enter_context(private_store())
        except NotPrivate as reason:
            reporter = pytestconfig.pluginmanager.get_plugin("terminalreporter")
            reporter.write_line(f"\nintegration tests change the store of this machine: {reason}")
        yield changes


@pytest.fixture(scope="session")
def nix() -> Nix:
    """The Nix that wasmwright would use, with the sources of all packages in its store, for every profile."""
    found = open_nix(open_checkout())
    for checkout in every_checkout():
        fetch_sources(checkout, _locked(checkout), nix=found)
    return found


def _locked(checkout: Checkout) -> list[str]:
    """Packages that have an answer for the profile: a new one is compared with the others before it has packages."""
    answers = {name: checkout.lock(name).profiles for name in offered(checkout.recipes, checkout.profile)}
    return [name for name, profiles in answers.items() if not profiles or checkout.profile in profiles]


@pytest.fixture(scope="session")
def checkout() -> Path:
    return project_root()


@pytest.fixture
def failing_flake(nix: Nix, tmp_path: Path) -> Nix:
    """That Nix in a checkout whose derivations fail in many ways, none of them built before."""
    text = (FLAKES / "failures" / "flake.nix").read_text(encoding="utf-8")
    (tmp_path / "flake.nix").write_text(text.replace("@token@", uuid.uuid4().hex), encoding="utf-8")
    return dataclasses.replace(nix, root=tmp_path, logs=tmp_path / "logs")
