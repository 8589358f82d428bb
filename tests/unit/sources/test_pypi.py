from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag

from wasmwright.errors import HashMismatch
from wasmwright.sources import pypi
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.pypi import IndexFile

if TYPE_CHECKING:
    from wasmwright.sources.client import Client

    from .conftest import FakeMirror

PAGE = "http://pypi.test/simple/thing/"
LINUX = Tag("py3", "none", "manylinux_2_17_x86_64")
ANY = Tag("py3", "none", "any")


def _files(*names: str) -> list[IndexFile]:
    return [IndexFile(name=name, url=f"http://pypi.test/{name}") for name in names]


def _parse(text: str, kind: str = "text/html") -> tuple[IndexFile, ...]:
    return pypi.parse_page(text, url=PAGE, content_type=kind)


def test_relative_links_of_html_are_joined():
    page = f'<a href="../../files/thing-1.tar.gz#sha256={"a" * 64}">thing-1.tar.gz</a>'
    (file,) = _parse(page)
    assert file == IndexFile(name="thing-1.tar.gz", url="http://pypi.test/files/thing-1.tar.gz", sha256="a" * 64)


def test_base_of_html_is_honoured():
    (file,) = _parse('<base href="/other/"><a href="thing-1%2Blocal.tar.gz">x</a>')
    assert (file.name, file.url) == ("thing-1+local.tar.gz", "http://pypi.test/other/thing-1%2Blocal.tar.gz")


def test_relative_links_of_json_are_joined():
    item = {"filename": "thing-1.tar.gz", "url": "../../f/thing-1.tar.gz", "hashes": {"sha256": "b" * 64}, "size": 7}
    (file,) = _parse(json.dumps({"files": [item]}), "application/vnd.pypi.simple.v1+json")
    assert file == IndexFile(
        name="thing-1.tar.gz", url="http://pypi.test/f/thing-1.tar.gz", sha256="b" * 64, size=7, yanked=False
    )


def test_newest_wheel_is_stable_and_fits():
    files = _files(
        "thing-1.0-py3-none-manylinux_2_17_x86_64.whl",
        "thing-1.9-py3-none-manylinux_2_17_x86_64.whl",
        "thing-1.10-py3-none-manylinux_2_17_x86_64.whl",
        "thing-2.0rc1-py3-none-manylinux_2_17_x86_64.whl",
        "thing-3.0-py3-none-win_amd64.whl",
        "thing-2.0.tar.gz",
    )
    found = pypi.newest_wheel(files, SpecifierSet(), [LINUX])
    assert found is not None
    assert str(found.version) == "1.10"


def test_pre_release_is_taken_when_it_is_named():
    files = _files("thing-2.0rc1-py3-none-any.whl")
    assert pypi.newest_wheel(files, SpecifierSet("==2.0rc1"), [ANY]) is not None
    assert pypi.newest_wheel(files, SpecifierSet(), [ANY]) is None


def test_first_tag_wins_within_a_version():
    files = _files("thing-1-py3-none-any.whl", "thing-1-py3-none-manylinux_2_17_x86_64.whl")
    found = pypi.newest_wheel(files, SpecifierSet(), [LINUX, ANY])
    assert found is not None
    assert found.tags == {LINUX}


def test_yanked_wheel_is_not_chosen():
    (file,) = _parse('<a href="thing-1-py3-none-any.whl" data-yanked="broken">x</a>')
    assert pypi.newest_wheel([file], SpecifierSet(), [ANY]) is None


def test_second_index_is_asked(client: Client, mirror: FakeMirror):
    mirror.files[PAGE] = b'<a href="thing-1.tar.gz">x</a>'
    (file,) = pypi.list_files(client, ["http://empty.test/simple", "http://pypi.test/simple"], "Thing")
    assert file.name == "thing-1.tar.gz"


def test_silent_index_matters_more_than_an_empty_one(client: Client, mirror: FakeMirror):
    mirror.faults = [404, 403]
    with pytest.raises(NoAnswer, match="HTTP status 403"):
        pypi.list_files(client, ["http://empty.test/simple", "http://silent.test/simple"], "thing")
    with pytest.raises(NotThere):
        pypi.list_files(client, ["http://empty.test/simple"], "thing")


def test_size_is_asked_for_when_the_page_does_not_tell(client: Client, mirror: FakeMirror):
    mirror.files["http://pypi.test/a"] = b"12345"
    file = IndexFile(name="a", url="http://pypi.test/a", sha256="c" * 64)
    assert pypi.measured(client, file) == (5, "c" * 64)
    assert mirror.asked[0][0] == "HEAD"


def test_file_without_hash_is_downloaded_to_hash_it(client: Client, mirror: FakeMirror):
    mirror.files["http://pypi.test/a"] = b"12345"
    file = IndexFile(name="a", url="http://pypi.test/a")
    assert pypi.measured(client, file) == (5, hashlib.sha256(b"12345").hexdigest())


def test_download_that_differs_from_the_page_is_refused(client: Client, mirror: FakeMirror):
    mirror.files["http://pypi.test/a"] = b"12345"
    mirror.headers["Content-Length"] = "unknown"
    with pytest.raises(HashMismatch):
        pypi.measured(client, IndexFile(name="a", url="http://pypi.test/a", sha256="c" * 64))
