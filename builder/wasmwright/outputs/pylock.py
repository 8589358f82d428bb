"""pylock.toml (PEP 751): locks of environments, and those in distributions, in one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from packaging.markers import Marker
from packaging.pylock import Package, PackageWheel, Pylock
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FOLDER = "wheels/"


class PylockWheel(Protocol):
    """The wheel of a project, in the folder `wheels` beside the lock."""

    @property
    def name(self) -> str:
        """Of the project, normalized."""
        ...

    @property
    def version(self) -> str:
        """Of the release."""
        ...

    @property
    def file(self) -> str:
        """The name of the file."""
        ...

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    @property
    def sha256(self) -> str:
        """Hexadecimal."""
        ...

    @property
    def depends(self) -> tuple[str, ...]:
        """The names of others."""
        ...


Wheel = TypeVar("Wheel", bound=PylockWheel)


def pylock_text(
    wheels: Iterable[Wheel],
    *,
    python: str,
    ours: Mapping[str, Any] | None = None,
    ours_of: Callable[[Wheel], Mapping[str, Any] | None] = lambda _: None,
) -> str:
    """The text of a lock for the runtime's Python, which is major.minor. Our tables are `ours`, and those of wheels."""
    import tomlkit  # noqa: PLC0415 - takes long to import

    lock = Pylock(
        lock_version=Version("1.0"),
        environments=[Marker(f"sys_platform == 'emscripten' and python_version == '{python}'")],
        requires_python=SpecifierSet(f"=={python}.*"),
        created_by="wasmwright",
        packages=[_package(wheel, ours_of(wheel)) for wheel in wheels],
        tool=_tool(ours),
    )
    lock.validate()
    return tomlkit.dumps(lock.to_dict())


def _package(wheel: PylockWheel, ours: Mapping[str, Any] | None) -> Package:
    hashes = {"sha256": wheel.sha256}
    return Package(
        name=canonicalize_name(wheel.name),
        version=Version(wheel.version),
        dependencies=[{"name": name} for name in wheel.depends] or None,
        wheels=[PackageWheel(name=wheel.file, path=f"{FOLDER}{wheel.file}", size=wheel.size, hashes=hashes)],
        tool=_tool(ours),
    )


def _tool(ours: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if ours is None else {"wasmwright": dict(ours)}
