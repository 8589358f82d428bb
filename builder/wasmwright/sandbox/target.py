"""Wheels of the target among the dependencies: their headers and archives in the place where back ends look.

A build asks the Python that runs for headers (`numpy.get_include()`), and that is the build Python. So a package that a
project compiles against is there twice: the build machine's wheel, which can be imported, and the target's, right in C.
Both are laid over each other: code of the build machine, headers and static libraries of the target.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

C_SIDE = (".h", ".hh", ".hpp", ".hxx", ".inc", ".a", ".pc")


def overlay(dependencies: Iterable[Path], environments: Sequence[Path], into: Path) -> list[Path]:
    """Lay the C side of every wheel in `dependencies` over the build machine's package of that name, below `into`.

    Gives the folders to put before the build environments on PYTHONPATH: none where no dependency is a wheel.
    """
    wheels = [wheel for folder in dependencies for wheel in sorted(folder.glob("*.whl"))]
    if wheels:
        into.mkdir(parents=True, exist_ok=True)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as zipped:
            zipped.extractall(into, [name for name in zipped.namelist() if name.endswith(C_SIDE)])
        for environment in environments:
            for name in _top_level(environment / "lib", wheel.name.split("-")[0]):
                _link(environment / "lib" / name, into / name)
    return [into] if wheels else []


def pkg_config_folders(overlaid: Iterable[Path]) -> list[Path]:
    """Where the packages keep what pkg-config reads."""
    return sorted({file.parent for folder in overlaid for file in folder.rglob("*.pc")})


def _top_level(library: Path, distribution: str) -> Iterator[str]:
    """The files and folders of a distribution at the top of `library`."""
    wanted = _normalised(distribution)
    for info in library.glob("*.dist-info"):
        if _normalised(info.name.split("-")[0]) == wanted:
            rows = csv.reader(io.StringIO((info / "RECORD").read_text(encoding="utf-8")))
            names = {PurePosixPath(row[0]).parts[0] for row in rows if row}
            yield from sorted(name for name in names if name != ".." and (library / name).exists())


def _link(source: Path, target: Path) -> None:
    """Link `source` and all below it at `target`, except what lies there already.

    What is a link already leads into an environment, which stands before that of `source`.
    """
    if not target.exists():
        target.symlink_to(source)
    elif source.is_dir() and not target.is_symlink():
        for child in source.iterdir():
            _link(child, target / child.name)


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
