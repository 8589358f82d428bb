from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.nixenv import find_nix
from wasmwright.paths import project_root

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix


@pytest.fixture(scope="session")
def nix() -> Nix:
    """The Nix that wasmwright uses; installed where there is none."""
    return find_nix()


@pytest.fixture(scope="session")
def checkout() -> Path:
    return project_root()
