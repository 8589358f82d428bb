"""A derivation's structured attributes, typed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Place:
    """A source, and the folder below the package's own that it goes to; empty for the package's own."""

    path: Path
    into: str = ""
    unpack: bool = True


@dataclass(frozen=True, kw_only=True)
class Python:
    """The Python on PATH, the target's description where the build is for one, and folders with modules for it."""

    interpreter: Path
    target: Path | None
    environments: tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class Attributes:
    """What `nix/build/mkWasmDerivation.nix` hands over.

    `variables` are those of every cross build, `env` the recipe's and its tools'. `settings` are the tools' arguments
    by build system or back end, and by key. `needed` are those of `dependencies` that others of them call.
    """

    name: str
    version: str
    sources: tuple[Place, ...]
    folder: str = ""
    patches: tuple[Path, ...]
    toolchain: Path
    python: Python
    variables: dict[str, str]
    path: tuple[Path, ...]
    dependencies: tuple[Path, ...]
    needed: tuple[Path, ...] = ()
    cflags: tuple[str, ...] = ()
    cxxflags: tuple[str, ...] = ()
    ldflags: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    exports: tuple[str, ...] = ("pyinit",)
    config_settings: dict[str, list[str]] = field(default_factory=dict)
    settings: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    system: str = ""
    flags: tuple[str, ...] = ()
    out: Path


def load() -> Attributes:
    """The attributes of the derivation that is being built, from the file that Nix names."""
    with Path(os.environ["NIX_ATTRS_JSON_FILE"]).open(encoding="utf-8") as file:
        written: dict[str, Any] = json.load(file)
    build: dict[str, Any] = written["build"]
    return Attributes(
        name=build["name"],
        version=build["version"],
        sources=tuple(
            Place(path=Path(place["path"]), into=place["into"], unpack=place["unpack"]) for place in written["sources"]
        ),
        folder=written["folder"],
        patches=_paths(written["patches"]),
        toolchain=Path(written["toolchain"]),
        python=_python(written["python"]),
        variables=dict(written["variables"]),
        path=_paths(written["path"]),
        dependencies=_paths(written["dependencies"]),
        needed=_paths(written["needed"]),
        cflags=tuple(build["cflags"]),
        cxxflags=tuple(build["cxxflags"]),
        ldflags=tuple(build["ldflags"]),
        env=dict(build["env"]),
        exports=_exports(build.get("exports", "pyinit")),
        config_settings={
            key: [value] if isinstance(value, str) else list(value)
            for key, value in build.get("configSettings", {}).items()
        },
        settings=build["settings"],
        system=build["system"],
        flags=tuple(build.get("flags", ())),
        out=Path(written["outputs"]["out"]),
    )


def _python(written: dict[str, Any]) -> Python:
    target = written["target"]
    return Python(
        interpreter=Path(written["interpreter"]),
        target=None if target is None else Path(target),
        environments=_paths(written["environments"]),
    )


def _exports(written: str | list[str]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else ("names", *written)


def _paths(values: list[str]) -> tuple[Path, ...]:
    return tuple(Path(value) for value in values)
