"""What the programs have inside, as supplies for the two Pythons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from wasmwright.wheeltools.index import Index
from wasmwright.wheeltools.pythons import build_python, target_options, target_python
from wasmwright.wheeltools.shelf import Distribution, unpacked, wheels_in
from wasmwright.wheeltools.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.wheeltools.installation import Installation
    from wasmwright.wheeltools.locked import BuildLock


@dataclass(frozen=True, kw_only=True)
class Named:
    """What the user names: folders of wheels, a lock, whether an index may be asked, names of any version."""

    folders: Sequence[Path] = ()
    lock: BuildLock | None = None
    offline: bool = False
    any_version: Sequence[str] = ()


def build_supply(installation: Installation, named: Named, work: Path) -> Supply:
    """For the Python that runs back ends. Programs that are on PATH count as their projects."""
    shelf = [unpacked(folder) for folder in installation.build_shelf]
    programs = [Distribution(name=name, version=version, path=None) for name, version in installation.programs.items()]
    python = build_python(installation)
    index = Index(
        interpreter=installation.interpreter,
        # To pip, all that is inside is installed.
        path=[folder / "lib" for folder in installation.build_shelf],
        python=python,
        options=("--break-system-packages",),
        folders=named.folders,
        work=work / "for-build",
    )
    return Supply(
        python=python,
        inside=[*shelf, *programs],
        folders=named.folders,
        lock=named.lock,
        index=None if named.offline else index,
        fixed=frozenset(installation.headers),
        any_version=_names(named.any_version),
    )


def target_supply(installation: Installation, named: Named, work: Path) -> Supply:
    """For the runtime."""
    python = target_python(installation)
    index = Index(
        interpreter=installation.interpreter,
        path=[folder / "lib" for folder in installation.build_shelf],
        python=python,
        options=target_options(installation),
        folders=(*named.folders, installation.target_shelf),
        work=work / "for-target",
    )
    return Supply(
        python=python,
        inside=wheels_in(installation.target_shelf),
        folders=named.folders,
        lock=named.lock,
        index=None if named.offline else index,
        any_version=_names(named.any_version),
    )


def _names(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(map(canonicalize_name, texts))
