from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from wasmwright.oci.archive import EntryKind, ImageEntry
from wasmwright.oci.blobs import Compression
from wasmwright.oci.errors import InvalidImage
from wasmwright.oci.layer import make as make_layer
from wasmwright.oci.layers import Layer
from wasmwright.oci.layout import ImageWish, check_closure, make

if TYPE_CHECKING:
    from pathlib import Path


def layers(folder: Path) -> dict[Path, Layer]:
    made = {}
    for name in ("root", "more"):
        entries = [ImageEntry(path=name, kind=EntryKind.FOLDER)]
        made[folder / name] = make_layer(name, [], entries, folder / name, compression=Compression.GZIP)
    return made


def image(tmp_path: Path, out: str = "out") -> Path:
    made = {path: Layer.read(path) for path in (tmp_path / "root", tmp_path / "more")}
    labels = {"org.opencontainers.image.version": "1", "a": "b"}
    wish = ImageWish(name="wasmwright-some", tag="2026_0", settings={"Cmd": ["/bin/sh"]}, labels=labels)
    make(made, wish, tmp_path / out)
    return tmp_path / out


def blob(layout: Path, described: dict[str, str]) -> bytes:
    content = (layout / "blobs/sha256" / described["digest"].removeprefix("sha256:")).read_bytes()
    assert len(content) == described["size"]
    assert f"sha256:{hashlib.sha256(content).hexdigest()}" == described["digest"]
    return content


def test_every_document_names_the_next_one(tmp_path: Path):
    made = list(layers(tmp_path).values())
    layout = image(tmp_path)
    assert json.loads((layout / "oci-layout").read_text()) == {"imageLayoutVersion": "1.0.0"}
    (named,) = json.loads((layout / "index.json").read_text())["manifests"]
    assert named["annotations"] == {"org.opencontainers.image.ref.name": "2026_0"}
    manifest = json.loads(blob(layout, named))
    config = json.loads(blob(layout, manifest["config"]))
    assert config["config"] == {
        "Cmd": ["/bin/sh"],
        "Labels": {"a": "b", "org.opencontainers.image.version": "1"},
    }
    assert config["rootfs"]["diff_ids"] == [f"sha256:{layer.content_sha256}" for layer in made]
    assert [entry["comment"] for entry in config["history"]] == ["root", "more"]
    for layer, described in zip(made, manifest["layers"], strict=True):
        assert described["mediaType"] == "application/vnd.oci.image.layer.v1.tar+gzip"
        assert described["digest"] == f"sha256:{layer.sha256}"
        blob(layout, described)


def test_layers_are_not_copied(tmp_path: Path):
    made = layers(tmp_path)
    layout = image(tmp_path)
    for folder, layer in made.items():
        assert (layout / "blobs/sha256" / layer.sha256).readlink() == folder / "blob"


def test_an_image_says_its_digest_and_what_a_registry_transfers(tmp_path: Path):
    layers(tmp_path)
    layout = image(tmp_path)
    said = json.loads((layout / "image.json").read_text())
    (named,) = json.loads((layout / "index.json").read_text())["manifests"]
    assert (said["name"], said["tag"], said["digest"]) == ("wasmwright-some", "2026_0", named["digest"])
    assert said["size"] == sum(path.stat().st_size for path in (layout / "blobs/sha256").iterdir())


def test_the_same_again_has_the_same_digest(tmp_path: Path):
    layers(tmp_path)
    first, second = (json.loads((image(tmp_path, out) / "index.json").read_text()) for out in ("one", "two"))
    assert first == second


def test_what_is_needed_and_not_there_is_named():
    with pytest.raises(InvalidImage, match=r"the image x needs /nix/store/b, /nix/store/c, which no layer"):
        check_closure(["/nix/store/c", "/nix/store/a", "/nix/store/b"], ["/nix/store/a"], name="x")
    check_closure(["/nix/store/a"], ["/nix/store/a", "/nix/store/z"], name="x")
