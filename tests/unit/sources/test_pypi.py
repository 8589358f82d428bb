from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag

from wasmwright import limits
from wasmwright.errors import HashMismatch
from wasmwright.limits import Limit
from wasmwright.sources import pypi
from wasmwright.sources.client import NoAnswer, NotThere, Reply
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
    return pypi.read_page(Reply(url=PAGE, kind=kind, charset="utf-8", content=text.encode()), "thing")


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


GOOD = {"filename": "thing-1.tar.gz", "url": "x", "hashes": {}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[]", "it is no object"),
        ("[" * 100_000, "within each other in a JSON text"),
        ("{}", "files is missing"),
        ('{"files": null}', "files is no list"),
        ('{"files": [1]}', "an entry of files is no object"),
        ('{"files": [{}]}', r"an entry of files\.filename is missing"),
        (json.dumps({"files": [GOOD | {"url": 1}]}), r"an entry of files\.url is no string"),
        (json.dumps({"files": [GOOD | {"url": "http://["}]}), r"thing-1\.tar\.gz' has no web address: 'http://\['"),
        (json.dumps({"files": [GOOD | {"url": "file:///etc/passwd"}]}), "no web address"),
        (json.dumps({"files": [GOOD | {"hashes": 1}]}), r"hashes is no object"),
        (json.dumps({"files": [GOOD | {"hashes": {"sha256": "zz"}}]}), "no sha256 of 64 hexadecimal digits"),
        (json.dumps({"files": [GOOD | {"size": -1}]}), "a size of -1"),
        (json.dumps({"files": [GOOD | {"size": 1 << 70}]}), "a size of 1180591620717411303424"),
        (json.dumps({"files": [GOOD | {"size": "1"}]}), "size is no whole number"),
        ('{"files": [{"filename": "\\ud800", "url": "x"}]}', "lone surrogate"),
    ],
)
def test_other_json_is_told_as_what_it_is(text: str, told: str):
    with pytest.raises(NoAnswer, match=rf"^{PAGE}: its answer is no page of a package index: .*{told}"):
        _parse(text, "application/json")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><title>Hotel</title><a href='/login'>log in</a><a href='mailto:a@b.test'>help</a></html>",
        "<a href='http://['>thing</a>",
        "<base href='http://['><a href='mailto:x'>",
    ],
)
def test_any_other_page_is_none_of_an_index(text: str):
    with pytest.raises(NoAnswer, match=r"names no file of thing: .* where one has to log in"):
        _parse(text)


@pytest.mark.parametrize("text", ["<![x[", "<!DOCTYPE [", "<a title='&#" + "9" * 5000 + ";'>", "x" * (9 << 20)])
def test_broken_page_is_told(text: str):
    with pytest.raises(NoAnswer):
        _parse(text)


def test_project_without_files_is_no_login_page():
    assert _parse('<meta name="pypi:repository-version" content="1.0">') == ()
    assert _parse('{"files": []}', "application/json") == ()


def test_bad_links_among_good_ones_are_passed_over():
    files = _parse("<a href='http://['>x</a><a href='Thing-1.zip#sha256=zz'>x</a><a href='mailto:x'>x</a>")
    assert files == (IndexFile(name="Thing-1.zip", url=f"{PAGE}Thing-1.zip"),)


def test_page_with_more_files_than_any_project_has(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PAGE_FILES", Limit(name="files", most=9))
    with pytest.raises(NoAnswer, match="files: 10, and no more than 9"):
        _parse("<a href='thing-1.zip'>" * 11)
    with pytest.raises(NoAnswer, match="files: 10, and no more than 9"):
        _parse(json.dumps({"files": [GOOD] * 10}), "application/json")
    monkeypatch.setattr(limits, "PAGE_TAGS", Limit(name="tags", most=9))
    with pytest.raises(NoAnswer, match="tags: 10, and no more than 9"):
        _parse("<b>" * 10)


def test_names_with_thousands_of_tags_are_no_wheels():
    many = ".".join(f"t{number}" for number in range(40))
    files = _files(f"thing-1-{many}-{many}-{many}.whl", "thing-1-py2.py3-none-any.whl", f"thing-{'9' * 5000}.tar.gz")
    assert [release.file.name for release in pypi.wheels(files)] == ["thing-1-py2.py3-none-any.whl"]
    assert pypi.sdists(files) == ()


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


def test_login_page_is_no_lost_pin(client: Client, mirror: FakeMirror):
    mirror.portal = b"<html><a href='/login'>log in</a></html>"
    with pytest.raises(NoAnswer, match="has to log in"):
        pypi.list_files(client, ["http://pypi.test/simple"], "thing")


def test_size_is_asked_for_when_the_page_does_not_tell(client: Client, mirror: FakeMirror):
    mirror.files["http://pypi.test/a"] = b"12345"
    file = IndexFile(name="a", url="http://pypi.test/a", sha256="c" * 64)
    assert pypi.measured(client, file) == (5, "c" * 64)
    assert mirror.asked[0][0] == "HEAD"


def test_file_without_hash_is_downloaded_to_hash_it(client: Client, mirror: FakeMirror):
    mirror.files["http://pypi.test/a"] = b"12345"
    file = IndexFile(name="a", url="http://pypi.test/a")
    assert pypi.measured(client, file) == (5, hashlib.sha256(b"12345").hexdigest())


def test_login_page_is_not_taken_for_the_file(client: Client, mirror: FakeMirror):
    mirror.portal = b"<html>please log in</html>"
    with pytest.raises(NoAnswer, match="has to log in"):
        pypi.measured(client, IndexFile(name="a", url="http://pypi.test/a"))


def test_download_that_differs_from_the_page_is_refused(client: Client, mirror: FakeMirror):
    mirror.files["http://pypi.test/a"] = b"12345"
    mirror.headers["Content-Length"] = "unknown"
    with pytest.raises(HashMismatch):
        pypi.measured(client, IndexFile(name="a", url="http://pypi.test/a", sha256="c" * 64))
