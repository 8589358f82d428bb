from __future__ import annotations

import random
import shlex

import pytest

from wasmwright.words import InvalidResponseFile, InvalidVariable, expand, shell_words, words_from


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
    with pytest.raises(InvalidResponseFile, match="has over 200000 words"):
        expand(["@0.rsp"], files.get)
