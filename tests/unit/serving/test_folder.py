from __future__ import annotations

import os
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from wasmwright.serving.digests import Digests
from wasmwright.serving.errors import NotServable
from wasmwright.serving.folder import Folder, Moved, Refused

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "site"
    for name in (
        "index.html",
        "a b.txt",
        "pkg/index.html",
        "bare/x.whl",
        ".git/config",
        ".well-known/x",
        "caf\xe9.txt",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "site2").mkdir()
    (tmp_path / "site2/index.html").write_text("of a folder whose name begins alike")
    return Folder.at(root)


def content(folder: Folder, path: str) -> str:
    with folder.open(path) as file:
        return file.read().decode()


def refusal(folder: Folder, path: str) -> HTTPStatus:
    with pytest.raises(Refused) as caught:
        folder.open(path)
    return caught.value.status


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *(("/", "index.html"), ("", "index.html"), ("/index.html", "index.html"), ("/a b.txt", "a b.txt")),
        *(("/pkg/", "pkg/index.html"), ("//pkg///index.html", "pkg/index.html"), ("/.well-known/x", ".well-known/x")),
        ("/caf\xe9.txt", "caf\xe9.txt"),
    ],
)
def test_paths(folder: Folder, path: str, expected: str):
    assert content(folder, path) == expected


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/nothing",
            "/nothing/",
            "/index.html/",
            "/index.html/x",
            "/bare",
            "/bare/",
            "/.git/config",
            "/.git",
            "/.hidden",
        ),
        *("/..", "/../secret", "/pkg/../index.html", "/./index.html", "/../site2/index.html", "/pkg/../../secret"),
        *("/%2e%2e/secret", "/..\\secret", "C:/secret", "/" + "a" * 300, "/" + "a/" * 5000),
    ],
)
def test_paths_to_nothing(folder: Folder, path: str):
    assert refusal(folder, path) is HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["/\0", "/index.html\0", "/a\nb", "/\x1b[2J", "/\x7f", "/\ud800"])
def test_paths_that_are_none(folder: Folder, path: str):
    assert refusal(folder, path) is HTTPStatus.BAD_REQUEST


def test_a_folder_without_its_slash_is_elsewhere(folder: Folder):
    with pytest.raises(Moved) as caught:
        folder.open("/pkg")
    assert caught.value.to == "pkg"


@pytest.mark.parametrize("target", ["../secret", "/", "..", "../site2", "../nothing"])
def test_links_out_of_the_folder_lead_to_nothing(folder: Folder, target: str):
    (folder.root / "link").symlink_to(target)
    assert refusal(folder, "/link") is HTTPStatus.NOT_FOUND
    assert refusal(folder, "/link/") is HTTPStatus.NOT_FOUND
    assert refusal(folder, "/link/index.html") is HTTPStatus.NOT_FOUND


def test_a_page_of_a_folder_may_not_lie_outside(folder: Folder):
    (folder.root / "bare/index.html").symlink_to("../../secret")
    assert refusal(folder, "/bare/") is HTTPStatus.NOT_FOUND
    assert refusal(folder, "/bare") is HTTPStatus.NOT_FOUND


def test_links_within_the_folder_are_followed(folder: Folder):
    (folder.root / "link").symlink_to("pkg")
    (folder.root / "absolute").symlink_to(folder.root / "a b.txt")
    assert content(folder, "/link/") == "pkg/index.html"
    assert content(folder, "/absolute") == "a b.txt"


def test_a_link_to_the_folder_itself_may_be_served(folder: Folder):
    link = folder.root.with_name("result")
    link.symlink_to("site")
    assert content(Folder.at(link), "/") == "index.html"


def test_a_link_in_a_circle_leads_to_nothing(folder: Folder):
    (folder.root / "one").symlink_to("two")
    (folder.root / "two").symlink_to("one")
    assert refusal(folder, "/one") is HTTPStatus.NOT_FOUND


def test_pipes_and_devices_are_nothing(folder: Folder):
    os.mkfifo(folder.root / "pipe")
    (folder.root / "null").symlink_to("/dev/null")
    assert refusal(folder, "/pipe") is HTTPStatus.NOT_FOUND
    assert refusal(folder, "/null") is HTTPStatus.NOT_FOUND


def test_what_may_not_be_read_is_told_as_that_alone(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied", "/the/path")

    monkeypatch.setattr(os, "open", deny)
    assert refusal(folder, "/index.html") is HTTPStatus.FORBIDDEN


def test_too_many_open_files_are_told_as_busy(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    def deny(*_: object) -> int:
        raise OSError(24, "Too many open files", "/the/path")

    monkeypatch.setattr(os, "open", deny)
    assert refusal(folder, "/index.html") is HTTPStatus.SERVICE_UNAVAILABLE


def test_compressed_files_count_unless_they_are_older(folder: Folder):
    plain, packed = folder.root / "index.html", folder.root / "index.html.br"
    packed.write_bytes(b"packed")
    for path in (plain, packed):
        os.utime(path, (1, 1))
    with folder.open("/") as file:
        found = folder.compressed(file, ".br")
        assert found is not None
        assert found.read() == b"packed"
        found.close()
        assert folder.compressed(file, ".gz") is None
    os.utime(plain, (2, 2))
    with folder.open("/") as file:
        assert folder.compressed(file, ".br") is None


def test_a_compressed_file_may_not_lie_outside(folder: Folder):
    (folder.root / "index.html.br").symlink_to("../secret")
    with folder.open("/") as file:
        assert folder.compressed(file, ".br") is None


def test_a_file_that_becomes_shorter_fails(folder: Folder):
    with folder.open("/") as file:
        (folder.root / "index.html").write_bytes(b"")
        assert file.size == len("index.html")
        with pytest.raises(OSError, match="shorter"):
            file.read(5)


@pytest.mark.parametrize("name", ["nothing", "secret", "circle"])
def test_what_is_no_folder_cannot_be_served(folder: Folder, tmp_path: Path, name: str):
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(NotServable, match=name) as caught:
        Folder.at(folder.root.parent / name)
    assert caught.value.hint


def test_whether_the_folder_is_still_there(folder: Folder, tmp_path: Path):
    assert folder.is_there()
    folder.root.rename(tmp_path / "away")
    assert not folder.is_there()


def test_digests_are_of_contents_alone(folder: Folder):
    digests = Digests()
    names = {"one": b"1" * 5, "same": b"1" * 5, "two": b"2" * 5}
    for name, data in names.items():
        (folder.root / name).write_bytes(data)
        # As in a Nix store.
        os.utime(folder.root / name, (1, 1))
    found = {}
    for name, data in names.items():
        with folder.open(f"/{name}") as file:
            found[name] = digests.of(file)
            assert digests.of(file) == found[name]
            assert file.read() == data
    assert found["one"] == found["same"] != found["two"]


def test_digests_follow_what_changes(folder: Folder):
    digests = Digests()
    with folder.open("/") as file:
        before = digests.of(file)
    (folder.root / "new").write_text("INDEX.HTML")
    os.utime(folder.root / "new", (1, 1))
    os.utime(folder.root / "index.html", (1, 1))
    (folder.root / "new").replace(folder.root / "index.html")
    with folder.open("/") as file:
        assert digests.of(file) != before
