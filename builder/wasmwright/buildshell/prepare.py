"""What a shell in a build's environment needs: the folder, the derivation's attributes, the command to start."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wasmwright.buildshell import enter, inside
from wasmwright.errors import InternalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

ATTRIBUTES = ".attrs.json"
_PROGRAM = 3
"""How many of the builder's arguments come before those of Python."""


@dataclass(frozen=True, kw_only=True)
class ShownDerivation:
    """A derivation: how its builder is started, its structured attributes, and where its output belongs."""

    name: str
    builder: str
    args: tuple[str, ...]
    attributes: Mapping[str, Any]
    out: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A program to become, its environment, and the folder of the build that it enters."""

    command: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path


def read_derivation(shown: Mapping[str, Any]) -> ShownDerivation:
    """From what `nix derivation show` prints of one derivation; newer Nix writes it otherwise than older."""
    (found,) = shown.get("derivations", shown).values()
    attributes = found.get("structuredAttrs") or json.loads(found["env"].get("__json", "null"))
    args = tuple(found["args"])
    if attributes is None or len(args) <= _PROGRAM:
        message = f"the derivation {found['name']} has no structured attributes: wasmwright.sandbox did not build it"
        raise InternalError(message)
    # A placeholder in newer Nix, a path in older; only kept builds are recognized by it.
    out = str(found["outputs"]["out"].get("path", ""))
    out = out if out.startswith("/") else f"/nix/store/{out}"
    return ShownDerivation(name=found["name"], builder=found["builder"], args=args, attributes=attributes, out=out)


def kept_folder(derivation: ShownDerivation, places: Iterable[Path]) -> Path | None:
    """The folder of the latest build of this very derivation that failed and was kept, if there is one."""
    found = [
        folder
        for place in places
        for top in _readable(place, f"nix-build-{derivation.name}.drv-*")
        for folder in (top / "build", top)
        if _out_of(folder / ATTRIBUTES) == derivation.out
    ]
    return max(found, key=lambda folder: folder.stat().st_mtime, default=None)


def fresh_folder(folder: Path, *, again: bool) -> Path:
    """A folder to build in; with `again` what an earlier shell left there goes."""
    if again:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def entry(derivation: ShownDerivation, folder: Path, command: Sequence[str], *, cores: int) -> Entry:
    """Write the attributes into the folder and say how to enter it; what is built there goes below it, to `out`."""
    top = "@build@"
    mine = folder / f"{ATTRIBUTES}.shell"
    mine.write_text(json.dumps({**derivation.attributes, "outputs": {"out": derivation.out}}), encoding="utf-8")
    program = [derivation.builder, *derivation.args[:_PROGRAM], inside.__file__, *derivation.args[-2:], *command]
    return Entry(
        command=(sys.executable, "-I", enter.__file__, str(folder), *program),
        env={
            "NIX_BUILD_TOP": top,
            "NIX_ATTRS_JSON_FILE": f"{top}/{mine.name}",
            "NIX_BUILD_CORES": str(cores),
            "NIX_STORE": "/nix/store",
            "TMPDIR": top,
            "HOME": "/homeless-shelter",
            "PATH": "/path-not-set",
            "TERM": os.environ.get("TERM", "dumb"),
        },
        folder=folder,
    )


def _readable(place: Path, pattern: str) -> list[Path]:
    try:
        return list(place.glob(pattern))
    except OSError:
        return []


def _out_of(file: Path) -> str | None:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["outputs"]["out"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
