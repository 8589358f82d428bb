"""A project's folder as the archive that a build unpacks."""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from packageurl import PackageURL

from wasmwright import process
from wasmwright.sources.entry import Source, make_source

if TYPE_CHECKING:
    from collections.abc import Iterator

# Ours, and written after the first archive was made.
_LOCK = "lock.json"
# What tools leave in a project's folder.
_LEFT_OUT = ("__pycache__", "build", "dist", "node_modules")
# 1980-01-02: a date that zip archives can hold, in every time zone.
_DATE = 315619200


def archive(folder: Path, *, name: str, version: str, into: Path) -> tuple[Path, Source]:
    """Write NAME-VERSION.tar.gz of a folder; the same files always give the same bytes.

    In a git repository it holds what git tracks or would track; elsewhere, all but hidden files and what tools leave.
    """
    top = f"{name}-{version}"
    path = into / f"{top}.tar.gz"
    into.mkdir(parents=True, exist_ok=True)
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, 0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as tar,
    ):
        for file in sorted(set(_files(folder)) - {folder / _LOCK}):
            member = tar.gettarinfo(file, f"{top}/{file.relative_to(folder).as_posix()}")
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime = _DATE
            member.mode = 0o755 if member.mode & 0o100 else 0o644
            if member.isfile():
                with file.open("rb") as content:
                    tar.addfile(member, content)
            else:
                tar.addfile(member)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    package = PackageURL("generic", None, name, version)
    return path, make_source(package, file=path.name, size=path.stat().st_size, sha256=sha256)


def _files(folder: Path) -> Iterator[Path]:
    tracked = _tracked(folder)
    if tracked is not None:
        yield from (folder / name for name in tracked if (folder / name).is_file())
        return
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _LEFT_OUT]
        yield from (Path(parent, name) for name in files if not name.startswith("."))


def _tracked(folder: Path) -> list[str] | None:
    """What git would take of a folder; None outside of its repositories."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = process.run(command, env=os.environ, cwd=folder, check=False)
    except process.ProgramMissing:
        return None
    return [name for name in listed.stdout.split("\0") if name] if listed.returncode == 0 else None
