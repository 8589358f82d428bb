from __future__ import annotations

import pytest

from wasmwright.addresses import is_web_address, joined, origin, shown

NONE = ["http://[", "http://[::1", "http://", "http:///x", "file:///x", "ftp://a/x", "//a/x", "a", "", "http://a:x/"]
NONE += [
    "http://a:99999/",
    "http://a:0/",
    "http://a b/",
    "http://a/\n",
    "http://a/\x1b[2J",
    "javascript:x",
    "mailto:a@b",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address_on_the_web(text: str):
    assert not is_web_address(text)


@pytest.mark.parametrize("text", ["http://a", "https://user:pass@a.b:8080/x?y#z", "http://[::1]:80/", "HTTP://A/"])
def test_addresses_on_the_web(text: str):
    assert is_web_address(text)


def test_links_are_joined_without_their_fragments():
    assert joined("http://a/simple/x/", "../../f/x.whl#sha256=0") == "http://a/f/x.whl"
    assert joined("http://a/x/", "//b/y") == "http://b/y"
    assert joined("http://a/x/", "http://[") is None
    assert joined("http://a/x/", "mailto:x@y") is None


def test_credentials_are_not_shown():
    assert shown("http://user:secret@a.test:8080/x?y=1") == "http://a.test:8080/x?y=1"
    assert shown("http://user:secret@[") == "["
    assert origin("http://a:1/x") == "a:1"
    assert origin("http://[") == "http://["
