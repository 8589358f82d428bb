"""What one layer is, as its derivation says and its image reads. Both are built anew by a change here."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.oci.blobs import Blob, Compression

# As Nix gives all files of the store.
TIME = 1
LAYER = "layer.json"
BLOB = "blob"
# No path ends with a dot.
_STORE_PATH = re.compile(r"/nix/store/[0-9a-z]{32}-[0-9A-Za-z+._?=-]*[0-9A-Za-z+_?=-]")


def store_paths(text: str) -> frozenset[str]:
    """The paths of the store that a text names."""
    return frozenset(_STORE_PATH.findall(text))


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A layer: what it is called in the image's history, and its blob.

    `named` are store paths that files of it name, which were written for the image: no derivation knows of those.
    """

    name: str
    compression: str
    sha256: str
    size: int
    content_sha256: str
    content_size: int
    named: tuple[str, ...]

    @classmethod
    def of(cls, name: str, compression: Compression, blob: Blob, named: frozenset[str]) -> Layer:
        """The layer of a blob."""
        return cls(name=name, compression=compression.value, named=tuple(sorted(named)), **asdict(blob))

    @classmethod
    def read(cls, folder: Path) -> Layer:
        """What the derivation of a layer says."""
        said = json.loads((folder / LAYER).read_text(encoding="utf-8"))
        return cls(**{**said, "named": tuple(said["named"])})

    def write(self, folder: Path) -> None:
        """Say it."""
        (folder / LAYER).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
