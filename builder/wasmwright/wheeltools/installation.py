"""Where all that the programs need lies, as nix/outputs/mkWheelTools.nix writes it down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wasmwright.targetmarkers import target_markers

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The parts of an installation, of one profile.

    `attributes` are what a build's derivation hands over, without what belongs to a package. `build_shelf` are folders
    with one distribution each for the Python that runs back ends, `target_shelf` a folder of wheels for the runtime;
    `build_markers` and `target_markers` are what markers see there. `programs` are those on PATH that are projects too,
    with their versions. `headers` are folders with wheels of the target that are compiled against, by name. `memory` is
    the runtime's when Python has just started. `patchelf`, `interpreter` and `libraries` bind programs of other wheels.
    """

    profile: str
    platform: str
    python: str
    python_full: str
    python_tag: str
    attributes: Mapping[str, Any]
    runtime: Path
    memory: Path
    node: Path
    shell: Path
    interpreter: Path
    patchelf: Path
    libraries: Path
    build_shelf: tuple[Path, ...]
    target_shelf: Path
    headers: Mapping[str, Path]
    programs: Mapping[str, str]
    build_markers: Mapping[str, str]
    target_markers: Mapping[str, str]


def read_installation(file: Path) -> Installation:
    """What Nix wrote; beside it lies what the build Python and the programs say of themselves."""
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads(file.with_name("found.json").read_text(encoding="utf-8"))
    return Installation(
        profile=said["profile"],
        platform=said["platform"],
        python=said["python"],
        python_full=said["pythonFull"],
        python_tag=said["pythonTag"],
        attributes=said["attributes"],
        runtime=Path(said["runtime"]),
        memory=Path(said["memory"]),
        node=Path(said["node"]),
        shell=Path(said["shell"]),
        interpreter=Path(said["attributes"]["python"]["interpreter"]),
        patchelf=Path(said["patchelf"]),
        libraries=Path(said["libraries"]),
        build_shelf=tuple(Path(path) for path in said["buildShelf"]),
        target_shelf=file.with_name("wheels"),
        headers={name: Path(path) for name, path in said["headers"].items()},
        programs=found["programs"],
        build_markers=found["markers"],
        target_markers=target_markers(said["python"], said["pythonFull"]),
    )
