from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from wasmwright.cli import fetch, main
from wasmwright.sources.fetch import Fetched

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def roots(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    """The GC roots that are added, by their folder's name."""
    added: dict[str, tuple[str, ...]] = {}

    def add_roots(paths: tuple[str, ...], folder: Path) -> None:
        added[folder.name] = paths

    monkeypatch.setattr(fetch, "open_nix", lambda: SimpleNamespace(add_roots=add_roots))
    monkeypatch.setattr(fetch, "ensure_all_sources", lambda **_: Fetched(paths=("everything",), added=1))
    monkeypatch.setattr(fetch, "ensure_sources", lambda names, **_: Fetched(paths=("some", *names), added=1))
    return added


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"all": ("everything",)}),
        (["numpy"], {"numpy": ("some", "numpy")}),
        (["--toolchain"], {"toolchain": ("some",)}),
    ],
)
def test_everything_is_fetched_unless_some_is_named(
    roots: dict[str, tuple[str, ...]], arguments: list[str], expected: dict[str, tuple[str, ...]]
):
    with pytest.raises(SystemExit) as caught:
        main(["fetch", *arguments])
    assert caught.value.code == 0
    assert roots == expected
