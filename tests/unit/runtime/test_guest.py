from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from wasmwright.runtime.guest import wasmwright_outcomes
from wasmwright.runtime.suite import FOLDER_VARIABLE

if TYPE_CHECKING:
    import pytest


def configure(monkeypatch: pytest.MonkeyPatch, outcomes: Path, **variables: str) -> None:
    """Load the plugin as pytest does, with these variables."""
    monkeypatch.setenv("WASMWRIGHT_OUTCOMES", str(outcomes))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    manager = SimpleNamespace(register=lambda hooks, _: hooks.file.close())
    wasmwright_outcomes.pytest_configure(cast("Any", SimpleNamespace(pluginmanager=manager)))


def test_tests_are_run_in_the_folder_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    configure(monkeypatch, tmp_path / "outcomes.jsonl")
    assert Path.cwd() == tmp_path
    configure(monkeypatch, tmp_path / "outcomes.jsonl", **{FOLDER_VARIABLE: str(tmp_path / "site")})
    assert Path.cwd() == tmp_path / "site"
