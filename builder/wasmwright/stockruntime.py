"""The stock runtime with packages in it, as users have it after installing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from wasmwright.names import normalize
from wasmwright.outputs.documents import read_environment
from wasmwright.package import main_wheels
from wasmwright.process import run
from wasmwright.recipe.model import BuildType
from wasmwright.runtime.node import Runtime
from wasmwright.wheel.tags import parse_wheel_name

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
    """The profile's runtime with Python packages, all that they need there, and `further` wheels.

    They are those of the packages' import tests; a library has none, and brings its wheel and those beside it. Of the
    further ones those are left out whose project is there.
    """
    tested = [package for package in packages if package.kind == BuildType.WHEEL]
    libraries = [package for package in packages if package not in tested]
    runtime, node, *environments = nix.build(
        [
            checkout.output("pyodide-runtime"),
            checkout.output("node"),
            *(checkout.output(f"{package.name}-wasm.tests.import.environment") for package in tested),
        ]
    )
    found: dict[str, Path] = {}
    for environment in environments:
        for wheel in read_environment(environment.out).wheels:
            found.setdefault(wheel.name, environment.out / "wheels" / wheel.file)
    for path in (*main_wheels(libraries), *further):
        found.setdefault(normalize(parse_wheel_name(path.name).distribution), path)
    wheels = tuple(found.values())
    return Runtime(folder=runtime.out, node=node.out / "bin" / "node", wheels=wheels, start=run)
