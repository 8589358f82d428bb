"""Puts what an output was made of, and how, into it.

From the environment: `output`, `attestations` (a folder, nix/outputs/attestations.nix) and `out`.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from wasmwright.outputs.manifest import read_manifest, write_manifest
from wasmwright.wheel.entry import reported


def make(output: Path, attestations: Path, out: Path) -> None:
    """Copy an output, with these files at its top and in its manifest."""
    manifest = read_manifest(output)
    shutil.copytree(output, out, copy_function=shutil.copyfile)
    for folder in (out, *(path for path in out.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    for file in attestations.iterdir():
        shutil.copyfile(file, out / file.name)
    write_manifest(out, kind=manifest.kind, profile=manifest.profile)


def _run() -> int:
    make(Path(os.environ["output"]), Path(os.environ["attestations"]), Path(os.environ["out"]))
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
