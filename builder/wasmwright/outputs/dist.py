"""Makes a distribution of an environment: a folder that any server of files can give to any installer.

From the environment: `manifestPath`, a JSON file of nix/outputs/dist.nix, and `out`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from wasmwright import spawn
from wasmwright.outputs.distindex import IndexedWheel, project_html, project_json, projects_html, projects_json
from wasmwright.outputs.distlock import pyodide_lock
from wasmwright.outputs.distpage import page
from wasmwright.outputs.documents import WheelOrigin, read_environment
from wasmwright.outputs.environment import Candidate, Closure, described
from wasmwright.outputs.errors import InvalidEnvironment
from wasmwright.outputs.manifest import write_manifest
from wasmwright.outputs.pylock import pylock_text
from wasmwright.outputs.wheels import WheelFacts
from wasmwright.targetmarkers import target_markers
from wasmwright.wheel.entry import reported
from wasmwright.wheel.tags import parse_wheel_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.outputs.documents import Environment, EnvironmentWheel

KIND = "dist"
_LOCK = "pyodide-lock.json"


@dataclass(frozen=True, kw_only=True)
class DistributionParts:
    """What a distribution is made of: the folders of an environment and of the runtime, whose version is `python_full`.

    `further` are wheels that every distribution has, unless its environment brings another of that name.
    """

    environment: Path
    runtime: Path
    further: Sequence[Candidate]
    python_full: str


def make(parts: DistributionParts, out: Path) -> Environment:
    """Write the distribution to `out`, but for compressed copies and the list of its files. Returns its environment."""
    environment = read_environment(parts.environment)
    _copy(parts.environment / "wheels", out / "wheels")
    known = {wheel.name: wheel for wheel in environment.wheels}
    wheels = {**_further(parts, environment, out / "wheels"), **known}
    ordered = [wheels[name] for name in sorted(wheels)]
    facts = [WheelFacts(out / "wheels" / wheel.file) for wheel in ordered]
    for one in facts:
        _write(one.path.with_name(f"{one.path.name}.metadata"), one.metadata)
    _write_runtime(parts.runtime, ordered, out)
    _write_index([_index_file(wheel, one) for wheel, one in zip(ordered, facts, strict=True)], out / "simple")
    _write(out / "pylock.toml", pylock_text(ordered, python=environment.python))
    example = next((wheel.name for wheel in environment.wheels if wheel.imports), ordered[0].name)
    _write(out / "index.html", page(environment, ordered, example=example))
    return environment


def _further(parts: DistributionParts, environment: Environment, folder: Path) -> dict[str, EnvironmentWheel]:
    """Those that the environment lacks, put into `folder`. Raises InvalidEnvironment where they do not fit it."""
    facts = {wheel.name: WheelFacts(folder / wheel.file) for wheel in environment.wheels}
    added: dict[str, Candidate] = {}
    for candidate in parts.further:
        copy = folder / candidate.name
        if canonicalize_name(parse_wheel_name(copy.name).distribution) in facts:
            continue
        shutil.copyfile(candidate.wheel, copy)
        found = WheelFacts(copy)
        facts[found.name], added[found.name] = found, candidate
    markers = target_markers(environment.python, parts.python_full)
    try:
        depends = Closure(wheels=facts, markers=markers).depends()
    except InvalidEnvironment as error:
        # The environment was whole without them.
        names = " and ".join(added)
        hint = f"a distribution has {names} besides: lock other versions of them, or of what they require"
        raise InvalidEnvironment(str(error), hint=hint) from None
    return {name: described(facts[name], candidate, depends[name]) for name, candidate in added.items()}


def _write_runtime(runtime: Path, wheels: Sequence[EnvironmentWheel], out: Path) -> None:
    stock = json.loads((runtime / _LOCK).read_text(encoding="utf-8"))
    _copy(runtime, out / "pyodide")
    _write(out / _LOCK, pyodide_lock(stock, wheels, folder="wheels/"))
    # That of the runtime itself: `loadPyodide` takes it when it is told of no other.
    _write(out / "pyodide" / _LOCK, pyodide_lock(stock, wheels, folder="../wheels/"))


def _index_file(wheel: EnvironmentWheel, facts: WheelFacts) -> IndexedWheel:
    digest = hashlib.sha256(facts.metadata).hexdigest()
    return IndexedWheel(wheel=wheel, requires_python=facts.requires_python, metadata_sha256=digest)


def _write_index(files: Sequence[IndexedWheel], simple: Path) -> None:
    names = [file.wheel.name for file in files]
    _write(simple / "index.html", projects_html(names))
    _write(simple / "index.json", projects_json(names))
    for file in files:
        _write(simple / file.wheel.name / "index.html", project_html(file))
        _write(simple / file.wheel.name / "index.json", project_json(file))


def _copy(folder: Path, to: Path) -> None:
    """Copy the files of a folder of the store, without its modes: nothing there may be written to."""
    to.mkdir(parents=True)
    for path in folder.iterdir():
        shutil.copyfile(path, to / path.name)


def _write(path: Path, content: bytes | str | Mapping[str, Any]) -> None:
    if isinstance(content, str | bytes):
        data = content if isinstance(content, bytes) else content.encode()
    else:
        data = json.dumps(content, indent=1).encode() + b"\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _run() -> int:
    manifest: dict[str, Any] = json.loads(Path(os.environ["manifestPath"]).read_text(encoding="utf-8"))
    out = Path(os.environ["out"])
    further = [
        Candidate(path=Path(one["path"]), file=one["file"], origin=WheelOrigin.INDEX, purl=one["purl"])
        for one in manifest["further"]
    ]
    environment, runtime = Path(manifest["environment"]), Path(manifest["runtime"])
    parts = DistributionParts(
        environment=environment, runtime=runtime, further=further, python_full=manifest["python_full"]
    )
    made = make(parts, out)
    spawn.run([manifest["node"], manifest["precompress"], out], env=dict(os.environ), cwd=out)
    write_manifest(out, kind=KIND, profile=made.profile)
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
