"""What an output is, and which files it has: how a folder is known to be ours, and what a release needs to say."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE = "wasmwright-output.json"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class OutputFile:
    """A file, `path` being relative with `/`; its size in bytes, and its hash in hexadecimal digits."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """An output: its kind, such as `dist`, the profile that it is for, and all its files but this document."""

    kind: str
    profile: str
    files: tuple[OutputFile, ...]

    def to_json(self) -> dict[str, object]:
        """The document."""
        return {"version": VERSION, **asdict(self)}

    @property
    def size(self) -> int:
        """Of all files together, in bytes."""
        return sum(file.size for file in self.files)


def write_manifest(folder: Path, *, kind: str, profile: str) -> None:
    """Describe all that is in `folder` by now, in a file there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / FILE)
    manifest = Manifest(kind=kind, profile=profile, files=tuple(_file(folder, path) for path in files))
    (folder / FILE).write_text(json.dumps(manifest.to_json(), indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """What an output's folder holds, as Nix made it."""
    document = json.loads((folder / FILE).read_text(encoding="utf-8"))
    assert document["version"] == VERSION
    files = tuple(OutputFile(**file) for file in document["files"])
    return Manifest(kind=document["kind"], profile=document["profile"], files=files)


def _file(folder: Path, path: Path) -> OutputFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    size, name = path.stat().st_size, path.relative_to(folder).as_posix()
    return OutputFile(path=name, size=size, sha256=digest.hexdigest())
