"""Building again and comparing: which files of two builds differ, down to the members of wheels."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wasmwright.errors import NixFailed, NotReproducible
from wasmwright.progress import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wasmwright.log import Stages
    from wasmwright.nix import Built
    from wasmwright.nixwatch import Watcher

_SHOWN = 20


class Rebuilder(Protocol):
    """What is needed of Nix; `rebuild` keeps a second output that differs as PATH.check."""

    def build(
        self, installables: Sequence[str], *, progress: Watcher | None = None, rebuild: bool = False
    ) -> list[Built]:
        """Build, or build again and compare."""
        ...


def reproduce(
    installables: Sequence[str], *, nix: Rebuilder, stages: Stages, view: Callable[[], Watcher | None]
) -> list[Path]:
    """Build every one of `installables` twice; returns the outputs. Raises NotReproducible naming what differs."""
    with stages.stage("first build"):
        first = nix.build(installables, progress=view())
    if len(first) != len(installables):
        message = f"Nix gave {len(first)} results where {len(installables)} were asked for"
        raise NixFailed(message)
    for installable, built in zip(installables, first, strict=True):
        with stages.stage("second build"):
            _rebuild(installable, built, nix, view())
    return [built.out for built in first]


def _rebuild(installable: str, built: Built, nix: Rebuilder, view: Watcher | None) -> None:
    try:
        nix.build([installable], progress=view, rebuild=True)
    except NotReproducible as error:
        again = Path(f"{built.out}.check")
        if not again.exists():
            raise
        names = list(differences(built.out, again))
        more = [f"and {len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
        message = f"two builds of {short_name(str(built.out))} differ"
        raise NotReproducible(
            message,
            excerpt="\n".join([*names[:_SHOWN], *more]),
            hint=f"compare {built.out} with {again}, for instance with `diffoscope`",
            log=error.log,
        ) from None


def differences(one: Path, other: Path) -> Iterator[str]:
    """The files that differ, relative to the outputs; a member of a wheel reads `FILE: MEMBER`."""
    if not one.is_dir() or not other.is_dir():
        yield from _file_differences(one, other, one.name)
        return
    files = {path.relative_to(top) for top in (one, other) for path in top.rglob("*") if not _is_folder(path)}
    for file in sorted(files):
        yield from _file_differences(one / file, other / file, str(file))


def _file_differences(one: Path, other: Path, name: str) -> Iterator[str]:
    if not (_present(one) and _present(other)):
        yield f"{name}: only in the {'first' if _present(one) else 'second'} build"
    elif one.is_symlink() or other.is_symlink():
        if not (one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()):
            yield name
    elif _content(one) == _content(other):
        return
    elif name.endswith(".whl"):
        for member in list(_member_differences(one, other)) or ["the archive itself"]:
            yield f"{name}: {member}"
    else:
        yield name


def _member_differences(one: Path, other: Path) -> Iterator[str]:
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        ours = {info.filename: info.CRC for info in first.infolist()}
        theirs = {info.filename: info.CRC for info in second.infolist()}
    yield from sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def _content(path: Path) -> tuple[bool, bytes]:
    return bool(path.stat().st_mode & 0o111), path.read_bytes()


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _present(path: Path) -> bool:
    return path.exists() or path.is_symlink()
