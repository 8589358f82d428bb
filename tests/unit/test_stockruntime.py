from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from package_writer import write_package

from wasmwright.checkout import Checkout
from wasmwright.nix import Built
from wasmwright.outputs.documents import Environment, EnvironmentWheel, WheelOrigin
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


def write_environment(folder: Path, *files: str) -> None:
    folder.mkdir()
    wheels = tuple(
        EnvironmentWheel(
            name=file.split("-")[0].replace("_", "-"),
            version="1",
            file=file,
            size=1,
            sha256="0",
            depends=(),
            imports=(),
            origin=WheelOrigin.INDEX,
            purl="",
            license=None,
            summary=None,
        )
        for file in files
    )
    Environment(profile="some", python="3.15", platform="x", wheels=wheels).write(folder)


def test_runtime_of_the_profile_with_all_that_is_needed(tmp_path: Path):
    pandas = read_package(write_package(tmp_path / "pandas", main="pandas-1-cp315-cp315-x.whl"))
    environment = tmp_path / ".#some.pandas-wasm.tests.import.environment"
    write_environment(environment, "pandas-1-cp315-cp315-x.whl", "python_dateutil-1-py3-none-any.whl")
    nix = FakeNix(store=tmp_path)
    further = [tmp_path / name for name in ("pytest-9-py3-none-any.whl", "Python_DateUtil-2-py3-none-any.whl")]
    runtime = stock_runtime([pandas], checkout=Checkout(root=tmp_path, profile="some"), nix=nix, further=further)
    assert nix.asked == [".#some.pyodide-runtime", ".#some.node", environment.name]
    assert (runtime.folder, runtime.node) == (tmp_path / nix.asked[0], tmp_path / nix.asked[1] / "bin/node")
    wheels = environment / "wheels"
    assert runtime.wheels == (
        wheels / "pandas-1-cp315-cp315-x.whl",
        wheels / "python_dateutil-1-py3-none-any.whl",
        further[0],
    )
