"""Source archives: unpacked with every member checked, patched without fuzz, dated by their newest file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from wasmwright.sandbox.errors import PatchRefused
from wasmwright.spawn import run
from wasmwright.unpacking import EARLIEST, UnsafeSource, unpack_archive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wasmwright.sandbox.attributes import Place

# A store path's name starts with its 32-character hash.
_HASH = 33


def unpack(archive: Path, into: Path) -> tuple[Path, int]:
    """Unpack a tar or zip archive, or copy a folder.

    Returns its top folder, and the newest time of its members in seconds since 1970.
    Raises what `unpack_archive` raises: UnsafeSource when a member would land outside `into`.
    """
    into.mkdir(parents=True)
    newest = _copy(archive, into) if archive.is_dir() else unpack_archive(archive, into, name=shown(archive))
    tops = [path for path in into.iterdir() if path.name != "pax_global_header"]
    top = tops[0] if len(tops) == 1 and tops[0].is_dir() else into
    return top, newest or EARLIEST


def unpack_all(sources: Sequence[Place], into: Path) -> tuple[Path, int]:
    """Unpack the package's own source, and the others into folders of it; returns its top folder and the newest time.

    Raises UnsafeSource as `unpack` does.
    """
    own, *others = sources
    top, newest = unpack(own.path, into)
    for number, place in enumerate(others):
        target = top / place.into
        if not target.resolve().is_relative_to(top.resolve()):
            message = f"{shown(own.path)}: a link in it leads `{place.into}`, where another source goes, out of it"
            raise UnsafeSource(message, hint="choose another `into` in the recipe")
        beside = into.with_name(f"{into.name}-{number}")
        try:
            newest = max(newest, _put(place, target, beside))
        except (shutil.Error, FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            message = f"{shown(own.path)}: `{place.into}`, where {shown(place.path)} goes, is taken by a file of it"
            raise UnsafeSource(message, hint="choose another `into` in the recipe") from error
    return top, newest


def _put(place: Place, target: Path, beside: Path) -> int:
    """Bring a further source to its place, by the way of the folder `beside`; gives its newest time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not place.unpack:
        shutil.copyfile(place.path, target)
        return EARLIEST
    folder, time = unpack(place.path, beside)
    # An archive made by a forge has an empty folder in the place of a submodule.
    shutil.copytree(folder, target, symlinks=True, dirs_exist_ok=True)
    return time


def _copy(folder: Path, into: Path) -> int:
    """A tree that the store holds unpacked: it has no dates."""
    shutil.copytree(folder, into / "tree", symlinks=True)
    for path in (into / "tree", *(into / "tree").rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o200)
    return EARLIEST


def shown(path: Path) -> str:
    """The name of a file, of one in the store without its hash."""
    return path.name[_HASH:] if str(path).startswith("/nix/store/") else path.name


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
            message = f"the patch {shown(file)} does not apply"
            raise PatchRefused(
                message,
                excerpt=done.stdout.strip(),
                hint="make the patch anew against this version of the source, or take it out of recipe.toml",
            )
