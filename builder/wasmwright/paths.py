"""Where wasmwright lies, and where it keeps what belongs to a user. What belongs to a checkout: see checkout.py."""

from __future__ import annotations

import os
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Movable:
    """A folder that users may have elsewhere, and the variable that says where."""

    folder: Path
    variable: str


def movable(place: Path) -> Movable | None:
    """The folder that `place` lies in, if it is one of those."""
    folders = (
        Movable(folder=state_dir(project_root()), variable="WASMWRIGHT_STATE"),
        Movable(folder=cache_dir(), variable="WASMWRIGHT_CACHE"),
        Movable(folder=data_dir(), variable="WASMWRIGHT_DATA"),
    )
    return next((one for one in folders if place.absolute().is_relative_to(one.folder.absolute())), None)
