from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from package_writer import write_package

from wasmwright.checkout import Checkout
from wasmwright.nix import Built
from wasmwright.package import read_package
from wasmwright.stockruntime import stock_runtime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(kw_only=True)
class FakeNix:
    store: Path
    asked: list[str] = field(default_factory=list)

    def build(self, installables: Sequence[str]) -> list[Built]:
        self.asked += installables
        return [Built(drv_path="", outputs={"out": str(self.store / name)}) for name in installables]


def test_runtime_of_the_profile_with_all_that_is_installed(tmp_path: Path):
    blas = write_package(tmp_path / "blas", main="blas-1.0-py3-none-x.whl")
    numpy = write_package(tmp_path / "numpy", main="numpy-1.0-cp315-cp315-x.whl", beside=[blas])
    nix = FakeNix(store=tmp_path)
    checkout = Checkout(root=tmp_path, profile="some")
    runtime = stock_runtime([read_package(numpy)], checkout=checkout, nix=nix, further=[tmp_path / "pytest.whl"])
    assert nix.asked == [".#some.pyodide-runtime", ".#some.node"]
    assert (runtime.folder, runtime.node) == (tmp_path / nix.asked[0], tmp_path / nix.asked[1] / "bin/node")
    assert [wheel.name.split("-")[0] for wheel in runtime.wheels] == ["numpy", "blas", "pytest.whl"]
