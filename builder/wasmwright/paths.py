"""Where wasmwright keeps things: the checkout, the user's cache, the user's state."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def project_root() -> Path:
    """The checkout that this package lies in."""
    return Path(__file__).resolve().parents[2]


def cache_dir() -> Path:
    """Partial downloads and other things that may be deleted at any time. `WASMWRIGHT_CACHE` overrides it."""
    return Path(os.environ.get("WASMWRIGHT_CACHE") or platformdirs.user_cache_path("wasmwright"))


def data_dir() -> Path:
    """The private Nix. `WASMWRIGHT_DATA` overrides it."""
    return Path(os.environ.get("WASMWRIGHT_DATA") or platformdirs.user_data_path("wasmwright"))


def state_dir() -> Path:
    """Logs and GC roots of this checkout; not tracked by git."""
    return project_root() / ".wasmwright"
