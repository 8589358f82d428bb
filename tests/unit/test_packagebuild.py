from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InternalError, StoreCorrupted
from wasmwright.log import Stages
from wasmwright.nix import Built
from wasmwright.packagebuild import Wish, build_packages, wheels_of
from wasmwright.progress import Ended, Tracker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.nix import Watcher

DRV = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-numpy-2.5.5-wheel.drv"


@dataclass(kw_only=True)
class FakeNix:
    store: Path
    asked: list[str] = field(default_factory=list)
    rooted: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)

    def build(self, installables: Sequence[str], *, progress: Watcher | None = None) -> list[Built]:
        self.asked += installables
        if progress is not None:
            progress.began()
            progress.changed(Tracker(), Ended(path=DRV, seconds=112.0))
            progress.ended()
        attributes = [name for name in installables if not name.startswith("-") and not name.endswith(".nix")]
        return [self.built(attribute.removeprefix(".#")) for attribute in attributes]

    def built(self, name: str) -> Built:
        out = self.store / name
        if name.endswith("keep"):
            out.write_text("".join(f"{self.store / kept}\n" for kept in self.kept.get(name, ())))
            return Built(drv_path=f"{name}.drv", outputs={"out": str(out)})
        out.mkdir(exist_ok=True)
        if name == "numpy-wasm":
            (out / "numpy-2.5.5-cp315-cp315-x.whl").write_bytes(b"wheel")
            (out / "numpy_tests-2.5.5-cp315-cp315-x.whl").write_bytes(b"tests")
        return Built(drv_path=f"{name}.drv", outputs={"out": str(out)})

    def add_root(self, path: str | Path, link: Path) -> None:
        self.rooted.append(link.name)
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(path)


@pytest.fixture
def nix(tmp_path: Path) -> FakeNix:
    (tmp_path / "store").mkdir()
    return FakeNix(store=tmp_path / "store")


WISH = Wish(names=("zlib", "numpy"), wheels=frozenset({"numpy"}))


def test_one_nix_call_builds_wheels_tests_and_libraries(nix: FakeNix, tmp_path: Path):
    stages = Stages()
    library, package = build_packages(WISH, nix=nix, roots=tmp_path / "roots", stages=stages)
    assert nix.asked == [
        *(".#zlib-wasm", ".#numpy-wasm", ".#numpy-wasm.tests.import"),
        *(".#zlib-wasm.keep", ".#numpy-wasm.keep", ".#keep"),
    ]
    assert package.main.name == "numpy-2.5.5-cp315-cp315-x.whl"
    assert package.tested
    assert [artifact.sha256 for artifact in package.artifacts] == [
        hashlib.sha256(content).hexdigest() for content in (b"wheel", b"tests")
    ]
    assert package.to_json()["wheel"] == str(package.main)
    assert (library.main, library.artifacts, library.tested) == (nix.store / "zlib-wasm", (), False)
    assert library.to_json()["wheel"] is None
    assert stages.parts == {"numpy-2.5.5-wheel": 112.0}


def test_wheels_to_install_with_it_are_told(nix: FakeNix, tmp_path: Path):
    for name, file in (("openblas-wasm", "openblas-1-py3-none-x.whl"), ("zlib-source", "zlib.tar.gz")):
        (nix.store / name).mkdir()
        (nix.store / name / file).write_bytes(b"library")
    nix.kept["numpy-wasm.keep"] = ["zlib-source", "openblas-wasm"]
    library, package = build_packages(WISH, nix=nix, roots=tmp_path / "roots", stages=Stages())
    (beside,) = package.beside
    assert beside.path == nix.store / "openblas-wasm/openblas-1-py3-none-x.whl"
    assert package.to_json()["beside"] == [beside.to_json()]
    assert library.beside == ()


def test_tests_can_be_left_out(nix: FakeNix, tmp_path: Path):
    wish = Wish(names=("numpy",), wheels=frozenset({"numpy"}), test=False)
    (package,) = build_packages(wish, nix=nix, roots=tmp_path / "roots", stages=Stages())
    assert nix.asked == [".#numpy-wasm", ".#numpy-wasm.keep", ".#keep"]
    assert not package.tested


def test_a_project_is_built_from_a_file(nix: FakeNix, tmp_path: Path):
    wish = Wish(names=("numpy",), wheels=frozenset({"numpy"}), file=tmp_path / "default.nix")
    (package,) = build_packages(wish, nix=nix, roots=tmp_path / "roots", stages=Stages())
    assert nix.asked == [
        *("--impure", "--file", str(tmp_path / "default.nix")),
        *("numpy-wasm", "numpy-wasm.tests.import", "numpy-wasm.keep", "keep"),
    ]
    assert package.tested


def test_roots_are_made_once(nix: FakeNix, tmp_path: Path):
    for _ in range(2):
        build_packages(WISH, nix=nix, roots=tmp_path / "roots", stages=Stages())
    assert nix.rooted == ["zlib-wasm", "numpy-wasm", "numpy-import", "zlib-keep", "numpy-keep", "toolchain"]


def test_output_without_its_wheel_is_damage(nix: FakeNix, tmp_path: Path):
    wish = Wish(names=("scipy",), wheels=frozenset({"scipy"}))
    with pytest.raises(StoreCorrupted, match="holds no wheel of scipy"):
        build_packages(wish, nix=nix, roots=tmp_path / "roots", stages=Stages())


def test_two_main_wheels_are_a_fault(tmp_path: Path):
    for name in ("a-1-py3-none-any.whl", "b-1-py3-none-any.whl"):
        (tmp_path / name).touch()
    with pytest.raises(InternalError, match="several wheels"):
        wheels_of(tmp_path)


def test_package_of_tests_only_is_its_own_main_wheel(tmp_path: Path):
    (tmp_path / "pytest_tests-1-py3-none-any.whl").touch()
    found = wheels_of(tmp_path)
    assert found is not None
    assert found[0].name == "pytest_tests-1-py3-none-any.whl"
