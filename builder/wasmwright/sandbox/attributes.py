"""A derivation's structured attributes, typed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Attributes:
    """What `nix/build/mkWasmDerivation.nix` hands over."""

    name: str
    version: str
    source: Path
    patches: tuple[Path, ...]
    toolchain: Path
    target_python: Path
    host_python: Path
    host_environments: tuple[Path, ...]
    path: tuple[Path, ...]
    dependencies: tuple[Path, ...]
    cflags: tuple[str, ...] = ()
    cxxflags: tuple[str, ...] = ()
    ldflags: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    exports: tuple[str, ...] = ("pyinit",)
    config_settings: dict[str, list[str]] = field(default_factory=dict)
    system: str = ""
    flags: tuple[str, ...] = ()
    host_platform: str
    sysconfigdata: str
    out: Path


def load() -> Attributes:
    """The attributes of the derivation that is being built, from the file that Nix names."""
    with Path(os.environ["NIX_ATTRS_JSON_FILE"]).open(encoding="utf-8") as file:
        written: dict[str, Any] = json.load(file)
    build: dict[str, Any] = written["build"]
    return Attributes(
        name=build["name"],
        version=build["version"],
        source=Path(written["source"]),
        patches=_paths(written["patches"]),
        toolchain=Path(written["toolchain"]),
        target_python=Path(written["targetPython"]),
        host_python=Path(written["hostPython"]),
        host_environments=_paths(written["hostEnvironments"]),
        path=_paths(written["path"]),
        dependencies=_paths(written["dependencies"]),
        cflags=tuple(build["cflags"]),
        cxxflags=tuple(build["cxxflags"]),
        ldflags=tuple(build["ldflags"]),
        env=dict(build["env"]),
        exports=(exports,) if isinstance(exports := build["exports"], str) else ("names", *exports),
        config_settings={
            key: [value] if isinstance(value, str) else list(value) for key, value in build["configSettings"].items()
        },
        system=build["system"],
        flags=tuple(build["flags"]),
        host_platform=written["hostPlatform"],
        sysconfigdata=written["sysconfigdata"],
        out=Path(written["outputs"]["out"]),
    )


def _paths(values: list[str]) -> tuple[Path, ...]:
    return tuple(Path(value) for value in values)
