from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_text, odd_text, try_cases

from wasmwright.serving.answer import HEALTH, HttpRequest, Site
from wasmwright.serving.digests import Digests
from wasmwright.serving.folder import Folder

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from wasmwright.serving.answer import HttpResponse

PLAIN = b"\0asm" + b"plain " * 100
PACKED = {".br": b"brotli", ".gz": gzip.compress(PLAIN)}
ENCODINGS = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    root = tmp_path / "site"
    (root / "simple/numpy").mkdir(parents=True)
    (root / "index.html").write_text("page")
    (root / "empty.txt").touch()
    (root / "a.wasm").write_bytes(PLAIN)
    for suffix, data in PACKED.items():
        (root / f"a.wasm{suffix}").write_bytes(data)
    (root / "simple/numpy/index.html").write_text("<a>")
    (tmp_path / "secret").write_text("the secret")
    (root / "out").symlink_to("../secret")
    return Site(folder=Folder.at(root), digests=Digests(), keep_versioned=False)


def body(answer: HttpResponse) -> bytes:
    if answer.file is None:
        return answer.text
    assert answer.length is not None
    with answer.file as file:
        file.seek(answer.start)
        return file.read(answer.length) if answer.length else b""


def get(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = site.answer(HttpRequest(method=method, path=path, headers=names))
    return answer.status.value, dict(answer.headers), body(answer)


def test_a_file(site: Site):
    status, headers, data = get(site, "/")
    assert (status, data) == (200, b"page")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Accept-Ranges"] == "bytes"
    assert "Vary" not in headers


@pytest.mark.parametrize(
    ("accepted", "coding", "data"),
    [
        ("gzip, deflate, br", "br", PACKED[".br"]),
        ("gzip", "gzip", PACKED[".gz"]),
        ("br;q=0.5, gzip", "gzip", PACKED[".gz"]),
        ("br;q=0, gzip;q=0.1", "gzip", PACKED[".gz"]),
        ("*", "br", PACKED[".br"]),
        ("", None, PLAIN),
        ("identity", None, PLAIN),
        ("br;q=0, gzip;q=0", None, PLAIN),
        ("zstd", None, PLAIN),
    ],
)
def test_what_was_compressed_before_is_chosen_by_the_client(site: Site, accepted: str, coding: str, data: bytes):
    status, headers, sent = get(site, "/a.wasm", accept_encoding=accepted)
    assert (status, sent) == (200, data)
    assert headers.get("Content-Encoding") == coding
    assert headers["Content-Type"] == "application/wasm"
    assert headers["Vary"] == "Accept-Encoding"


def test_each_coding_has_a_tag_of_its_own(site: Site):
    tags = {get(site, "/a.wasm", accept_encoding=coding)[1]["ETag"] for coding in ("br", "gzip", "")}
    assert len(tags) == 3


def test_a_compressed_file_itself_is_a_file(site: Site):
    status, headers, data = get(site, "/a.wasm.gz", accept_encoding="gzip")
    assert (status, data) == (200, PACKED[".gz"])
    assert headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in headers


def test_what_the_client_has_is_not_sent_again(site: Site):
    tag = get(site, "/a.wasm", **ENCODINGS)[1]["ETag"]
    status, headers, data = get(site, "/a.wasm", if_none_match=f'"x", W/{tag}', accept_encoding="br")
    assert (status, data) == (304, b"")
    assert headers["ETag"] == tag
    assert {"Cache-Control", "Vary", "Access-Control-Allow-Origin"} <= headers.keys()
    assert get(site, "/a.wasm", if_none_match=tag)[0] == 200, "it is the tag of another coding"
    assert get(site, "/a.wasm", if_none_match='"x"')[0] == 200


def test_another_content_than_was_asked_for_is_told(site: Site):
    tag = get(site, "/")[1]["ETag"]
    assert get(site, "/", if_match='"x"')[0] == 412
    assert get(site, "/", if_match=tag)[0] == 200
    assert get(site, "/", if_match="*")[0] == 200


def test_a_range_is_one_of_the_file_itself(site: Site):
    status, headers, data = get(site, "/a.wasm", range="bytes=1-3", **ENCODINGS)
    assert (status, data) == (206, b"asm")
    assert headers["Content-Range"] == f"bytes 1-3/{len(PLAIN)}"
    assert headers["ETag"] == get(site, "/a.wasm")[1]["ETag"]
    assert "Content-Encoding" not in headers


def test_an_absurd_range_is_told_with_the_size(site: Site):
    status, headers, data = get(site, "/a.wasm", range="bytes=99999-", **ENCODINGS)
    assert (status, headers["Content-Range"]) == (416, f"bytes */{len(PLAIN)}")
    assert "ETag" not in headers
    assert b"asm" not in data


def test_a_range_of_another_content_is_everything(site: Site):
    tag = get(site, "/a.wasm")[1]["ETag"]
    assert get(site, "/a.wasm", range="bytes=0-0", if_range=tag)[0] == 206
    for other in ('"x"', f"W/{tag}", "Thu, 26 Nov 2026 21:00:00 GMT"):
        status, _, data = get(site, "/a.wasm", range="bytes=0-0", if_range=other)
        assert (status, data) == (200, PLAIN)


def test_only_a_get_has_ranges(site: Site):
    answer = site.answer(HttpRequest(method="HEAD", path="/a.wasm", headers={"range": "bytes=0-0"}))
    assert (answer.status, answer.length) == (200, len(PLAIN))
    body(answer)


def test_an_empty_file(site: Site):
    status, _headers, data = get(site, "/empty.txt")
    assert (status, data) == (200, b"")
    assert get(site, "/empty.txt", range="bytes=0-")[0] == 416


def test_preflight(site: Site):
    status, headers, data = get(site, "/a.wasm", "OPTIONS", origin="http://other.example")
    assert (status, data) == (204, b"")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Methods"] == headers["Allow"] == "GET, HEAD, OPTIONS"
    assert headers["Access-Control-Allow-Headers"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "CONNECT", "X", "get"])
def test_other_methods(site: Site, method: str):
    status, headers, _ = get(site, "/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_folder_is_moved_to_relative_to_where_it_was_asked_for(site: Site):
    answer = site.answer(HttpRequest(method="GET", path="//simple/numpy", query="q=a b\xe9\x01&path=x/y.ipynb"))
    assert answer.status == 301
    assert answer.headers["Location"] == "./numpy/?q=a%20b%E9%01&path=x/y.ipynb"


def test_a_folder_with_an_odd_name_is_moved_to(site: Site):
    (site.folder.root / "a:b?").mkdir()
    (site.folder.root / "a:b?/index.html").touch()
    assert get(site, "/a:b?")[1]["Location"] == "./a%3Ab%3F/"


@pytest.mark.parametrize("path", ["/nothing", "/out", "/simple/", "/../secret"])
def test_what_is_not_there_tells_nothing_of_the_folder(site: Site, path: str):
    status, headers, data = get(site, path)
    assert (status, data) == (404, b"404 Not Found\n")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_health(site: Site, tmp_path: Path):
    assert get(site, HEALTH)[0] == 200
    site.folder.root.rename(tmp_path / "away")
    assert get(site, HEALTH)[0] == 503


SAMPLES = ("/index.html", "/simple/numpy/", "/a.wasm", "/out", "/../secret", "/.%2e/secret", "/empty.txt", HEALTH)
HEADERS = {
    "range": ("bytes=0-5", "bytes=-5", "bytes=1-", "bytes=0-1,3-4"),
    "if-range": ('"0123"', 'W/"0"', "Thu, 26 Nov 2026 21:00:00 GMT"),
    "if-none-match": ('"0123", W/"456"', "*"),
    "if-match": ('"0123"', "*"),
    "accept-encoding": ("gzip, deflate, br;q=0.5", "*;q=0.1, identity;q=0"),
}


def odd_request(rng: random.Random) -> HttpRequest:
    headers = {
        name: mutated_text(rng, samples) if rng.random() < 0.7 else rng.choice(samples)
        for name, samples in HEADERS.items()
        if rng.random() < 0.4
    }
    path = mutated_text(rng, SAMPLES) if rng.random() < 0.6 else rng.choice(SAMPLES)
    method = rng.choice(["GET", "GET", "GET", "HEAD", "OPTIONS", odd_text(rng)])
    return HttpRequest(method=method, path=path, query=odd_query(rng), headers=headers)


def odd_query(rng: random.Random) -> str:
    # As servers hand it over: a character for each byte.
    return odd_text(rng).encode("utf-8", "replace").decode("latin-1")


@few_or_many
def test_odd_requests_get_answers_and_no_secrets(site: Site, cases: Cases):
    def answer(request: HttpRequest) -> None:
        answered = site.answer(request)
        data = body(answered)
        assert answered.length is None or answered.length == len(data)
        assert b"secret" not in data
        assert answered.status < 500 or request.path == HEALTH
        for name, value in answered.headers.items():
            assert name.isascii()
            assert value.isascii()
            assert value.isprintable()

    try_cases(answer, odd_request, cases, refusals=())
