"""What is wanted of a build of packages, and what came out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.files import file_hash
from wasmwright.graph import closure
from wasmwright.package import main_wheels, read_package
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.resolve import edges

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.checkout import Checkout
    from wasmwright.nixoutcome import Derivation
    from wasmwright.package import PackageOutput


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to build. `wheels` says which of `names` are Python packages, and so can be imported.

    `needs` says what each of `names`, and of those it needs, needs. `file` is a Nix file with what the flake has
    otherwise.
    """

    names: tuple[str, ...]
    wheels: frozenset[str]
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    test: bool = True
    file: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """A file that users want, as it lies in the store."""

    path: Path
    size: int
    sha256: str

    def to_json(self) -> dict[str, str | int]:
        """The artifact as `--json` prints it."""
        return {"path": str(self.path), "size": self.size, "sha256": self.sha256}


@dataclass(frozen=True, kw_only=True)
class Package:
    """A package that is built: `output` says what is in it, `artifacts` are its wheels with their hashes.

    `beside` are the wheels that have to be installed with it.
    """

    output: PackageOutput
    drv_path: str
    artifacts: tuple[Artifact, ...]
    tested: bool
    beside: tuple[Artifact, ...] = ()

    @property
    def name(self) -> str:
        """The package's name in pkgs/."""
        return self.output.name

    @property
    def main(self) -> Path:
        """What users want: the wheel, or the folder of a library that has none."""
        return self.output.main or self.output.out

    def to_json(self) -> dict[str, object]:
        """The package as `--json` prints it."""
        return {
            "name": self.name,
            "profile": self.output.profile,
            "drv": self.drv_path,
            "out": str(self.output.out),
            "wheel": str(self.output.main) if self.output.main else None,
            "artifacts": [artifact.to_json() for artifact in self.artifacts],
            "beside": [artifact.to_json() for artifact in self.beside],
            "tested": self.tested,
        }


def wish_for(checkout: Checkout, names: tuple[str, ...], *, test: bool) -> Wish:
    """What to build for these recipes of the checkout."""
    wheels = frozenset(name for name in names if checkout.recipes[name].build.type is BuildType.WHEEL)
    graph = edges(checkout.recipes)
    needs = {name: graph[name] for name in closure(graph, names)}
    return Wish(names=names, wheels=wheels, needs=needs, test=test)


def built_package(derivation: Derivation, *, tested: bool) -> Package:
    """What lies in the output of a package that is built. Raises StoreCorrupted."""
    output = read_package(Path(derivation.outputs["out"]))
    beside = [wheel for wheel in main_wheels([output]) if wheel != output.main]
    return Package(
        output=output,
        drv_path=derivation.drv_path,
        artifacts=tuple(map(_artifact, output.wheels)),
        tested=tested,
        beside=tuple(map(_artifact, beside)),
    )


def _artifact(path: Path) -> Artifact:
    return Artifact(path=path, size=path.stat().st_size, sha256=file_hash(path))
