"""Makes an image of layers: an OCI layout whose layers are links to their derivations, and `image.json`.

From the JSON of the derivation (nix/outputs/image.nix): `layers` (folders), `inside` (the store paths that have a
layer), `closure` (what the contents need, as Nix exports it), `settings`, `labels`, `tag`, `imageName`.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wasmwright.oci.documents import LAYOUT_VERSION, config, digest, document, index, manifest
from wasmwright.oci.errors import InvalidImage
from wasmwright.oci.layers import BLOB, Layer, store_paths
from wasmwright.wheel.entry import reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

IMAGE = "image.json"


@dataclass(frozen=True, kw_only=True)
class ImageWish:
    """What an image is called, and what its configuration says: `settings` are the `config` of the specification."""

    name: str
    tag: str
    settings: Mapping[str, Any]
    labels: Mapping[str, str]


def make(folders: Mapping[Path, Layer], wish: ImageWish, out: Path) -> None:
    """Write the layout of an image to `out`, with these layers of these folders, the lowest first."""
    layers = list(folders.values())
    blobs = out / "blobs/sha256"
    blobs.mkdir(parents=True)
    for folder, layer in folders.items():
        link = blobs / layer.sha256
        # Two layers may be the same, as two empty ones.
        if not link.is_symlink():
            link.symlink_to(folder / BLOB)
    config_text = document(config(layers, wish.settings, wish.labels))
    manifest_text = document(manifest(layers, config_text, wish.labels))
    for text in config_text, manifest_text:
        (blobs / digest(text)).write_text(text, encoding="utf-8")
    (out / "oci-layout").write_text(LAYOUT_VERSION, encoding="utf-8")
    (out / "index.json").write_text(document(index(manifest_text, tag=wish.tag)), encoding="utf-8")
    said = {
        "version": 1,
        "name": wish.name,
        "tag": wish.tag,
        "digest": f"sha256:{digest(manifest_text)}",
        # What a registry transfers.
        "size": sum(layer.size for layer in layers) + len(config_text.encode()) + len(manifest_text.encode()),
        "unpacked_size": sum(layer.content_size for layer in layers),
        "layers": [{"name": layer.name, "digest": f"sha256:{layer.sha256}", "size": layer.size} for layer in layers],
    }
    (out / IMAGE).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def check_closure(closure: Iterable[str], inside: Iterable[str], *, name: str) -> None:
    """Raise InvalidImage where the contents need a store path that no layer has."""
    missing = sorted({*closure} - {*inside})
    if missing:
        message = f"the image {name} needs {', '.join(missing)}, which no layer of it has"
        raise InvalidImage(message, hint="add them to `contents` in the image's file in nix/outputs/")


def _run() -> int:
    given: dict[str, Any] = json.loads(Path(os.environ["NIX_ATTRS_JSON_FILE"]).read_text(encoding="utf-8"))
    layers = {Path(folder): Layer.read(Path(folder)) for folder in given["layers"]}
    needed = {path["path"] for path in given["closure"]}.union(*(layer.named for layer in layers.values()))
    needed |= store_paths(json.dumps(given["settings"]))
    check_closure(needed, given["inside"], name=given["imageName"])
    settings, labels, name, tag = (given[key] for key in ("settings", "labels", "imageName", "tag"))
    make(layers, ImageWish(name=name, tag=tag, settings=settings, labels=labels), Path(given["outputs"]["out"]))
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
