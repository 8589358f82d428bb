from __future__ import annotations

import pytest

from wasmwright.words import InvalidResponseFile, InvalidVariable, expand, words_from


def test_response_files_are_put_in_place_and_nest():
    files = {"a.rsp": 'x.o "a b.o"\n@b.rsp', "b.rsp": "-lz"}
    assert expand(["-o", "m.so", "@a.rsp", "@none"], files.get) == ["-o", "m.so", "x.o", "a b.o", "-lz", "@none"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("-c 'a.c", "a.rsp: the response file cannot be read"), ("-c @a.rsp", "a.rsp: response files name each other")],
)
def test_response_files_that_cannot_be_read_are_named(text: str, told: str):
    with pytest.raises(InvalidResponseFile, match=told):
        expand(["@a.rsp"], {"a.rsp": text}.get)


def test_quotes_of_a_variable_have_to_end():
    with pytest.raises(InvalidVariable, match="WASMWRIGHT_CFLAGS cannot be read"):
        words_from({"WASMWRIGHT_CFLAGS": "'-DA"}, "WASMWRIGHT_CFLAGS")
