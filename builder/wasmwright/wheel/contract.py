"""Writes `package.json`, which says what a package's output holds and what has to be installed with it.

package.schema.json describes it; the orchestrator reads it with wasmwright.package.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.wheel.errors import InvalidWheel
from wasmwright.wheel.inspect import read_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FILE = "package.json"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Meta:
    """What the recipe says about the package, for people and for other formats."""

    summary: str | None = None
    license: str | None = None
    homepage: str | None = None
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A package behind the gate. `main` and `tests` are wheels in its output, `beside` other packages' outputs."""

    name: str
    version: str
    kind: str
    profile: str
    main: Path | None
    tests: Path | None
    beside: Sequence[str]
    meta: Meta


def read_meta(path: Path) -> Meta:
    """Read the JSON that Nix writes of a recipe's [package] and its imports; what is null or absent is not known."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return Meta(
        summary=document.get("summary") or None,
        license=document.get("license") or None,
        homepage=document.get("homepage") or None,
        imports=tuple(document.get("imports") or ()),
    )


def write_contract(contract: Contract, out: Path) -> Path:
    """Write package.json into the output `out`, in one step. Raises InvalidWheel for a wheel that is not in there."""
    text = json.dumps(_document(contract, out), indent=1) + "\n"
    path = out / FILE
    part = out / f".{FILE}.{os.getpid()}"
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path


def _document(contract: Contract, out: Path) -> Mapping[str, object]:
    meta = contract.meta
    return {
        "version": VERSION,
        "name": contract.name,
        "package_version": contract.version,
        "kind": contract.kind,
        "profile": contract.profile,
        "wheels": {"main": _inside(contract.main, out), "tests": _inside(contract.tests, out)},
        "beside": list(contract.beside),
        "requirements": _requirements(contract.main, out),
        "imports": list(meta.imports),
        "summary": meta.summary,
        "license": meta.license,
        "homepage": meta.homepage,
    }


def _requirements(main: Path | None, out: Path) -> list[str]:
    """What the main wheel says that it needs, as it says it."""
    return [] if main is None else read_wheel(out / main).metadata.get_all("Requires-Dist", [])


def _inside(wheel: Path | None, out: Path) -> str | None:
    """The path of a wheel below `out`, which may be given as such or as a whole."""
    if wheel is None:
        return None
    path = out / wheel
    if not path.is_file() or not path.is_relative_to(out):
        message = f"{wheel} is no file in {out}"
        raise InvalidWheel(message)
    return str(path.relative_to(out))
