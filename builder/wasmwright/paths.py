"""Where wasmwright lies, and where it keeps what belongs to a user. What belongs to a checkout: see checkout.py."""

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


def state_dir(root: Path) -> Path:
    """Logs, GC roots, results and locks of the checkout in `root`. `WASMWRIGHT_STATE` overrides it."""
    return Path(os.environ.get("WASMWRIGHT_STATE") or root / ".wasmwright")


def data_dir() -> Path:
    """The private Nix. `WASMWRIGHT_DATA` overrides it."""
    return Path(os.environ.get("WASMWRIGHT_DATA") or platformdirs.user_data_path("wasmwright"))


def elsewhere(place: Path) -> str:
    """The end of an advice, for a place in a folder that users may have elsewhere: by which variable."""
    for variable, folder in (
        ("WASMWRIGHT_STATE", state_dir(project_root())),
        ("WASMWRIGHT_CACHE", cache_dir()),
        ("WASMWRIGHT_DATA", data_dir()),
    ):
        # Or above it, where the folder itself could not be made.
        if place.absolute().is_relative_to(folder.absolute()) or folder.absolute().is_relative_to(place.absolute()):
            return f", or name another folder than {folder} with {variable}"
    return ""
