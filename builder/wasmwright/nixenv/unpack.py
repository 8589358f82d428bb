"""Unpacking Debian packages into a folder, without dpkg and without root's rights."""

from __future__ import annotations

import io
import os
import posixpath
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.errors import UnsafeArchive

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = b"!<arch>\n"
_HEADER = 60
_UNUSED = ("usr/share/doc/", "usr/share/man/", "usr/share/locale/", "usr/share/info/")
_MERGED = ("bin", "sbin", "lib", "lib64")


def prepare_root(root: Path) -> None:
    """An empty root whose old top folders lead into `usr`, as Debian has them."""
    for name in _MERGED:
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")


def unpack_deb(deb: Path, root: Path) -> list[Path]:
    """Unpack the files of one package below `root`; returns the regular ones.

    Links that lead out of `root` are left out. Raises UnsafeArchive for members that would lie outside.
    """
    written: list[Path] = []
    with tarfile.open(fileobj=io.BytesIO(_data_tarball(deb)), mode="r:*") as tarball:
        for member in tarball:
            name = _checked_name(member.name, deb)
            if name and not f"{name}/".startswith(_UNUSED):
                written += _unpack_member(tarball, member, root, name)
    return written


def _unpack_member(tarball: tarfile.TarFile, member: tarfile.TarInfo, root: Path, name: str) -> Iterator[Path]:
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
        content = tarball.extractfile(member)
        assert content is not None
        with target.open("wb") as out:
            shutil.copyfileobj(content, out)
        target.chmod(0o755 if member.mode & 0o111 else 0o644)
        yield target


def _checked_name(name: str, where: Path) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        message = f"{where.name} holds a member outside its own folder: {name!r}"
        raise UnsafeArchive(message, hint="remove the file and fetch it again")
    return "" if str(path) == "." else str(path)


def _refuse_escape(root: Path, folder: Path) -> None:
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        message = f"a link in the archive leads outside: {folder}"
        raise UnsafeArchive(message, hint="remove the file and fetch it again")


def _stays_inside(name: str, linkname: str) -> bool:
    if linkname.startswith("/"):
        return False
    return not posixpath.normpath(posixpath.join(posixpath.dirname(name), linkname)).startswith("..")


def _data_tarball(deb: Path) -> bytes:
    content = deb.read_bytes()
    offset = len(_MAGIC) if content.startswith(_MAGIC) else len(content)
    while offset + _HEADER <= len(content):
        header = content[offset : offset + _HEADER]
        size = int(header[48:58])
        offset += _HEADER
        if header[:16].startswith(b"data.tar"):
            return content[offset : offset + size]
        offset += size + size % 2
    message = f"{deb.name} is no Debian package"
    raise UnsafeArchive(message, hint="remove the file and fetch it again")
