"""What has changed, as the git of this machine tells it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import UnknownRevision
from wasmwright.farm.changes import changes_since
from wasmwright.process import run

if TYPE_CHECKING:
    from pathlib import Path

IDENTITY = ("-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "commit.gpgsign=false")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("numpy", "zlib", "gone"):
        (tmp_path / "pkgs" / name).mkdir(parents=True)
        (tmp_path / "pkgs" / name / "recipe.toml").write_text("old\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, *IDENTITY, "commit", "--quiet", "-m", "first")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    run(["git", *arguments], env=os.environ, cwd=folder)


def since(revision: str, checkout: Path) -> frozenset[str]:
    return changes_since(revision, root=checkout, profile="p").names


def test_committed_staged_and_plain_changes_count(checkout: Path):
    (checkout / "pkgs/numpy/recipe.toml").write_text("new\n")
    git(checkout, *IDENTITY, "commit", "--quiet", "-am", "second")
    assert since("HEAD", checkout) == frozenset()
    (checkout / "pkgs/zlib/recipe.toml").write_text("new\n")
    (checkout / "pkgs/añew").mkdir()
    (checkout / "pkgs/añew/recipe.toml").write_text("new\n")
    git(checkout, "add", "pkgs/añew")
    assert since("HEAD~1", checkout) == {"numpy", "zlib", "añew"}
    assert since("HEAD", checkout) == {"zlib", "añew"}


def test_both_names_of_a_moved_package_count(checkout: Path):
    git(checkout, "mv", "pkgs/gone", "pkgs/here")
    assert since("HEAD", checkout) == {"gone", "here"}


@pytest.mark.parametrize("revision", ["nothere", "--output=x", "pkgs"])
def test_an_unknown_revision_is_refused(revision: str, checkout: Path):
    with pytest.raises(UnknownRevision, match=f"git knows no revision `{revision}`: fatal"):
        since(revision, checkout)
    assert not (checkout / "x").exists()
