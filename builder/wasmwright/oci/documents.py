"""The documents of the OCI image specification. Pure."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.oci.layers import Layer

LAYOUT_VERSION = '{"imageLayoutVersion": "1.0.0"}'
# As all files of layers.
_CREATED = "1970-01-01T00:00:01Z"
_PREFIX = "application/vnd.oci.image"


def config(layers: Sequence[Layer], settings: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, object]:
    """The image's configuration: `settings` are the specification's `config`, to which labels are added."""
    return {
        "created": _CREATED,
        "architecture": "amd64",
        "os": "linux",
        "config": {**settings, "Labels": dict(sorted(labels.items()))},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{layer.content_sha256}" for layer in layers]},
        "history": [{"created": _CREATED, "created_by": "wasmwright", "comment": layer.name} for layer in layers],
    }


def manifest(layers: Sequence[Layer], config_text: str, labels: Mapping[str, str]) -> dict[str, object]:
    """The image's manifest."""
    return {
        "schemaVersion": 2,
        "mediaType": f"{_PREFIX}.manifest.v1+json",
        "config": _descriptor(f"{_PREFIX}.config.v1+json", config_text),
        "layers": [_layer(layer) for layer in layers],
        "annotations": dict(sorted(labels.items())),
    }


def index(manifest_text: str, *, tag: str) -> dict[str, object]:
    """The layout's index, of one image."""
    described = _descriptor(f"{_PREFIX}.manifest.v1+json", manifest_text)
    described["annotations"] = {"org.opencontainers.image.ref.name": tag}
    return {"schemaVersion": 2, "mediaType": f"{_PREFIX}.index.v1+json", "manifests": [described]}


def document(content: Mapping[str, object]) -> str:
    """JSON in one way of writing."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """The hash of a document's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def _layer(layer: Layer) -> dict[str, object]:
    return {
        "mediaType": f"{_PREFIX}.layer.v1.tar+{layer.compression}",
        "digest": f"sha256:{layer.sha256}",
        "size": layer.size,
    }


def _descriptor(media_type: str, text: str) -> dict[str, object]:
    return {"mediaType": media_type, "digest": f"sha256:{digest(text)}", "size": len(text.encode())}
