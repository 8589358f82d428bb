from __future__ import annotations

import pytest

from wasmwright.wrapper.arguments import Mode, Word, expand, split, understand


def test_response_files_are_put_in_place_and_nest():
    files = {"a.rsp": 'x.o "a b.o"\n@b.rsp', "b.rsp": "-lz"}
    assert expand(["-o", "m.so", "@a.rsp", "@none"], files.get) == ["-o", "m.so", "x.o", "a b.o", "-lz", "@none"]


def test_neighbouring_linker_options_become_one_word():
    words = split(["-Wl,-rpath", "-Wl,/x", "-Xlinker", "-z", "a.o"])
    assert words == [Word(text="-Wl", tokens=("-rpath", "/x", "-z")), Word(text="a.o")]


@pytest.mark.parametrize(
    ("argv", "mode"),
    [
        (["-c", "a.c"], Mode.COMPILE),
        (["-E", "-"], Mode.COMPILE),
        (["-shared", "a.o"], Mode.SIDE_MODULE),
        (["-sSIDE_MODULE=2", "a.o"], Mode.SIDE_MODULE),
        (["-r", "a.o"], Mode.OBJECT),
        (["-v", "a.o"], Mode.PROGRAM),
        (["-I", "x"], Mode.QUERY),
        ([], Mode.QUERY),
    ],
)
def test_modes(argv: list[str], mode: Mode):
    assert understand(split(argv)).mode is mode


@pytest.mark.parametrize("argv", [["a.c", "-o", "out"], ["-oout", "a.c"]])
def test_output(argv: list[str]):
    command = understand(split(argv))
    assert (command.inputs, command.output) == (("a.c",), "out")


def test_a_value_at_the_end_that_is_missing():
    assert split(["a.c", "-o"]) == [Word(text="a.c"), Word(text="-o")]
