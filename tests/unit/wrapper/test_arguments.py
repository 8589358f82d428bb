from __future__ import annotations

import pytest

from wasmwright.errors import InvalidResponseFile
from wasmwright.wrapper.arguments import expand, split, understand


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


def test_neighbouring_linker_options_become_one_word():
    linker, file = split(["-Wl,-rpath", "-Wl,/x", "-Xlinker", "-z", "a.o"])
    assert (linker.text, linker.tokens) == ("-Wl", ("-rpath", "/x", "-z"))
    assert (file.text, file.tokens) == ("a.o", ())


@pytest.mark.parametrize(
    ("argv", "mode"),
    [
        (["-c", "a.c"], "compile"),
        (["-E", "-"], "compile"),
        (["-shared", "a.o"], "side module"),
        (["-sSIDE_MODULE=2", "a.o"], "side module"),
        (["-r", "a.o"], "object"),
        (["-v", "a.o"], "program"),
        (["-I", "x"], "query"),
        ([], "query"),
    ],
)
def test_modes(argv: list[str], mode: str):
    assert understand(split(argv)).mode == mode


@pytest.mark.parametrize("argv", [["a.c", "-o", "out"], ["-oout", "a.c"]])
def test_output(argv: list[str]):
    command = understand(split(argv))
    assert (command.inputs, command.output) == (("a.c",), "out")


def test_a_value_at_the_end_that_is_missing():
    assert [word.arguments() for word in split(["a.c", "-o"])] == [["a.c"], ["-o"]]
