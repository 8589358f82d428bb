"""The Nix store of this machine, such that changes stay with this process and what it starts."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.buildshell.enter import mount, unshare_mounts
from wasmwright.nixenv.store import NIX

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAZILY = 2


class NotPrivate(Exception):
    """Why this machine gives no private view of its store."""


@contextmanager
def private_store(nix: Path = NIX) -> Iterator[Path]:
    """An overlay over `nix`: all that is there is seen, and what changes is in the folder given, until the end.

    Raises NotPrivate, with nothing changed but that this process may have mounts of its own.
    """
    if not os.access(nix / "store", os.W_OK) or (nix / "var/nix/daemon-socket/socket").exists():
        message = f"{nix} is not this user's alone"
        raise NotPrivate(message)
    top = Path(tempfile.mkdtemp(prefix="wasmwright-store-"))
    changes, work = top / "changes", top / "work"
    changes.mkdir()
    work.mkdir()
    try:
        _lay_over(nix, changes, work)
        try:
            yield changes
        finally:
            # Lazily: a program that a test has lost may still look at it.
            ctypes.CDLL(None).umount2(str(nix).encode(), _LAZILY)
    finally:
        shutil.rmtree(top)


def _lay_over(nix: Path, changes: Path, work: Path) -> None:
    try:
        # Without root an overlay keeps its notes in attributes that users may write.
        more = ",userxattr" if unshare_mounts() else ""
        mount("overlay", nix, "overlay", options=f"lowerdir={nix},upperdir={changes},workdir={work}{more}")
    except OSError as error:
        message = f"this machine lays nothing over {nix} ({error.strerror})"
        raise NotPrivate(message) from None
