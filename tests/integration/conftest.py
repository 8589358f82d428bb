from __future__ import annotations

import dataclasses
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.lock.profile import default_profile
from wasmwright.nixenv import find_nix
from wasmwright.paths import project_root
from wasmwright.wanted import ensure_sources

if TYPE_CHECKING:
    from wasmwright.nix import Nix

FLAKES = Path(__file__).parents[1] / "fixtures" / "flakes"


@pytest.fixture(scope="session")
def nix() -> Nix:
    """The Nix that wasmwright would use, with all sources in its store."""
    found = find_nix()
    root = project_root()
    names = [recipe.parent.name for recipe in (root / "pkgs").glob("*/recipe.toml")]
    ensure_sources(names, root=root, profile=default_profile(root), nix=found)
    return found


@pytest.fixture(scope="session")
def checkout() -> Path:
    return project_root()


@pytest.fixture
def failing_flake(nix: Nix, tmp_path: Path) -> Nix:
    """That Nix in a checkout whose derivations fail in many ways, none of them built before."""
    text = (FLAKES / "failures" / "flake.nix").read_text(encoding="utf-8")
    (tmp_path / "flake.nix").write_text(text.replace("@token@", uuid.uuid4().hex), encoding="utf-8")
    return dataclasses.replace(nix, root=tmp_path, logs=tmp_path / "logs")
