from __future__ import annotations

import pytest

from wasmwright.wrapper.arguments import split, understand


def test_neighbouring_linker_options_become_one_word():
    linker, file = split(["-Wl,-rpath", "-Wl,/x", "-Xlinker", "-z", "a.o"])
    assert (linker.text, linker.tokens) == ("-Wl,", ("-rpath", "/x", "-z"))
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
        (["a.c", "-c", "-o"], "query"),
        (["a.c", "-shared", "-Xlinker"], "query"),
        (["a.o", "-o", "-shared"], "program"),
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


def test_many_options_of_the_linker_take_no_longer_than_others():
    # Minutes, were each to copy those before it.
    (word,) = split(["-Wl,-x"] * 200_000)
    assert len(word.tokens) == 200_000
