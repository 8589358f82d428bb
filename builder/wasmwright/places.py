"""Whether folders that a command needs can be written, asked before anything is. Changes nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.errors import AccessDenied
from wasmwright.paths import elsewhere

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEMPORARY = Path("/tmp")  # noqa: S108 - where Nix builds unless told otherwise


def write_fault(folder: Path) -> AccessDenied | None:
    """Why this user cannot write in `folder`, which may be not there yet; None where that can be."""
    place = existing(folder)
    if not place.is_dir():
        reason = f"{place} is no folder"
    elif os.access(place, os.W_OK | os.X_OK):
        return None
    elif os.statvfs(place).f_flag & os.ST_RDONLY:
        reason = f"{place} is on a file system that can only be read"
    else:
        reason = f"this user may not write in {place}"
    return AccessDenied(reason, hint=f"let this user read and write there{elsewhere(folder)}")


def temporary_folder(environ: Mapping[str, str]) -> Path:
    """Where Nix builds."""
    return Path(environ.get("TMPDIR") or _TEMPORARY)


def temporary_fault(environ: Mapping[str, str]) -> AccessDenied | None:
    """Why Nix cannot build there, or None."""
    folder = temporary_folder(environ)
    # Nix makes folders in it, and not the folder itself.
    if not folder.is_dir():
        return AccessDenied(
            f"there is no folder {folder}, where Nix builds", hint="make it, or let TMPDIR name another"
        )
    fault = write_fault(folder)
    return (
        None if fault is None else AccessDenied(f"{fault}, and Nix builds there", hint="let TMPDIR name another folder")
    )


def existing(folder: Path) -> Path:
    """The folder, or the one above it in which it will be made."""
    while not os.path.lexists(folder):
        folder = folder.parent
    return folder
