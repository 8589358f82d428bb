from __future__ import annotations

import random
import shlex
from typing import TYPE_CHECKING

import pytest

from wasmwright.words import InvalidResponseFile, InvalidVariable, expand, response_file, shell_words, words_from

if TYPE_CHECKING:
    from pathlib import Path


def test_response_files_are_put_in_place_and_nest():
    files = {"a.rsp": 'x.o "a b.o"\n@b.rsp', "b.rsp": "-lz"}
    assert expand(["-o", "m.so", "@a.rsp", "@none"], files.get) == ["-o", "m.so", "x.o", "a b.o", "-lz", "@none"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("-c 'a.c", "a.rsp: the response file cannot be read"),
        ("-c a\\", "a.rsp: the response file cannot be read"),
        ("-c a\0b", "a.rsp: the response file cannot be read: it holds a zero byte"),
        ("-c @a.rsp", "a.rsp: response files name each other"),
    ],
)
def test_response_files_that_cannot_be_read_are_named(text: str, told: str):
    with pytest.raises(InvalidResponseFile, match=told):
        expand(["@a.rsp"], {"a.rsp": text}.get)


def test_quotes_of_a_variable_have_to_end():
    with pytest.raises(InvalidVariable, match="WASMWRIGHT_CFLAGS cannot be read"):
        words_from({"WASMWRIGHT_CFLAGS": "'-DA"}, "WASMWRIGHT_CFLAGS")


def test_words_are_the_shells():
    draw = random.Random(1)
    for _ in range(3000):
        text = "".join(draw.choices("ab \t\n'\"\\#", k=draw.randrange(12)))
        try:
            expected = shlex.split(text)
        except ValueError as error:
            with pytest.raises(ValueError, match=str(error)):
                shell_words(text)
        else:
            assert shell_words(text) == expected


def test_a_long_word_takes_no_longer_than_many_short_ones():
    # An hour, were each character to copy what is there.
    assert shell_words("'" + "x" * 3_000_000 + "'") == ["x" * 3_000_000]


def test_files_that_name_each_other_in_a_tree_do_not_fill_the_memory():
    files = {f"{n}.rsp": f"x @{n + 1}.rsp @{n + 1}.rsp @{n + 1}.rsp" for n in range(18)}
    with pytest.raises(InvalidResponseFile, match="of over 200000 words"):
        expand(["@0.rsp"], files.get)


@pytest.mark.parametrize("text", ["", "  "])
def test_files_that_hold_nothing_but_each_other_come_to_an_end(text: str):
    files = {f"{n}.rsp": f"@{n + 1}.rsp @{n + 1}.rsp" for n in range(19)} | {"19.rsp": text}
    with pytest.raises(InvalidResponseFile, match="or 16 MiB, in all"):
        expand(["@0.rsp"], files.get)


def test_a_response_file_is_read_as_far_as_it_is_taken(tmp_path: Path):
    path = tmp_path / "x.rsp"
    path.write_text("a b\n")
    assert expand([f"@{path}"], response_file) == ["a", "b"]
    with path.open("r+b") as file:
        file.truncate(1 << 40)
    with pytest.raises(InvalidResponseFile, match="or 16 MiB, in all"):
        expand([f"@{path}"], response_file)
    assert expand([f"@{tmp_path}", "@none", "@\0"], response_file) == [f"@{tmp_path}", "@none", "@\0"]
