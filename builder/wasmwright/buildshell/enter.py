"""Shows a folder as /build, as builds see theirs, and becomes another program there.

A program of its own, for the standard library of any Python: `python enter.py FOLDER COMMAND...`. The machine's files
stay visible: this is for the paths that a build has written down, it is no sandbox. Where the kernel gives no user
namespaces it does without, and says so.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

BUILD = Path("/build")
_NEW_USER, _NEW_MOUNTS = 0x10000000, 0x00020000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_LIBC = ctypes.CDLL(None, use_errno=True)


def main(arguments: list[str]) -> None:
    """Show `arguments[0]` as /build and become the rest, with the environment as it is."""
    folder, *command = arguments
    top = BUILD
    try:
        _show(Path(folder))
    except OSError as error:
        sys.stderr.write(f"{BUILD} cannot be shown here ({error.strerror}): paths that the build wrote lead nowhere\n")
        top = Path(folder)
    environment = {name: value.replace("@build@", str(top)) for name, value in os.environ.items()}
    os.chdir(top)
    os.execve(command[0], command, environment)  # noqa: S606 - what it shows is for that program


def _show(folder: Path) -> None:
    """A root of our own, with all that the machine's has, and the folder at its place."""
    unshare_mounts()
    root = folder / ".root"
    root.mkdir(exist_ok=True)
    mount("tmpfs", root, "tmpfs")
    for entry in Path("/").iterdir():
        if entry != BUILD:
            _bind(entry, root / entry.name)
    # Without what is mounted below it, which is this root.
    _bind(folder, root / BUILD.name, flags=_BIND)
    os.chroot(root)


def unshare_mounts() -> bool:
    """From now on nobody else sees what this process mounts. True if that took a user namespace. Raises OSError."""
    user, group = os.getuid(), os.getgid()
    # Root needs no user namespace, and in one it could not write what the users of builds own.
    is_root = _LIBC.unshare(_NEW_MOUNTS) == 0
    if not is_root:
        _checked(_LIBC.unshare(_NEW_USER | _NEW_MOUNTS))
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    mount("none", Path("/"), flags=_PRIVATE | _RECURSIVE)
    return not is_root


def mount(source: str, target: Path, kind: str | None = None, *, flags: int = 0, options: str | None = None) -> None:
    """Put `source` where `target` is, as the system call does. Raises OSError."""
    texts = [text.encode() if text is not None else None for text in (source, str(target), kind, options)]
    _checked(_LIBC.mount(*texts[:3], ctypes.c_ulong(flags), texts[3]))


def _bind(source: Path, target: Path, flags: int = _BIND | _RECURSIVE) -> None:
    if source.is_symlink():
        target.symlink_to(source.readlink())
        return
    if source.is_dir():
        target.mkdir()
    else:
        target.touch()
    mount(str(source), target, flags=flags)


def _checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main(sys.argv[1:])
