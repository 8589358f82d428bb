"""pylock.toml (PEP 751): locks of environments, and those in distributions, in one shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packaging.markers import Marker
from packaging.pylock import Package, PackageWheel, Pylock
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER = "wheels/"


@dataclass(frozen=True, kw_only=True)
class PylockWheel:
    """The wheel of a project, in the folder `wheels` beside the lock. `depends` names others, `ours` is our table."""

    name: str
    version: str
    file: str
    size: int
    sha256: str
    depends: tuple[str, ...]
    ours: Mapping[str, Any] | None = None


def pylock_text(wheels: Iterable[PylockWheel], *, python: str, ours: Mapping[str, Any] | None = None) -> str:
    """The text of a lock for the runtime's Python, which is major.minor. `ours` is our table of it."""
    import tomlkit  # noqa: PLC0415 - takes long to import

    lock = Pylock(
        lock_version=Version("1.0"),
        environments=[Marker(f"sys_platform == 'emscripten' and python_version == '{python}'")],
        requires_python=SpecifierSet(f"=={python}.*"),
        created_by="wasmwright",
        packages=[_package(wheel) for wheel in wheels],
        tool=_tool(ours),
    )
    lock.validate()
    return tomlkit.dumps(lock.to_dict())


def _package(wheel: PylockWheel) -> Package:
    hashes = {"sha256": wheel.sha256}
    return Package(
        name=canonicalize_name(wheel.name),
        version=Version(wheel.version),
        dependencies=[{"name": name} for name in wheel.depends] or None,
        wheels=[PackageWheel(name=wheel.file, path=f"{FOLDER}{wheel.file}", size=wheel.size, hashes=hashes)],
        tool=_tool(wheel.ours),
    )


def _tool(ours: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if ours is None else {"wasmwright": dict(ours)}
