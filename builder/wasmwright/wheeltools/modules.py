"""Which modules of a wheel an import test tries."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.wheel.inspect import is_shared_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.wheel.inspect import WheelInfo

_TESTS = frozenset({"test", "tests"})


def modules_of(wheel: WheelInfo) -> list[str]:
    """What it puts at the top, then every extension module in it, but those of tests.

    Of a namespace package, which others share, the packages and modules in it.
    """
    files = [PurePosixPath(name) for name in wheel.members]
    inside = [path for path in map(_installed, files) if path is not None and not _TESTS.intersection(path.parts[:-1])]
    packages = {path.parent for path in inside if path.name.split(".")[0] == "__init__"}
    tops = [*_outermost(packages), *(_module(path) for path in inside if not packages.intersection(path.parents))]
    extensions = [_module(path) for path in inside if is_shared_object(path.name)]
    names = [*(name for name in tops if _is_public(name)), *extensions]
    return [*dict.fromkeys(name for name in names if all(part.isidentifier() for part in name.split(".")))]


def _installed(path: PurePosixPath) -> PurePosixPath | None:
    """Where a member that Python can import is installed."""
    if path.suffix not in {".py", ".so"}:
        return None
    top, *rest = path.parts
    if not top.endswith(".data"):
        return path
    return PurePosixPath(*rest[1:]) if rest[0] in {"purelib", "platlib"} else None


def _outermost(packages: set[PurePosixPath]) -> Iterable[str]:
    return sorted(".".join(path.parts) for path in packages if not packages.intersection(path.parents))


def _module(path: PurePosixPath) -> str:
    return ".".join((*path.parent.parts, path.name.split(".")[0]))


def _is_public(name: str) -> bool:
    return not name.rpartition(".")[2].startswith("_")
