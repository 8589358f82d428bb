"""How an output came to be: an in-toto statement with SLSA's predicate, version 1. Nothing in it is the time."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.outputs.documents import EnvironmentWheel
    from wasmwright.outputs.origins import OutputOrigin, PinnedFile

FILE = "provenance.intoto.json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"
BUILD_TYPE = "urn:wasmwright:nix-derivation:v1"
BUILDER = "urn:wasmwright:nix-sandbox:v1"


def statement(
    origin: OutputOrigin,
    wheels: Iterable[EnvironmentWheel],
    *,
    subjects: Mapping[str, str],
    byproducts: Mapping[str, str],
) -> str:
    """The document, unsigned. `subjects` and `byproducts` are files, by name, with their sha256."""
    document = {
        "_type": STATEMENT,
        "subject": [_described(name, sha256) for name, sha256 in sorted(subjects.items())],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {
                    "output": origin.kind,
                    "profile": origin.profile,
                    "wheels": [f"{wheel.name}=={wheel.version}" for wheel in wheels],
                },
                "internalParameters": {"name": origin.name, "derivations": origin.fetched.derivations},
                "resolvedDependencies": [
                    *map(_pin, origin.fetched.pins),
                    *map(_file, origin.fetched.files),
                ],
            },
            "runDetails": {
                "builder": {"id": BUILDER},
                "byproducts": [_described(name, sha256) for name, sha256 in sorted(byproducts.items())],
            },
        },
    }
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _described(name: str, sha256: str) -> dict[str, Any]:
    return {"name": name, "digest": {"sha256": sha256}}


def _pin(pin: PinnedFile) -> dict[str, Any]:
    return {**_described(pin.name, pin.sha256), "uri": pin.purl}


def _file(path: Path) -> dict[str, Any]:
    """A file of the checkout, or a folder of some, as they lie in the store: behind the hash that names begin with."""
    name = path.name.partition("-")[2]
    if path.is_dir():
        return {"name": name, "digest": {"dirHash": _folder_hash(path)}}
    return _described(name, hashlib.sha256(path.read_bytes()).hexdigest())


def _folder_hash(folder: Path) -> str:
    """Of a list of all files with their hashes, as in-toto defines `dirHash` (Go's h1)."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()
