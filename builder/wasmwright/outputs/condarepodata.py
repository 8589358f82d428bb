"""What a folder of a conda channel says of its packages: `repodata.json`, and `run_exports.json` beside it.

Written here, as what indexes channels writes the time of day into it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from wasmwright.outputs import zstandard
from wasmwright.outputs.condapackage import read_info

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_repodata(folder: Path, run_exports: Mapping[str, Mapping[str, list[str]]]) -> None:
    """Describe the packages in a folder; `run_exports` are those that some have, by the name of the file."""
    packages = {path.name: _record(path) for path in sorted(folder.glob("*.conda"))}
    info: dict[str, Any] = {"subdir": folder.name}
    _write(
        folder / "repodata.json",
        {"info": info, "packages": {}, "packages.conda": packages, "removed": [], "repodata_version": 1},
    )
    exported = {name: {"run_exports": run_exports.get(name, {})} for name in packages}
    _write(folder / "run_exports.json", {"info": {**info, "version": 1}, "packages": {}, "packages.conda": exported})


def _record(package: Path) -> dict[str, Any]:
    data = package.read_bytes()
    index: dict[str, Any] = json.loads(read_info(package, "info/index.json"))
    # Old clients know the one hash only.
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return {**index, "md5": md5, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def _write(path: Path, document: Mapping[str, Any]) -> None:
    data = (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()
    path.write_bytes(data)
    path.with_name(f"{path.name}.zst").write_bytes(zstandard.compress(data))
