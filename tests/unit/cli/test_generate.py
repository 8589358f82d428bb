from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from documents import faults
from toolchain_writer import write_toolchain

from wasmwright import paths
from wasmwright.cli import main
from wasmwright.generate.packagepage import PAGE as PACKAGES
from wasmwright.generate.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add_package: Callable[..., None]) -> Path:
    write_toolchain(tmp_path)
    add_package(tmp_path, "alpha", run="beta")
    add_package(tmp_path, "beta")
    monkeypatch.setattr(paths, "project_root", lambda: tmp_path)
    return tmp_path


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["generate", *args])
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_writes_then_has_nothing_to_do(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("beta") == 0
    assert capsys.readouterr().out == "wrote pkgs/beta/package.nix\n"
    assert "buildWasmWheel {" in (checkout / "pkgs" / "beta" / "package.nix").read_text()
    assert run("beta") == 0
    assert capsys.readouterr().out == "1 generated file fresh\n"


def test_check_writes_nothing_and_exits_14(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--check", "beta") == 14
    assert "pkgs/beta/package.nix: does not exist" in capsys.readouterr().err
    assert not (checkout / "pkgs" / "beta" / "package.nix").exists()


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("beta", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "written": ["pkgs/beta/package.nix"],
        "fresh": [],
        "stale": [],
    }
    assert run("--check", "--json") == 14
    report = json.loads(capsys.readouterr().out)
    assert faults("generate", report) == []
    assert [entry["path"] for entry in report["stale"]] == ["pkgs/alpha/package.nix", *PAGES, PACKAGES]
    assert report["fresh"] == ["pkgs/beta/package.nix"]


def test_unknown_name_exits_12_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("alfa") == 12
    assert "did you mean `alpha`?" in capsys.readouterr().err
