"""Outputs of packages for tests: wheels of a few bytes, and the package.json that names them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wasmwright.wheel.contract import Contract, Meta, write_contract

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROFILE = "pyemscripten_2026_5"


def write_package(out: Path, *, main: str | None = None, tests: str | None = None, beside: Sequence[Path] = ()) -> Path:
    """Write the output `out` of a package of that name; returns it. `main` and `tests` are wheels below it."""
    out.mkdir(parents=True, exist_ok=True)
    name = out.name.removesuffix("-wasm")
    contract = Contract(
        name=name,
        version="1.0",
        kind="wheel" if main else "library",
        profile=PROFILE,
        main=None,
        tests=None,
        beside=[str(path) for path in beside],
        meta=Meta(summary=f"The package {name}"),
    )
    path = write_contract(contract, out)
    for wheel in filter(None, (main, tests)):
        (out / wheel).parent.mkdir(exist_ok=True)
        (out / wheel).write_bytes(wheel.encode())
    document = json.loads(path.read_text()) | {"wheels": {"main": main, "tests": tests}}
    path.write_text(json.dumps(document))
    return out
