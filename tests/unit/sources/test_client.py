from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
import requests
import urllib3

from wasmwright.limits import Limit
from wasmwright.sources.client import NoAnswer, NotThere

if TYPE_CHECKING:
    from wasmwright.sources.client import Client

    from .conftest import FakeMirror

URL = "http://a.test/file"


def test_missing_file_is_not_asked_for_twice(client: Client, mirror: FakeMirror):
    with pytest.raises(NotThere):
        client.get(URL)
    assert len(mirror.asked) == 1


def test_refusal_is_not_repeated(client: Client, mirror: FakeMirror):
    mirror.faults = [401]
    with pytest.raises(NoAnswer, match="HTTP status 401"):
        client.get(URL)
    assert len(mirror.asked) == 1


def test_failing_server_is_asked_as_often_as_allowed(client: Client, mirror: FakeMirror):
    mirror.faults = [500, 502, 503, 504]
    with pytest.raises(NoAnswer, match="HTTP status 503"):
        client.get(URL)
    assert len(mirror.asked) == 3


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (requests.exceptions.SSLError(), "the certificate is not trusted"),
        (
            requests.exceptions.SSLError("certificate has expired (_ssl.c:1)"),
            "which is this machine's date",
        ),
        (
            urllib3.exceptions.SSLError("certificate is not yet valid"),
            r"not for 2\d\d\d-\d\d-\d\d, which",
        ),
        (requests.exceptions.ProxyError(), "the proxy refuses"),
        (requests.ConnectTimeout(), "timed out"),
        (requests.ConnectionError(), "no connection"),
        (requests.ConnectionError(urllib3.exceptions.ReadTimeoutError(None, "x", "y")), "timed out"),  # type: ignore[arg-type]
        (requests.exceptions.InvalidURL(), "no web address"),
        (requests.exceptions.InvalidSchema(), "no web address"),
        (requests.exceptions.InvalidProxyURL(), "the address of the proxy is none"),
        (requests.exceptions.TooManyRedirects(), "from one address to the next without end"),
        (requests.exceptions.ChunkedEncodingError(), "the connection broke off"),
        (requests.exceptions.ContentDecodingError(), "compressed, and broken"),
        (requests.exceptions.InvalidHeader(), "not HTTP"),
        (urllib3.exceptions.LocationParseError("http://["), "no web address"),
        (urllib3.exceptions.ProtocolError("x"), "the connection broke off"),
        (urllib3.exceptions.DecodeError("x"), "compressed, and broken"),
        (ValueError("Invalid IPv6 URL"), "no web address"),
        (OSError("there is no file /ca.pem"), r"there is no file /ca\.pem"),
    ],
)
def test_reason_is_told_in_words(client: Client, mirror: FakeMirror, fault: Exception, told: str):
    mirror.faults = [fault] * 3
    with pytest.raises(NoAnswer, match=told) as caught:
        client.get(URL)
    assert type(fault).__name__ not in str(caught.value)


def test_address_that_is_none_is_not_asked_again(client: Client, mirror: FakeMirror):
    mirror.faults = [requests.exceptions.InvalidURL()]
    with pytest.raises(NoAnswer):
        client.get(URL)
    assert len(mirror.asked) == 1
    with pytest.raises(NotThere):
        client.get(URL)


def test_server_that_says_nothing_is_asked_twice(client: Client, mirror: FakeMirror):
    mirror.faults = [requests.ReadTimeout()] * 3
    with pytest.raises(NoAnswer, match="timed out"):
        client.get(URL)
    assert len(mirror.asked) == 2


def test_answer_is_read_whole_and_to_its_limit(client: Client, mirror: FakeMirror):
    mirror.files[URL] = b"12345"
    mirror.headers["Content-Type"] = "Text/HTML; charset='latin-1'"
    mirror.cut_after = [2]
    answer = client.read(URL, most=Limit(name="size", most=5))
    assert (answer.content, answer.kind, answer.charset) == (b"12345", "text/html", "latin-1")
    with pytest.raises(NoAnswer, match="size: more than 4, which is not read"):
        client.read(URL, most=Limit(name="size", most=4))


def test_text_in_a_charset_that_nobody_knows(client: Client, mirror: FakeMirror):
    mirror.files[URL] = b"a\xff"
    mirror.headers["Content-Type"] = "text/html; charset=none-such"
    assert client.read(URL, most=Limit(name="size", most=5)).text() == "a\ufffd"


@pytest.mark.parametrize("length", ["\u00b2", "-1", "1e3", "", "9" * 5000, "12, 12", " 12"])
def test_odd_length_is_none(client: Client, mirror: FakeMirror, length: str):
    mirror.files[URL] = b"12345"
    mirror.headers["Content-Length"] = length
    assert client.size(URL) is None


def test_page_for_people_is_no_file(client: Client, mirror: FakeMirror):
    mirror.portal = b"<html>please log in</html>"
    with pytest.raises(NoAnswer, match="has to log in"):
        client.size(URL)


def test_who_waits_is_told_for_whom(client: Client, mirror: FakeMirror):
    said, told = [], threading.Event()

    def say(text: str) -> None:
        said.append(text)
        told.set()

    class Slow:
        def request(self, method: str, url: str, **options: object) -> requests.Response:
            assert told.wait(60)
            return mirror.request(method, url, **{**options, "headers": {}})  # type: ignore[arg-type]

    mirror.files["http://user:secret@a.test/file"] = b"x"
    slow = replace(client, session=cast("requests.Session", Slow()), say=say, tell_after=0.0)
    slow.size("http://user:secret@a.test/file")
    assert said == ["waiting for an answer of a.test"]


def test_server_that_refuses_head_is_asked_with_get(client: Client, mirror: FakeMirror):
    mirror.files[URL] = b"12345"
    mirror.faults = [405]
    assert client.size(URL) == 5
    assert [asked[0] for asked in mirror.asked] == ["HEAD", "GET"]


def test_silent_mirror_is_given_up_for_all_files(client: Client, mirror: FakeMirror):
    mirror.is_down = True
    for _ in range(2):
        with pytest.raises(NoAnswer, match="no connection"):
            client.get(URL)
    assert len(mirror.asked) == 3
    with pytest.raises(NoAnswer):
        client.get("http://b.test/file")
    assert len(mirror.asked) == 6
