from __future__ import annotations

import errno
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import requests

from wasmwright.errors import DiskFull, HashMismatch, MirrorUnreachable, PinUnavailable
from wasmwright.sources import download
from wasmwright.sources.download import Stopped
from wasmwright.sources.locate import Locator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.sources.download import Downloader
    from wasmwright.sources.entry import Source

    from .conftest import FakeMirror

RELOCK = "./wasmwright lock --toolchain"
URL = "http://debian.test/pool/main/t/tool_1.0-1_all.deb"


def _part(downloader: Downloader, source: Source) -> Path:
    final = downloader.path(source)
    return final.with_name(f"{final.name}.part")


def _leave_part(downloader: Downloader, source: Source, content: bytes) -> None:
    part = _part(downloader, source)
    part.parent.mkdir(parents=True)
    part.write_bytes(content)


def test_complete_file_replaces_its_part(downloader: Downloader, make_deb: Callable[..., Source]):
    source = make_deb(content=b"whole")
    assert downloader.get(source, relock=RELOCK).read_bytes() == b"whole"
    assert not _part(downloader, source).exists()


def test_part_of_an_earlier_run_is_continued(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    source = make_deb(content=b"0123456789")
    _leave_part(downloader, source, b"0123")
    assert downloader.get(source, relock=RELOCK).read_bytes() == b"0123456789"
    assert mirror.asked == [("GET", URL, "bytes=4-")]


def test_broken_connection_is_continued(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb(content=b"0123456789")
    mirror.cut_after = [3, 4]
    assert downloader.get(source, relock=RELOCK).read_bytes() == b"0123456789"
    assert [asked[2] for asked in mirror.asked] == [None, "bytes=3-", "bytes=7-"]


def test_server_without_ranges_starts_over(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb(content=b"0123456789")
    mirror.ranges = False
    _leave_part(downloader, source, b"0123")
    assert downloader.get(source, relock=RELOCK).read_bytes() == b"0123456789"


def test_damaged_part_is_thrown_away(downloader: Downloader, make_deb: Callable[..., Source]):
    source = make_deb(content=b"0123456789")
    _leave_part(downloader, source, b"XXXX")
    assert downloader.get(source, relock=RELOCK).read_bytes() == b"0123456789"


def test_server_errors_are_retried(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb()
    mirror.faults = [503, requests.Timeout()]
    assert downloader.get(source, relock=RELOCK).exists()


def test_wrong_hash_is_told_with_both_and_nothing_is_kept(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    source = make_deb(content=b"right")
    mirror.files[URL] = b"wrong"
    with pytest.raises(HashMismatch) as caught:
        downloader.get(source, relock=RELOCK)
    assert source.sha256 in str(caught.value)
    assert "8810ad581e59f2bc3928b261707a71308f7e139eb04820366dc4d5c18d980225" in str(caught.value)
    assert not downloader.path(source).exists()
    assert not _part(downloader, source).exists()


def test_longer_file_is_refused(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb(content=b"right")
    mirror.files[URL] = b"right and more"
    with pytest.raises(HashMismatch, match="is not the pinned file: it is longer than its 5 bytes"):
        downloader.get(source, relock=RELOCK)


def test_shorter_file_is_refused(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb(content=b"0123456789")
    mirror.files[URL] = b"0123456"
    with pytest.raises(HashMismatch, match="has 7 bytes instead of 10"):
        downloader.get(source, relock=RELOCK)
    assert not _part(downloader, source).exists()


@pytest.mark.parametrize("told", ["", "bytes */*", "bytes */10", "bytes */" + "9" * 5000, "nonsense"])
def test_shorter_file_of_unknown_length_is_not_asked_for_ever(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror, told: str
):
    source = make_deb(content=b"0123456789")
    mirror.files[URL] = b"0123456"
    mirror.headers = {"Content-Range": told}
    with pytest.raises((MirrorUnreachable, HashMismatch)):
        downloader.get(source, relock=RELOCK)
    assert len(mirror.asked) < 20


def test_what_came_before_each_break_is_kept(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    content = bytes(range(250))
    source = make_deb(content=content)
    mirror.cut_after = [70] * 4
    assert downloader.get(source, relock=RELOCK).read_bytes() == content
    assert [asked[2] for asked in mirror.asked] == [None, "bytes=70-", "bytes=140-", "bytes=210-"]


def test_login_page_is_no_answer(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb()
    mirror.files, mirror.portal = {}, b"<html>please log in</html>"
    with pytest.raises(MirrorUnreachable) as caught:
        downloader.get(source, relock=RELOCK)
    assert "has to log in" in str(caught.value.excerpt)
    assert not _part(downloader, source).exists()


def test_file_that_is_called_a_page_is_taken(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    mirror.headers["Content-Type"] = "text/html"
    assert downloader.get(make_deb(), relock=RELOCK).exists()


def test_version_that_is_listed_without_its_file(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    source = make_deb()
    mirror.files = {"http://debian.test/pool/main/t/": b'<a href="tool_1.0-1_all.deb">x</a>'}
    with pytest.raises(PinUnavailable, match=r"the mirrors list tool 1:1\.0-1 .*, but do not have the file") as caught:
        downloader.get(source, relock=RELOCK)
    assert "another mirror" in str(caught.value.hint)
    assert RELOCK in str(caught.value.hint)


def test_vanished_pin_names_current_versions_and_the_relock(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    source = make_deb()
    listing = '<a href="tool_1.9-1_all.deb">x</a><a href="tool_1.10-1_all.deb">x</a><a href="toolbox_3_all.deb">x</a>'
    mirror.files = {"http://debian.test/pool/main/t/": listing.encode()}
    with pytest.raises(PinUnavailable) as caught:
        downloader.get(source, relock=RELOCK)
    assert str(caught.value).endswith("have tool 1:1.0-1 (tool_1.0-1_all.deb); they have 1.10-1, 1.9-1")
    assert RELOCK in str(caught.value.hint)


def test_silent_mirror_is_unreachable_and_the_part_is_kept(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    source = make_deb(content=b"0123456789")
    _leave_part(downloader, source, b"0123")
    mirror.is_down = True
    with pytest.raises(MirrorUnreachable) as caught:
        downloader.get(source, relock=RELOCK)
    assert URL in str(caught.value.excerpt)
    assert _part(downloader, source).read_bytes() == b"0123"


def test_second_mirror_is_tried(downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror):
    source = make_deb()
    config = replace(downloader.locator.registries.mirrors.config, debian=("http://empty.test", "http://debian.test"))
    two = replace(downloader.locator.registries.mirrors, config=config)
    downloader.locator = Locator(registries=replace(downloader.locator.registries, mirrors=two))
    assert downloader.get(source, relock=RELOCK).exists()
    assert mirror.asked[0][1].startswith("http://empty.test/")


def test_full_disk_says_which(downloader: Downloader, make_deb: Callable[..., Source], monkeypatch: pytest.MonkeyPatch):
    def full(_part: object, _chunk: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download._Part, "append", full)
    source = make_deb()
    with pytest.raises(DiskFull, match="downloads"):
        downloader.get(source, relock=RELOCK)
    assert not downloader.path(source).exists()


def test_finished_download_is_not_fetched_again(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    source = make_deb()
    downloader.get(source, relock=RELOCK)
    mirror.is_down = True
    assert downloader.get(source, relock=RELOCK).exists()


def test_damaged_download_is_fetched_again(downloader: Downloader, make_deb: Callable[..., Source]):
    source = make_deb(content=b"right")
    downloader.get(source, relock=RELOCK).write_bytes(b"wrong")
    assert downloader.get(source, relock=RELOCK).read_bytes() == b"right"


def test_stop_ends_a_transfer(downloader: Downloader, make_deb: Callable[..., Source]):
    downloader.stop.set()
    with pytest.raises(Stopped):
        downloader.get(make_deb(), relock=RELOCK)


def test_progress_adds_up_to_the_size_after_a_restart(
    downloader: Downloader, make_deb: Callable[..., Source], mirror: FakeMirror
):
    source = make_deb(content=b"0123456789")
    mirror.ranges = False
    _leave_part(downloader, source, b"0123")
    counted: list[int] = []
    downloader.on_bytes = counted.append
    downloader.get(source, relock=RELOCK)
    assert sum(counted) == 10
