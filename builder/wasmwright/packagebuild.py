"""Building packages: sources, Nix, GC roots, and what came out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from wasmwright.package import main_wheels, read_package
from wasmwright.progress import Ended, short_name
from wasmwright.recipe.model import BuildType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.log import Stages
    from wasmwright.nix import Built
    from wasmwright.nixwatch import Watcher
    from wasmwright.package import PackageOutput
    from wasmwright.progress import Change, Tracker

_BLOCK = 1 << 20


class Builder(Protocol):
    """What is needed of Nix."""

    def build(self, installables: Sequence[str], *, progress: Watcher | None = None) -> list[Built]:
        """Build and return a result for each, in order."""
        ...

    def add_root(self, path: str | Path, link: Path) -> None:
        """Keep a store path from being collected for as long as `link` exists."""
        ...


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to build. `wheels` says which of `names` are Python packages, and so can be imported.

    `file` is a Nix file with what the flake has otherwise.
    """

    names: tuple[str, ...]
    wheels: frozenset[str]
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


@dataclass(kw_only=True)
class Timed:
    """A watcher that writes down how long each derivation took, and passes everything on to `view`."""

    view: Watcher | None
    seconds: dict[str, float] = field(default_factory=dict)

    def began(self) -> None:
        """Pass it on."""
        if self.view is not None:
            self.view.began()

    def changed(self, tracker: Tracker, change: Change | None) -> None:
        """Write down what ended."""
        if isinstance(change, Ended):
            self.seconds[short_name(change.path)] = change.seconds
        if self.view is not None:
            self.view.changed(tracker, change)

    def ended(self) -> None:
        """Pass it on."""
        if self.view is not None:
            self.view.ended()


def wish_for(checkout: Checkout, names: tuple[str, ...], *, test: bool) -> Wish:
    """What to build for these recipes of the checkout."""
    wheels = frozenset(name for name in names if checkout.recipes[name].build.type is BuildType.WHEEL)
    return Wish(names=names, wheels=wheels, test=test)


def build_packages(
    wish: Wish, *, checkout: Checkout, nix: Builder, stages: Stages, progress: Watcher | None = None
) -> list[Package]:
    """Build every package of `wish`, import the wheels in the runtime, and root what they need in the checkout."""
    wanted = _wanted(wish)
    timed = Timed(view=progress)
    with stages.stage("build"):
        results = nix.build(_installables(wish, checkout, wanted.values()), progress=timed)
    _note_times(stages, timed, results)
    built = dict(zip(wanted, results, strict=True))
    packages = [
        _package(read_package(built[f"{name}-wasm"].out), built[f"{name}-wasm"], tested=f"{name}-import" in built)
        for name in wish.names
    ]
    _root(nix, checkout.roots, {link: result.out for link, result in built.items()})
    return packages


def _wanted(wish: Wish) -> dict[str, str]:
    """The attributes to build, by the names of their GC roots."""
    tested = [name for name in wish.names if wish.test and name in wish.wheels]
    return {
        **{f"{name}-wasm": f"{name}-wasm" for name in wish.names},
        **{f"{name}-import": f"{name}-wasm.tests.import" for name in tested},
        **{f"{name}-keep": f"{name}-wasm.keep" for name in wish.names},
        "toolchain": "keep",
    }


def _installables(wish: Wish, checkout: Checkout, attributes: Iterable[str]) -> list[str]:
    if wish.file is not None:
        return ["--impure", "--file", str(wish.file), *attributes]
    return [checkout.output(attribute) for attribute in attributes]


def _note_times(stages: Stages, timed: Timed, results: Iterable[Built]) -> None:
    stages.parts.update(timed.seconds)
    for built in results:
        name = short_name(built.drv_path)
        # Nix's own times are whole seconds; the watched ones may be a guess.
        if built.seconds is not None and name in stages.parts:
            stages.parts[name] = min(stages.parts[name], built.seconds + 1)


def _package(output: PackageOutput, built: Built, *, tested: bool) -> Package:
    beside = [wheel for wheel in main_wheels([output]) if wheel != output.main]
    return Package(
        output=output,
        drv_path=built.drv_path,
        artifacts=tuple(map(_artifact, output.wheels)),
        tested=tested,
        beside=tuple(map(_artifact, beside)),
    )


def _artifact(path: Path) -> Artifact:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while block := opened.read(_BLOCK):
            digest.update(block)
    return Artifact(path=path, size=path.stat().st_size, sha256=digest.hexdigest())


def _root(nix: Builder, roots: Path, kept: Mapping[str, Path]) -> None:
    for name, path in kept.items():
        link = roots / name
        if not link.is_symlink() or link.readlink() != path:
            nix.add_root(path, link)
