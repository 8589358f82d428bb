"""Building packages: sources, Nix, GC roots, and what came out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wasmwright.errors import InternalError, StoreCorrupted
from wasmwright.progress import Ended, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.log import Stages
    from wasmwright.nix import Built, Watcher
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
    """A package that is built: `main` is its wheel, or the folder of a library.

    `beside` are the wheels that have to be installed with it.
    """

    name: str
    drv_path: str
    out: Path
    main: Path
    artifacts: tuple[Artifact, ...]
    tested: bool
    beside: tuple[Artifact, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The package as `--json` prints it."""
        return {
            "name": self.name,
            "drv": self.drv_path,
            "out": str(self.out),
            "wheel": str(self.main) if self.artifacts else None,
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


def build_packages(
    wish: Wish, *, nix: Builder, roots: Path, stages: Stages, progress: Watcher | None = None
) -> list[Package]:
    """Build every package of `wish`, import the wheels in the runtime, and root what they need below `roots`."""
    tested = [name for name in wish.names if wish.test and name in wish.wheels]
    wanted = [f"{name}-wasm" for name in wish.names]
    wanted += [f"{name}-wasm.tests.import" for name in tested]
    wanted += [*(f"{name}-wasm.keep" for name in wish.names), "keep"]
    timed = Timed(view=progress)
    with stages.stage("build"):
        if wish.file is None:
            results = nix.build([f".#{attribute}" for attribute in wanted], progress=timed)
        else:
            results = nix.build(["--impure", "--file", str(wish.file), *wanted], progress=timed)
    stages.parts.update(timed.seconds)
    for built in results:
        name = short_name(built.drv_path)
        # Nix's own times are whole seconds; the watched ones may be a guess.
        if built.seconds is not None and name in stages.parts:
            stages.parts[name] = min(stages.parts[name], built.seconds + 1)
    kept = results[len(wish.names) + len(tested) :]
    packages = [
        _package(name, built, keep.out, is_wheel=name in wish.wheels, tested=name in tested)
        for name, built, keep in zip(wish.names, results, kept, strict=False)
    ]
    links = [f"{name}-wasm" for name in wish.names] + [f"{name}-import" for name in tested]
    links += [*(f"{name}-keep" for name in wish.names), "toolchain"]
    _root(nix, roots, {link: built.out for link, built in zip(links, results, strict=True)})
    return packages


def wheels_of(out: Path) -> tuple[Path, tuple[Path, ...]] | None:
    """The wheel of an output and all its wheels, or None where it has none."""
    wheels = sorted([*out.glob("*.whl"), *out.glob("tests/*.whl")])
    if not wheels:
        return None
    main = [wheel for wheel in wheels if not wheel.name.split("-")[0].endswith("_tests")] or wheels
    if len(main) != 1:
        message = f"{out} holds several wheels: {', '.join(wheel.name for wheel in main)}"
        raise InternalError(message)
    return main[0], tuple(wheels)


def _package(name: str, built: Built, keep: Path, *, is_wheel: bool, tested: bool) -> Package:
    found = wheels_of(built.out)
    if is_wheel and found is None:
        message = f"{built.out} holds no wheel of {name}"
        raise StoreCorrupted(message, hint="`./wasmwright doctor --repair` mends the store")
    main, wheels = found or (built.out, ())
    return Package(
        name=name,
        drv_path=built.drv_path,
        out=built.out,
        main=main,
        artifacts=tuple(_artifact(wheel) for wheel in wheels),
        tested=tested,
        beside=tuple(_artifact(wheel) for wheel in _wheels_kept(keep)) if is_wheel else (),
    )


def _wheels_kept(keep: Path) -> list[Path]:
    """The main wheels among what a file of store paths names."""
    outputs = map(Path, keep.read_text(encoding="utf-8").split())
    return [found[0] for output in outputs if (found := wheels_of(output)) is not None]


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
