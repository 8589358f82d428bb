"""The folder /nix: whether this user can work with it, and making it where nothing is there yet."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.errors import NixUnavailable
from wasmwright.process import attach, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NIX = Path("/nix")
_SOCKET = "var/nix/daemon-socket/socket"
# What a Nix without a daemon writes to. Without its state folder it silently works in a store below the home folder.
_FOLDERS = ("store", "var/nix")


def ensure_store(environ: Mapping[str, str], *, step: Callable[[str], None], nix: Path = NIX) -> None:
    """Make `nix`/store usable for this user, or raise NixUnavailable saying what an administrator has to run."""
    if (fault := store_fault(nix)) is not None:
        raise fault
    if is_daemons(nix):
        return
    try:
        _make(nix)
    except PermissionError:
        _ask_sudo(environ, nix, step)
        _make(nix)
    except OSError as error:
        message = f"{nix} cannot be made: {error.strerror}"
        raise NixUnavailable(message, hint=f"an administrator has to provide {nix}, writable for {_user()}") from None


def store_fault(nix: Path = NIX) -> NixUnavailable | None:
    """Why this user cannot work with what is in `nix`, or None where that can be, or where nothing is there yet.

    Changes nothing.
    """
    if not nix.exists() or _is_ours(nix):
        return None
    if (nix / _SOCKET).exists():
        hint = "start it (`sudo systemctl start nix-daemon`)"
        return None if _answers(nix / _SOCKET) else NixUnavailable("the Nix daemon does not answer", hint=hint)
    if os.statvfs(nix).f_flag & os.ST_RDONLY:
        message = f"the Nix store {nix} is on a file system that can only be read, and no Nix daemon runs"
        return NixUnavailable(message, hint="mount it so that it can be written, or start the daemon")
    message = f"the Nix store {nix} belongs to another user, and no Nix daemon runs"
    hint = f"start the daemon, or, if nobody else uses it: `sudo chown -R {_user()} {nix}`"
    return NixUnavailable(message, hint=hint)


def making_fault(environ: Mapping[str, str], nix: Path = NIX) -> NixUnavailable | None:
    """Where there is no `nix` yet: why this user cannot make it, nor ask an administrator's password; or None."""
    if nix.exists() or os.access(nix.parent, os.W_OK) or shutil.which("sudo", path=environ.get("PATH")) is not None:
        return None
    return _refused(nix, _shown_command(nix))


def is_daemons(nix: Path = NIX) -> bool:
    """Whether a daemon works there for this user."""
    return (nix / _SOCKET).exists() and not _is_ours(nix)


def has_database(nix: Path = NIX) -> bool:
    """Whether a Nix has worked there."""
    return (nix / "var/nix/db").exists()


def _make(nix: Path) -> None:
    for folder in _FOLDERS:
        (nix / folder).mkdir(parents=True, exist_ok=True)


def _is_ours(nix: Path) -> bool:
    """Whether all of it can be written, each folder or what it will be made in."""
    for folder in _FOLDERS:
        place = nix / folder
        while not place.exists():
            place = place.parent
        if not os.access(place, os.W_OK):
            return False
    return True


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asked:
        try:
            asked.connect(str(path))
        except OSError:
            return False
    return True


def _ask_sudo(environ: Mapping[str, str], nix: Path, step: Callable[[str], None]) -> None:
    command, shown = _command(nix), _shown_command(nix)
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


def _command(nix: Path) -> list[str]:
    return ["install", "-d", "-m", "755", "-o", str(os.getuid()), str(nix)]


def _shown_command(nix: Path) -> str:
    return f"sudo install -d -m 755 -o {_user()} {nix}"


def _refused(nix: Path, command: str) -> NixUnavailable:
    message = f"there is no {nix}, and {_user()} may not make it"
    return NixUnavailable(message, hint=f"let an administrator run once: `{command}`")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
