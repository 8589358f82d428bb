from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import HashMismatch
from wasmwright.nixenv.private import Pins, identity, install, private_root
from wasmwright.sources.entry import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def source(name: str, content: bytes = b"") -> Source:
    digest = hashlib.sha256(content).hexdigest()
    return Source(purl=f"pkg:deb/debian/{name}@1", file=f"{name}.deb", name=f"{name}.deb", size=1, sha256=digest)


def pins_of(*names: str) -> Pins:
    packages = tuple(source(name) for name in names)
    return Pins(packages=packages, shell=source("busybox-static"), member="usr/bin/busybox")


def test_identity_depends_on_contents_not_on_order():
    one, two = source("a"), source("b")
    assert identity([one, two]) == identity([two, one])
    assert identity([one, two]) != identity([one, source("b", b"other")])


def test_installed_nix_is_used_without_a_download(tmp_path: Path):
    pins = pins_of("nix-bin")
    private_root(pins, tmp_path).mkdir(parents=True)
    found = install(pins, tmp_path, download=lambda *_: pytest.fail("downloaded"), step=pytest.fail)
    assert found.program == private_root(pins, tmp_path) / "usr/bin/nix"


def test_wrong_file_is_refused_and_nothing_is_left(tmp_path: Path):
    def download(sources: Sequence[Source], folder: Path) -> None:
        for entry in sources:
            (folder / entry.name).write_bytes(b"something else")

    pins = pins_of("nix-bin")
    (tmp_path / ".making-old").mkdir()
    with pytest.raises(HashMismatch, match=r"nix-bin\.deb has the sha256"):
        install(pins, tmp_path, download=download, step=lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
