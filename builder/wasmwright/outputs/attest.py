"""Writes what an output was made of, and how.

From the environment: `manifestPath`, a JSON file of nix/outputs/attestations.nix, and `out`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.outputs import billofmaterials, provenance
from wasmwright.outputs.billofmaterials import bill_of_materials
from wasmwright.outputs.documents import read_environment
from wasmwright.outputs.manifest import FILE, read_manifest
from wasmwright.outputs.origins import read_origin
from wasmwright.outputs.provenance import statement
from wasmwright.wheel.entry import reported

if TYPE_CHECKING:
    from wasmwright.outputs.origins import OutputOrigin

_INDEX = "index.json"
_REFERENCE = "org.opencontainers.image.ref.name"


def make(origin: OutputOrigin, out: Path) -> None:
    """Write both documents into a new folder."""
    out.mkdir()
    wheels = read_environment(origin.environment).wheels if origin.environment is not None else ()
    bill = bill_of_materials(origin, wheels)
    (out / billofmaterials.FILE).write_text(bill, encoding="utf-8")
    said = statement(
        origin,
        wheels,
        subjects=subjects(origin),
        byproducts={billofmaterials.FILE: hashlib.sha256(bill.encode()).hexdigest()},
    )
    (out / provenance.FILE).write_text(said, encoding="utf-8")


def subjects(origin: OutputOrigin) -> dict[str, str]:
    """What an output is, by name: the files of a folder, or the images of an OCI layout."""
    if (origin.folder / FILE).exists():
        return {file.path: file.sha256 for file in read_manifest(origin.folder).files}
    index = json.loads((origin.folder / _INDEX).read_text(encoding="utf-8"))
    return {
        image.get("annotations", {}).get(_REFERENCE, origin.name): image["digest"].removeprefix("sha256:")
        for image in index["manifests"]
    }


def _run() -> int:
    make(read_origin(Path(os.environ["manifestPath"])), Path(os.environ["out"]))
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
