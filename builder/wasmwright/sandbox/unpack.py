"""Source archives: unpacked with every member checked, patched without fuzz, dated by their newest file."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.sandbox.errors import PatchRefused, UnsafeSource
from wasmwright.spawn import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.sandbox.attributes import Place


EARLIEST = 315532800
"""1980-01-01, the first date that a zip archive can hold, in seconds since 1970."""


def unpack(archive: Path, into: Path) -> tuple[Path, int]:
    """Unpack a tar or zip archive, or copy a folder.

    Returns its top folder, and the newest time of its members in seconds since 1970.
    Raises UnsafeSource when a member would land outside `into`.
    """
    into.mkdir(parents=True)
    if archive.is_dir():
        newest = _copy(archive, into)
    else:
        newest = _unpack_zip(archive, into) if zipfile.is_zipfile(archive) else _unpack_tar(archive, into)
    tops = [path for path in into.iterdir() if path.name != "pax_global_header"]
    top = tops[0] if len(tops) == 1 and tops[0].is_dir() else into
    return top, max(newest, EARLIEST)


def unpack_all(sources: Sequence[Place], into: Path) -> tuple[Path, int]:
    """Unpack the package's own source, and the others into folders of it; returns its top folder and the newest time.

    Raises UnsafeSource as `unpack` does.
    """
    own, *others = sources
    top, newest = unpack(own.path, into)
    for number, place in enumerate(others):
        target = top / place.into
        if not target.resolve().is_relative_to(top.resolve()):
            message = f"{own.path.name}: a link in it leads `{place.into}`, where another source goes, out of it"
            raise UnsafeSource(message, hint="choose another `into` in the recipe")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not place.unpack:
            shutil.copyfile(place.path, target)
            continue
        folder, time = unpack(place.path, into.with_name(f"{into.name}-{number}"))
        # An archive made by a forge has an empty folder in the place of a submodule.
        shutil.copytree(folder, target, symlinks=True, dirs_exist_ok=True)
        newest = max(newest, time)
    return top, newest


def _copy(folder: Path, into: Path) -> int:
    """A tree that the store holds unpacked: it has no dates."""
    shutil.copytree(folder, into / "tree", symlinks=True)
    for path in (into / "tree", *(into / "tree").rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o200)
    return EARLIEST


def _unpack_tar(archive: Path, into: Path) -> int:
    with tarfile.open(archive) as tar:
        members = tar.getmembers()
        for member in members:
            try:
                tarfile.data_filter(member, str(into))
            except tarfile.FilterError as error:
                raise _unsafe(archive, member.name) from error
        tar.extractall(into, filter="data")
        return max((int(member.mtime) for member in members if member.isfile()), default=EARLIEST)


def _unpack_zip(archive: Path, into: Path) -> int:
    with zipfile.ZipFile(archive) as zipped:
        for name in zipped.namelist():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise _unsafe(archive, name)
        zipped.extractall(into)  # noqa: S202 - every name was looked at
    return EARLIEST


def _unsafe(archive: Path, member: str) -> UnsafeSource:
    return UnsafeSource(
        f"{archive.name}: the member `{member}` would be unpacked outside the archive's own folder",
        hint="do not build this archive; compare its hash with the one its authors publish",
    )


def patch(source: Path, patches: tuple[Path, ...], *, env: Mapping[str, str]) -> None:
    """Apply patches in order, with `-p1` and no fuzz. Raises PatchRefused naming the patch."""
    for file in patches:
        done = run(
            ["patch", "-p1", "--fuzz=0", "--no-backup-if-mismatch", "--batch", "-i", file],
            env=env,
            cwd=source,
            check=False,
        )
        if done.returncode != 0:
            # A store path's name starts with its 32-character hash.
            name = file.name[33:] if str(file).startswith("/nix/store/") else file.name
            message = f"the patch {name} does not apply"
            raise PatchRefused(
                message,
                excerpt=done.stdout.strip(),
                hint="make the patch anew against this version of the source, or take it out of recipe.toml",
            )
