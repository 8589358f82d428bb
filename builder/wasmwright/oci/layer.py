"""Makes one layer: a file `blob`, and `layer.json`, which says what it is.

From the JSON of the derivation (nix/outputs/imageLayer.nix): `layerName`, `compression`, `trees`, `entries`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from wasmwright.oci.archive import EntryKind, ImageEntry, Tree, write_archive
from wasmwright.oci.blobs import BlobWriter, Compression, compressor
from wasmwright.oci.layers import BLOB, Layer, store_paths
from wasmwright.wheel.entry import reported


def make(name: str, trees: list[Tree], entries: list[ImageEntry], out: Path, *, compression: Compression) -> Layer:
    """Write the layer to the folder `out`. Raises InvalidImage."""
    out.mkdir()
    with (out / BLOB).open("wb") as file:
        blob = BlobWriter(file, compressor(compression, cores=os.cpu_count() or 1))
        write_archive(trees, entries, blob)
        named = frozenset[str]().union(*(store_paths(entry.text) for entry in entries))
        layer = Layer.of(name, compression, blob.finish(), named)
    layer.write(out)
    return layer


def _tree(given: dict[str, Any]) -> Tree:
    return Tree(
        source=Path(given["source"]), at=given["at"], omit=tuple(given["omit"]), is_rest=given.get("rest", False)
    )


def _entry(given: dict[str, Any]) -> ImageEntry:
    mode = int(given["mode"], 8) if "mode" in given else 0o755
    others = {key: given[key] for key in ("text", "owner") if key in given}
    return ImageEntry(path=given["path"], kind=EntryKind(given["kind"]), mode=mode, **others)


def _run() -> int:
    given: dict[str, Any] = json.loads(Path(os.environ["NIX_ATTRS_JSON_FILE"]).read_text(encoding="utf-8"))
    make(
        given["layerName"],
        [_tree(tree) for tree in given["trees"]],
        [_entry(entry) for entry in given["entries"]],
        Path(given["outputs"]["out"]),
        compression=Compression(given["compression"]),
    )
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
