"""Downloads into the Nix store."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wasmwright.errors import DiskFull, HashMismatch, InternalError
from wasmwright.failure import WasmwrightError
from wasmwright.sources.debfile import read_member
from wasmwright.sources.download import disk_full_told
from wasmwright.sources.storepath import nar_path, program_nar_sha256, source_path
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wasmwright.sources.download import Downloader
    from wasmwright.sources.entry import Source
    from wasmwright.sources.wanted import Busybox, Wanted

_BATCH_FILES = 64
_BATCH_BYTES = 1 << 27
_NIX_DISK_FULL = "No space left on device"


class Store(Protocol):
    """What is needed of the Nix store."""

    def valid_paths(self, paths: Iterable[str]) -> set[str]:
        """Those of `paths` that the store has."""
        ...

    def add_fixed(self, files: Sequence[Path]) -> list[str]:
        """Add files under the names they have, addressed by their sha256."""
        ...

    def add_nar(self, file: Path, name: str) -> str:
        """Add a file or folder as `name`, addressed by its archive."""
        ...


@dataclass(kw_only=True)
class Adding:
    """Adds downloads to the store in batches."""

    store: Store | None
    downloader: Downloader
    batch: list[Source] = field(default_factory=list)
    added: list[Source] = field(default_factory=list)

    def take(self, source: Source) -> None:
        """Add the source with the next batch."""
        self.batch.append(source)
        if len(self.batch) >= _BATCH_FILES or sum(each.size for each in self.batch) >= _BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Add what waits."""
        if self.store is None or not self.batch:
            return
        batch, self.batch = self.batch, []
        with nix_disk_full_told():
            files = [self.downloader.path(source) for source in batch if not source.tree]
            found = self.store.add_fixed(files) if files else []
            found += [self.store.add_nar(self.downloader.path(tree), tree.name) for tree in batch if tree.tree]
        expected = [source_path(source) for source in batch]
        if sorted(found) != sorted(expected):
            message = "the store's paths are not the ones computed for the locks"
            raise InternalError(message, hint="report this", excerpt="\n".join(sorted(set(found) ^ set(expected))))
        self.added += batch

    def discard(self) -> None:
        """Delete the downloads that the store has now."""
        for source in self.added:
            self.downloader.discard(source)


def add_busybox(busybox: Busybox, wanted: Wanted, store: Store, downloader: Downloader) -> None:
    """Add the first shell, a file of one of the wanted packages, unless the store has it."""
    expected = nar_path(busybox.name, busybox.nar_sha256)
    if store.valid_paths([expected]):
        return
    source = wanted.sources[busybox.source]
    deb = Path(source_path(source))
    if not deb.exists():
        deb = downloader.get(source, relock=wanted.relock_of(source))
    program = read_member(deb.read_bytes(), busybox.member, name=source.name)
    if (found := program_nar_sha256(busybox.name, program)) != busybox.nar_sha256:
        message = f"{busybox.member} of {source.name} has the archive hash {found} instead of {busybox.nar_sha256}"
        raise HashMismatch(message, hint=f"lock again: `{RELOCK_TOOLCHAIN}`")
    folder = downloader.directory / busybox.nar_sha256 / busybox.name
    with disk_full_told(folder):
        file = folder / "bin" / busybox.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(program)
        file.chmod(0o755)
    with nix_disk_full_told():
        store.add_nar(folder, busybox.name)
    shutil.rmtree(folder.parent)


@contextmanager
def nix_disk_full_told() -> Iterator[None]:
    """Turn Nix's complaint about a full disk into the error for it."""
    try:
        yield
    except DiskFull:
        raise
    except WasmwrightError as error:
        if _NIX_DISK_FULL not in f"{error}\n{error.excerpt or ''}":
            raise
        message = "no space left on the disk of the Nix store"
        raise DiskFull(message, hint="make room and run the command again; what was downloaded is kept") from None
