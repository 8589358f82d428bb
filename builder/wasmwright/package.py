"""What the output of a package holds, as its package.json says: package.schema.json describes that file.

wasmwright.wheel.contract writes it inside Nix. Nothing here looks for files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from wasmwright.errors import StoreCorrupted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = "package.json"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class PackageOutput:
    """A package in the store. `main` and `tests` are its wheels, `beside` the outputs to install with it."""

    out: Path
    name: str
    version: str
    kind: str
    profile: str
    main: Path | None
    tests: Path | None
    beside: tuple[Path, ...]
    requirements: tuple[str, ...]
    imports: tuple[str, ...]
    summary: str | None
    license: str | None
    homepage: str | None

    @property
    def wheels(self) -> tuple[Path, ...]:
        """The main wheel first."""
        return tuple(wheel for wheel in (self.main, self.tests) if wheel is not None)


def read_package(out: Path) -> PackageOutput:
    """Read the package.json of an output. Raises StoreCorrupted."""
    path = out / FILE
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        version = document["version"]
        if version == VERSION:
            return _read(out, document)
    except FileNotFoundError:
        _refuse(f"{out} has no {FILE}")
    except (OSError, ValueError) as error:
        _refuse(f"{path} cannot be read: {error}")
    except (KeyError, TypeError, AttributeError) as error:
        _refuse(f"{path} is incomplete: {error}")
    message = f"{path} has version {version}, this wasmwright reads version {VERSION}"
    raise StoreCorrupted(message, hint="build the package with this checkout")


def main_wheels(packages: Sequence[PackageOutput]) -> list[Path]:
    """The wheels that users install for these packages: theirs, and those of the outputs beside them, each once."""
    beside = dict.fromkeys(out for package in packages for out in package.beside)
    outputs = [*packages, *(read_package(out) for out in beside)]
    return list(dict.fromkeys(output.main for output in outputs if output.main is not None))


def _read(out: Path, document: Mapping[str, Any]) -> PackageOutput:
    wheels = document["wheels"]
    package = PackageOutput(
        out=out,
        name=document["name"],
        version=document["package_version"],
        kind=document["kind"],
        profile=document["profile"],
        main=_file(out, wheels["main"]),
        tests=_file(out, wheels["tests"]),
        beside=tuple(map(Path, document["beside"])),
        requirements=tuple(document["requirements"]),
        imports=tuple(document["imports"]),
        summary=document["summary"],
        license=document["license"],
        homepage=document["homepage"],
    )
    for wheel in package.wheels:
        if not wheel.is_file():
            _refuse(f"{wheel} is not there, and {FILE} names it")
    return package


def _file(out: Path, name: str | None) -> Path | None:
    return None if name is None else out / name


def _refuse(message: str) -> NoReturn:
    raise StoreCorrupted(message, hint="`./wasmwright doctor --repair` mends the store") from None
