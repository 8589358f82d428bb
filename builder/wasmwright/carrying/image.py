"""An image in the store, as its derivation says (wasmwright.oci.layout)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.errors import StoreCorrupted
from wasmwright.limits import LimitExceeded

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "image.json"


@dataclass(frozen=True, kw_only=True)
class ImageLayer:
    """A layer: its name in the image's history, its digest, its compressed size in bytes."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Image:
    """An image: its layout's folder, its name and tag, what it is known by, and its size in bytes in a registry."""

    folder: Path
    name: str
    tag: str
    digest: str
    size: int
    unpacked_size: int
    layers: tuple[ImageLayer, ...]


def read_image(folder: Path) -> Image:
    """The image whose layout is `folder`. Raises StoreCorrupted."""
    try:
        said = reading.Fields.of(reading.json_file(folder / _FILE))
        layers = tuple(
            ImageLayer(name=layer.text("name"), digest=layer.text("digest"), size=layer.number("size"))
            for layer in said.tables("layers")
        )
        return Image(
            folder=folder,
            name=said.text("name"),
            tag=said.text("tag"),
            digest=said.text("digest"),
            size=said.number("size"),
            unpacked_size=said.number("unpacked_size"),
            layers=layers,
        )
    except (OSError, reading.Unreadable, LimitExceeded) as error:
        message = f"{folder} is no image: {error}"
        raise StoreCorrupted(message, hint="`./wasmwright doctor --repair` builds damaged paths anew") from None
