"""The folder /nix: whether this user can work with it, and making it where nothing is there yet."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.errors import NixUnavailable
from wasmwright.process import attach, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NIX = Path("/nix")


def ensure_store(environ: Mapping[str, str], *, step: Callable[[str], None], nix: Path = NIX) -> None:
    """Make `nix`/store usable for this user, or raise NixUnavailable saying what an administrator has to run."""
    if (nix / "var/nix/daemon-socket/socket").exists():
        return
    if nix.exists() and not _is_ours(nix):
        message = f"the Nix store {nix} belongs to another user, and no Nix daemon runs"
        hint = f"start the daemon, or, if nobody else uses it: `sudo chown -R {_user()} {nix}`"
        raise NixUnavailable(message, hint=hint)
    try:
        _make(nix)
    except PermissionError:
        _ask_sudo(environ, nix, step)
        _make(nix)
    except OSError as error:
        message = f"{nix} cannot be made: {error.strerror}"
        raise NixUnavailable(message, hint=f"an administrator has to provide {nix}, writable for {_user()}") from None


def _make(nix: Path) -> None:
    # Without its state folder an ordinary user's Nix silently works in a store below the home folder.
    for folder in ("store", "var/nix"):
        (nix / folder).mkdir(parents=True, exist_ok=True)


def _is_ours(nix: Path) -> bool:
    store = nix / "store"
    return os.access(store if store.exists() else nix, os.W_OK)


def _ask_sudo(environ: Mapping[str, str], nix: Path, step: Callable[[str], None]) -> None:
    command = ["install", "-d", "-m", "755", "-o", str(os.getuid()), str(nix)]
    shown = f"sudo install -d -m 755 -o {_user()} {nix}"
    if shutil.which("sudo", path=environ.get("PATH")) is None:
        raise _refused(nix, shown)
    here = Path.cwd()
    if run(["sudo", "-n", *command], env=environ, cwd=here, check=False).returncode == 0:
        return
    if not sys.stdin.isatty():
        raise _refused(nix, shown)
    step(f"Nix needs the folder {nix}: {shown}")
    if attach(["sudo", *command], env=environ, cwd=here) != 0:
        raise _refused(nix, shown)


def _refused(nix: Path, command: str) -> NixUnavailable:
    message = f"there is no {nix}, and {_user()} may not make it"
    return NixUnavailable(message, hint=f"let an administrator run once: `{command}`")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
