from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from package_writer import PROFILE, write_package
from toolchain_writer import write_toolchain

from wasmwright.checkout import Checkout
from wasmwright.errors import StoreCorrupted
from wasmwright.log import Stages
from wasmwright.nix import Built
from wasmwright.packagebuild import Wish, build_packages, wish_for
from wasmwright.progress import Ended, Tracker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wasmwright.nixwatch import Watcher
    from wasmwright.packagebuild import Package

DRV = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel-2026_5.drv"
MAIN = "numpy-2.5.5-cp315-cp315-x.whl"
TESTS = "tests/numpy_tests-2.5.5-cp315-cp315-x.whl"


@dataclass(kw_only=True)
class FakeNix:
    """Builds each attribute of the profile into a folder of that name; packages are those named NAME-wasm."""

    store: Path
    asked: list[str] = field(default_factory=list)
    rooted: list[str] = field(default_factory=list)
    beside: list[Path] = field(default_factory=list)

    def build(self, installables: Sequence[str], *, progress: Watcher | None = None) -> list[Built]:
        self.asked += installables
        if progress is not None:
            progress.began()
            progress.changed(Tracker(), Ended(path=DRV, seconds=112.0))
            progress.ended()
        attributes = [name for name in installables if not name.startswith("-") and not name.endswith(".nix")]
        return [self.built(attribute.removeprefix(f".#{PROFILE}.")) for attribute in attributes]

    def built(self, name: str) -> Built:
        out = self.store / name
        if name == "numpy-wasm":
            write_package(out, main=MAIN, tests=TESTS, beside=self.beside)
        elif name.endswith("-wasm") and name != "scipy-wasm":
            write_package(out)
        return Built(drv_path=f"{name}.drv", outputs={"out": str(out)})

    def add_root(self, path: str | Path, link: Path) -> None:
        self.rooted.append(link.name)
        link.parent.mkdir(exist_ok=True, parents=True)
        link.unlink(missing_ok=True)
        link.symlink_to(path)


@pytest.fixture
def nix(tmp_path: Path) -> FakeNix:
    (tmp_path / "store").mkdir()
    return FakeNix(store=tmp_path / "store")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(root=tmp_path, profile=PROFILE)


WISH = Wish(names=("zlib", "numpy"), wheels=frozenset({"numpy"}))


def build(checkout: Checkout, nix: FakeNix, wish: Wish = WISH, stages: Stages | None = None) -> list[Package]:
    return build_packages(wish, checkout=checkout, nix=nix, stages=stages or Stages())


def test_one_nix_call_builds_wheels_tests_and_libraries(checkout: Checkout, nix: FakeNix):
    stages = Stages()
    library, package = build(checkout, nix, stages=stages)
    names = ["zlib-wasm", "numpy-wasm", "numpy-wasm.tests.import", "zlib-wasm.keep", "numpy-wasm.keep", "keep"]
    assert nix.asked == [f".#{PROFILE}.{name}" for name in names]
    assert package.main == nix.store / "numpy-wasm" / MAIN
    assert package.tested
    assert [artifact.sha256 for artifact in package.artifacts] == [
        hashlib.sha256(content.encode()).hexdigest() for content in (MAIN, TESTS)
    ]
    assert package.to_json()["wheel"] == str(package.main)
    assert package.to_json()["profile"] == PROFILE
    assert (library.main, library.artifacts, library.tested) == (nix.store / "zlib-wasm", (), False)
    assert library.to_json()["wheel"] is None
    assert stages.parts == {"numpy-2.5.5-wheel-2026_5": 112.0}


def test_wheels_to_install_with_it_are_told(checkout: Checkout, nix: FakeNix):
    nix.beside = [write_package(nix.store / "openblas-wasm", main="openblas-1-py3-none-x.whl")]
    library, package = build(checkout, nix)
    (beside,) = package.beside
    assert beside.path == nix.store / "openblas-wasm/openblas-1-py3-none-x.whl"
    assert package.to_json()["beside"] == [beside.to_json()]
    assert library.beside == ()


def test_tests_can_be_left_out(checkout: Checkout, nix: FakeNix):
    (package,) = build(checkout, nix, Wish(names=("numpy",), wheels=frozenset({"numpy"}), test=False))
    assert nix.asked == [f".#{PROFILE}.{name}" for name in ("numpy-wasm", "numpy-wasm.keep", "keep")]
    assert not package.tested


def test_a_project_is_built_from_a_file(checkout: Checkout, nix: FakeNix, tmp_path: Path):
    wish = Wish(names=("numpy",), wheels=frozenset({"numpy"}), file=tmp_path / "default.nix")
    (package,) = build(checkout, nix, wish)
    assert nix.asked == [
        *("--impure", "--file", str(tmp_path / "default.nix")),
        *("numpy-wasm", "numpy-wasm.tests.import", "numpy-wasm.keep", "keep"),
    ]
    assert package.tested


def test_roots_are_made_once(checkout: Checkout, nix: FakeNix):
    for _ in range(2):
        build(checkout, nix)
    assert nix.rooted == ["zlib-wasm", "numpy-wasm", "numpy-import", "zlib-keep", "numpy-keep", "toolchain"]
    assert (checkout.roots / "numpy-wasm").readlink() == nix.store / "numpy-wasm"


def test_output_that_is_no_package_is_damage(checkout: Checkout, nix: FakeNix):
    with pytest.raises(StoreCorrupted, match=r"scipy-wasm has no package\.json"):
        build(checkout, nix, Wish(names=("scipy",), wheels=frozenset({"scipy"})))


def test_recipes_say_what_can_be_imported(checkout: Checkout, add_package: Callable[..., None]):
    write_toolchain(checkout.root)
    add_package(checkout.root, "alpha")
    text = '[package]\nname = "beta"\nversion = "1"\n[source]\ndebian = "beta"\n'
    (checkout.pkgs / "beta").mkdir()
    (checkout.pkgs / "beta/recipe.toml").write_text(f'{text}[build]\ntype = "library"\nsystem = "make"\n')
    wish = wish_for(checkout, ("beta", "alpha"), test=True)
    assert wish == Wish(names=("beta", "alpha"), wheels=frozenset({"alpha"}), test=True)
