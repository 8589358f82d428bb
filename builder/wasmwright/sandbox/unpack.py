"""Source archives: unpacked with every member checked, patched without fuzz, dated by their newest file."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.sandbox.errors import PatchRefused, UnsafeSource
from wasmwright.spawn import run

if TYPE_CHECKING:
    from collections.abc import Mapping


EARLIEST = 315532800
"""1980-01-01, the first date that a zip archive can hold, in seconds since 1970."""


def unpack(archive: Path, into: Path) -> tuple[Path, int]:
    """Unpack a tar or zip archive; returns its top folder and the newest time of its members in seconds since 1970.

    Raises UnsafeSource when a member would land outside `into`.
    """
    into.mkdir(parents=True)
    newest = _unpack_zip(archive, into) if zipfile.is_zipfile(archive) else _unpack_tar(archive, into)
    tops = [path for path in into.iterdir() if path.name != "pax_global_header"]
    top = tops[0] if len(tops) == 1 and tops[0].is_dir() else into
    return top, max(newest, EARLIEST)


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
