"""The stock runtime with packages in it, as users have it after installing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from wasmwright.package import main_wheels
from wasmwright.process import run
from wasmwright.runtime.node import Runtime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.nix import Built
    from wasmwright.package import PackageOutput


class OutputBuilder(Protocol):
    """What is needed of Nix."""

    def build(self, installables: Sequence[str]) -> list[Built]:
        """Build and return a result for each, in order."""
        ...


def stock_runtime(
    packages: Sequence[PackageOutput], *, checkout: Checkout, nix: OutputBuilder, further: Sequence[Path] = ()
) -> Runtime:
    """The profile's runtime with the main wheels of packages, those to install with them, and `further` ones."""
    runtime, node = nix.build([checkout.output("pyodide-runtime"), checkout.output("node")])
    wheels = (*main_wheels(packages), *further)
    return Runtime(folder=runtime.out, node=node.out / "bin" / "node", wheels=wheels, start=run)
