"""Unpacking Debian packages into a folder, without dpkg and without root's rights."""

from __future__ import annotations

import io
import os
import posixpath
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wasmwright import tars
from wasmwright.sources.debfile import data_tarball
from wasmwright.tars import BrokenTar

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Iterator

    from wasmwright.tars import Tar

_UNUSED = ("usr/share/doc/", "usr/share/man/", "usr/share/locale/", "usr/share/info/")
_MERGED = ("bin", "sbin", "lib", "lib64")


def prepare_root(root: Path) -> None:
    """An empty root whose old top folders lead into `usr`, as Debian has them."""
    for name in _MERGED:
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")


def unpack_deb(deb: Path, root: Path) -> list[Path]:
    """Unpack the files of one package below `root`; returns the regular ones.

    Links that lead out of `root` are left out. Raises BrokenTar for members that would lie outside.
    """
    written: list[Path] = []
    with tars.opened(io.BytesIO(data_tarball(deb.read_bytes(), deb.name)), deb.name) as tarball:
        for member in tarball.members():
            name = _checked_name(member.name, deb)
            if name and not f"{name}/".startswith(_UNUSED):
                written += _unpack_member(tarball, member, root, name)
    return written


def _unpack_member(tarball: Tar, member: tarfile.TarInfo, root: Path, name: str) -> Iterator[Path]:
    target = root / name
    if member.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    _refuse_escape(root, target.parent)
    target.parent.mkdir(parents=True, exist_ok=True)
    if member.issym():
        if _stays_inside(name, member.linkname):
            target.unlink(missing_ok=True)
            target.symlink_to(member.linkname)
    elif member.islnk():
        shutil.copy2(root / _checked_name(member.linkname, target), target, follow_symlinks=False)
        yield target
    elif member.isfile():
        target.unlink(missing_ok=True)
        with target.open("wb") as out:
            out.writelines(tarball.chunks(member))
        target.chmod(0o755 if member.mode & 0o111 else 0o644)
        yield target


def _checked_name(name: str, where: Path) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        message = f"{where.name} holds a member outside its own folder: {name!r}"
        raise BrokenTar(message, hint="remove the file and fetch it again")
    return "" if str(path) == "." else str(path)


def _refuse_escape(root: Path, folder: Path) -> None:
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        message = f"a link in the archive leads outside: {folder}"
        raise BrokenTar(message, hint="remove the file and fetch it again")


def _stays_inside(name: str, linkname: str) -> bool:
    if linkname.startswith("/"):
        return False
    return not posixpath.normpath(posixpath.join(posixpath.dirname(name), linkname)).startswith("..")
