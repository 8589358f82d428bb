from __future__ import annotations

from typing import TYPE_CHECKING

from fake_farm import FakeNix
from package_writer import PROFILE

from wasmwright.checkout import Checkout
from wasmwright.farm.needed import needed
from wasmwright.packagebuild import Wish
from wasmwright.sources.entry import Source, read_source
from wasmwright.sources.wanted import Busybox, Wanted

if TYPE_CHECKING:
    from pathlib import Path

WISH = Wish(names=("zlib",), wheels=frozenset(), needs={"zlib": ()})
NEEDS = {
    "zlib-wasm": ("compiler", "zlib.tar"),
    "compiler": ("clang.deb", "busybox"),
    "toolchain": ("compiler",),
    "zlib-wasm.keep": ("clang.deb", "zlib.tar", "zlib-wasm"),
}
SHELL = Busybox(source="busybox.deb", member="bin/busybox", name="busybox", nar_sha256="0" * 64)


def source(name: str) -> Source:
    said = {"purl": f"pkg:generic/{name}@1", "file": name, "name": name, "size": 1, "sha256": "0" * 64}
    return read_source(said, where="a lock")


def found(folder: Path, *there: str) -> Wanted:
    nix = FakeNix(store=folder / "store", needs_of=NEEDS)
    for name in there:
        (nix.store / name).mkdir(parents=True)
    wanted = Wanted(sources={name: source(name) for name in ("clang.deb", "zlib.tar", "busybox.deb")}, busybox=SHELL)
    return needed(wanted, WISH, checkout=Checkout(root=folder, profile=PROFILE, keeps=False), nix=nix)


def test_what_the_store_has_needs_no_sources(tmp_path: Path):
    wanted = found(tmp_path, "compiler", "toolchain", "clang.deb", "busybox")
    assert [*wanted.sources] == ["zlib.tar"]
    assert wanted.busybox is None


def test_what_has_to_be_made_needs_its_own(tmp_path: Path):
    wanted = found(tmp_path)
    assert {*wanted.sources} == {"clang.deb", "zlib.tar", "busybox.deb"}
    assert wanted.busybox == SHELL
