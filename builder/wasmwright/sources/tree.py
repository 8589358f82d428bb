"""Trees: archives whose content is pinned, unpacked, as those that a forge makes differ from time to time."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError
from wasmwright.tars import BrokenTar
from wasmwright.unpacking import unpack_archive
from wasmwright.zips import BrokenZip

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20


class NotATree(WasmwrightError):
    """A file that is no archive of one folder, or would put something outside of it."""

    exit_code = 29


@dataclass(kw_only=True)
class _Archive:
    """Writes Nix's archive format into a hash."""

    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    size: int = 0

    def words(self, *words: bytes) -> None:
        for word in words:
            self.length(len(word))
            self.bytes(word)
            self.pad(len(word))

    def length(self, length: int) -> None:
        self.bytes(struct.pack("<Q", length))

    def pad(self, length: int) -> None:
        self.bytes(bytes(-length % 8))

    def bytes(self, content: bytes) -> None:
        self.digest.update(content)
        self.size += len(content)

    def path(self, path: Path) -> None:
        status = path.lstat()
        self.words(b"(", b"type")
        if stat.S_ISLNK(status.st_mode):
            self.words(b"symlink", b"target", os.fsencode(path.readlink()))
        elif stat.S_ISDIR(status.st_mode):
            self.words(b"directory")
            for child in sorted(path.iterdir(), key=lambda child: os.fsencode(child.name)):
                self.words(b"entry", b"(", b"name", os.fsencode(child.name), b"node")
                self.path(child)
                self.words(b")")
        else:
            self.file(path, status)
        self.words(b")")

    def file(self, path: Path, status: os.stat_result) -> None:
        self.words(b"regular")
        if status.st_mode & stat.S_IXUSR:
            self.words(b"executable", b"")
        self.words(b"contents")
        self.length(status.st_size)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                self.bytes(chunk)
        self.pad(status.st_size)


def nar_hash(path: Path) -> tuple[str, int]:
    """The sha256, in hex, and the size of a file's or folder's archive (NAR), as `nix hash path` computes it."""
    archive = _Archive()
    archive.words(b"nix-archive-1")
    archive.path(path)
    return archive.digest.hexdigest(), archive.size


def unpack_tree(archive: Path, into: Path) -> Path:
    """Unpack an archive into the folder `into`, which is made; returns its one top folder.

    Raises NotATree, and what `unpack_archive` raises for archives that are unsafe or too large.
    """
    into.mkdir(parents=True)
    try:
        unpack_archive(archive, into, name=archive.name)
    except (BrokenTar, BrokenZip) as error:
        message = f"{archive.name} cannot be unpacked: {error}"
        raise NotATree(message, hint="see what the address gives: it has to be an archive") from None
    tops = list(into.iterdir())
    if len(tops) != 1 or not tops[0].is_dir() or tops[0].is_symlink():
        message = f"{archive.name} holds {len(tops)} things at its top, not one folder"
        raise NotATree(message, hint="see what the address gives: it has to be an archive of one folder")
    return tops[0]
