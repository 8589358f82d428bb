from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from wasmwright.sources.client import NoAnswer, NotThere, shown

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
        (requests.exceptions.ProxyError(), "the proxy refuses"),
        (requests.ConnectTimeout(), "timed out"),
        (requests.ConnectionError(), "no connection"),
        (requests.exceptions.InvalidURL(), "InvalidURL"),
    ],
)
def test_reason_is_told_in_words(client: Client, mirror: FakeMirror, fault: Exception, told: str):
    mirror.faults = [fault] * 3
    with pytest.raises(NoAnswer, match=told):
        client.get(URL)


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


def test_credentials_are_not_shown():
    assert shown("http://user:secret@a.test:8080/x?y=1") == "http://a.test:8080/x?y=1"
