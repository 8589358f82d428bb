"""The archive of one layer: members sorted, of one time, root's, and nothing of the machine."""

from __future__ import annotations

import io
import os
import stat
import tarfile
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from wasmwright.oci.errors import InvalidImage
from wasmwright.oci.layers import TIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.oci.blobs import BlobWriter

_BUFFER = 1 << 20


class EntryKind(StrEnum):
    """What an entry is."""

    FOLDER = "folder"
    LINK = "link"
    FILE = "file"


@dataclass(frozen=True, kw_only=True)
class ImageEntry:
    """A folder, a link to `text`, or a file that holds `text`, at `path`, relative to the image's root."""

    path: str
    kind: EntryKind
    text: str = ""
    mode: int = 0o755
    owner: int = 0


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A file or folder of the build machine that becomes `at`, without what one of `omit` matches, relative to it.

    With `is_rest` it is that alone, and the folders above it.
    """

    source: Path
    at: str
    omit: tuple[str, ...] = ()
    is_rest: bool = False


def write_archive(trees: Sequence[Tree], entries: Sequence[ImageEntry], into: BlobWriter) -> None:
    """Write a tar archive of these. Raises InvalidImage where two have one path, or a pattern matches nothing."""
    members: dict[str, ImageEntry | Path] = {}
    for tree in trees:
        for path, source in _files(tree):
            _add(members, path, source)
    for entry in entries:
        _add(members, entry.path.strip("/"), entry)
    # In stream mode tarfile asks nothing of a file but that it can be written.
    with tarfile.open(fileobj=cast("Any", into), mode="w|", format=tarfile.PAX_FORMAT, bufsize=_BUFFER) as archive:
        for path in sorted(members, key=lambda name: name.split("/")):
            member = members[path]
            if isinstance(member, ImageEntry):
                _write_entry(archive, path, member)
            elif isinstance(member, Path):
                _write_file(archive, path, member)


def _add(members: dict[str, ImageEntry | Path], path: str, member: ImageEntry | Path) -> None:
    if path in members:
        message = f"two things of one layer are /{path}"
        raise InvalidImage(message, hint="take one of them out of the image's file in nix/outputs/")
    members[path] = member


def _files(tree: Tree) -> Iterator[tuple[str, Path]]:
    """All of a tree, with the path in the image."""
    at = tree.at.strip("/")
    yield at, tree.source
    unused = set(tree.omit)
    if tree.source.is_dir() and not tree.source.is_symlink():
        yield from _inside(tree, at, "", unused)
    if unused:
        message = f"{tree.source} has nothing that {', '.join(sorted(unused))} matches"
        raise InvalidImage(message, hint="change `omit` in the image's file in nix/outputs/")


def _inside(tree: Tree, at: str, folder: str, unused: set[str]) -> Iterator[tuple[str, Path]]:
    with os.scandir(tree.source / folder) as found:
        items = list(found)
    for item in items:
        relative = f"{folder}/{item.name}" if folder else item.name
        own = f"{at}/{relative}", Path(item.path)
        is_folder = item.is_dir(follow_symlinks=False)
        matching = [pattern for pattern in tree.omit if fnmatchcase(relative, pattern)]
        unused.difference_update(matching)
        if matching and tree.is_rest:
            yield from _files(Tree(source=own[1], at=own[0]))
        if matching:
            continue
        inside = list(_inside(tree, at, relative, unused)) if is_folder else []
        if inside or not tree.is_rest:
            yield own
        yield from inside


def _write_file(archive: tarfile.TarFile, path: str, source: Path) -> None:
    found = source.lstat()
    member = _member(path, stat.S_IMODE(found.st_mode), 0)
    if stat.S_ISLNK(found.st_mode):
        member.type, member.linkname, member.mode = tarfile.SYMTYPE, str(source.readlink()), 0o777
        archive.addfile(member)
    elif stat.S_ISDIR(found.st_mode):
        member.type = tarfile.DIRTYPE
        archive.addfile(member)
    else:
        member.size = found.st_size
        with source.open("rb") as file:
            archive.addfile(member, file)


def _write_entry(archive: tarfile.TarFile, path: str, entry: ImageEntry) -> None:
    member = _member(path, entry.mode, entry.owner)
    match entry.kind:
        case EntryKind.FOLDER:
            member.type = tarfile.DIRTYPE
            archive.addfile(member)
        case EntryKind.LINK:
            member.type, member.linkname, member.mode = tarfile.SYMTYPE, entry.text, 0o777
            archive.addfile(member)
        case EntryKind.FILE:
            content = entry.text.encode()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def _member(path: str, mode: int, owner: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(path)
    member.mode, member.mtime, member.uid, member.gid = mode, TIME, owner, owner
    return member
