from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import DiskFull, InternalError, MirrorUnreachable, NixFailed, PinUnavailable
from wasmwright.sources.fetch import download, fetch
from wasmwright.sources.storepath import source_path
from wasmwright.sources.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from wasmwright.sources.download import Downloader
    from wasmwright.sources.entry import Source

    from .conftest import FakeMirror


class FakeStore:
    def __init__(self, sources: Iterable[Source], valid: Iterable[Source] = ()) -> None:
        self.paths = {source.name: source_path(source) for source in sources}
        self.valid = {source_path(source) for source in valid}
        self.added: list[str] = []
        self.error: Exception | None = None

    def valid_paths(self, paths: Iterable[str]) -> set[str]:
        return self.valid & set(paths)

    def add_fixed(self, files: Sequence[Path]) -> list[str]:
        if self.error:
            raise self.error
        self.added += [file.name for file in files]
        return [self.paths[file.name] for file in files]

    def add_nar(self, file: Path, name: str) -> str:
        raise NotImplementedError


def _wanted(*sources: Source, relock: str = "./wasmwright lock numpy") -> Wanted:
    by_name = {source.name: source for source in sources}
    return Wanted(sources=by_name, relock=dict.fromkeys(by_name, relock))


def test_only_missing_sources_are_downloaded(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    here, lacking = make_deb("here"), make_deb("lacking")
    store = FakeStore([here, lacking], valid=[here])
    done = fetch(_wanted(here, lacking), store=store, downloader=downloader)
    assert store.added == [lacking.name]
    assert (len(done.paths), done.added) == (2, 1)
    assert len(mirror.asked) == 1


def test_downloads_are_deleted_once_added(downloader: Downloader, make_deb: Callable[..., Source]):
    source = make_deb()
    fetch(_wanted(source), store=FakeStore([source]), downloader=downloader)
    assert [path.name for path in downloader.directory.iterdir()] == [".lock"]


def test_all_vanished_pins_are_told_and_the_rest_is_added(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    good, one, two = make_deb("good"), make_deb("one"), make_deb("two")
    for gone in (one, two):
        del mirror.files[f"http://debian.test/{gone.file}"]
    store = FakeStore([good, one, two])
    with pytest.raises(PinUnavailable) as caught:
        fetch(_wanted(good, one, two), store=store, downloader=downloader)
    told = f"{caught.value}\n{caught.value.excerpt}"
    assert one.name in told
    assert two.name in told
    assert caught.value.hint == "pin the current version: `./wasmwright lock numpy`"
    assert store.added == [good.name]


def test_unreachable_mirror_ends_the_fetch(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb()
    mirror.is_down = True
    with pytest.raises(MirrorUnreachable):
        fetch(_wanted(source), store=FakeStore([source]), downloader=downloader)


def test_full_disk_of_the_store_is_told(downloader: Downloader, make_deb: Callable[..., Source]):
    source = make_deb()
    store = FakeStore([source])
    store.error = NixFailed("error: writing to file: No space left on device")
    with pytest.raises(DiskFull, match="Nix store"):
        fetch(_wanted(source), store=store, downloader=downloader)
    assert downloader.path(source).exists()


def test_unexpected_store_path_is_a_fault(downloader: Downloader, make_deb: Callable[..., Source]):
    source = make_deb()
    store = FakeStore([source])
    store.paths[source.name] = "/nix/store/other"
    with pytest.raises(InternalError):
        fetch(_wanted(source), store=store, downloader=downloader)


def test_download_needs_no_store(downloader: Downloader, make_deb: Callable[..., Source], tmp_path: Path):
    source = make_deb(content=b"whole")
    files = download([source], tmp_path / "debs", downloader=downloader)
    assert [file.read_bytes() for file in files] == [b"whole"]
    assert [path.name for path in downloader.directory.iterdir()] == [".lock"]
