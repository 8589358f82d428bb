"""pylock.toml (PEP 751) of a distribution: its wheels, as they lie beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit
from packaging.pylock import Package, PackageWheel, Pylock
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.outputs.documents import EnvironmentWheel


def pylock(wheels: Iterable[EnvironmentWheel], *, python: str, folder: str) -> str:
    """The text of the lock; `python` is major.minor, `folder` the way to the wheels, with a slash at its end."""
    lock = Pylock(
        lock_version=Version("1.0"),
        requires_python=SpecifierSet(f"=={python}.*"),
        created_by="wasmwright",
        packages=[_package(wheel, folder) for wheel in wheels],
    )
    lock.validate()
    return tomlkit.dumps(lock.to_dict())


def _package(wheel: EnvironmentWheel, folder: str) -> Package:
    return Package(
        name=NormalizedName(wheel.name),
        version=Version(wheel.version),
        dependencies=[{"name": name} for name in wheel.depends] or None,
        wheels=[
            PackageWheel(
                name=wheel.file, path=f"{folder}{wheel.file}", size=wheel.size, hashes={"sha256": wheel.sha256}
            )
        ],
    )
