from __future__ import annotations

import pytest

from wasmwright.wrapper.direct import clang_arguments

ABI = ("-fPIC", "-fwasm-exceptions", "-sSUPPORT_LONGJMP=wasm")


def test_plain_compilation_goes_to_clang_without_the_settings():
    argv = [*ABI, "-g0", "-Wno-version-check", "-O2", "-I", "include", "-c", "a.c", "-o", "a.o"]
    expected = ["-fPIC", "-fwasm-exceptions", "-g0", "-O2", "-I", "include", "-c", "a.c", "-o", "a.o"]
    assert clang_arguments(argv, ABI, ("-Wno-version-check",)) == expected


@pytest.mark.parametrize(
    "argv",
    [
        ["a.o", "-o", "a.js"],
        ["-c", "a.o"],
        ["-E", "-"],
        ["-c", "a.s"],
        ["-c", "a.c", "-sMEMORY64=1"],
        ["-c", "a.c", "-s", "MEMORY64=1"],
        ["-c", "a.c", "--use-port=zlib"],
        ["-c", "a.c", "-fsanitize=address"],
        ["-c"],
    ],
)
def test_what_emcc_knows_better_stays_with_it(argv: list[str]):
    assert clang_arguments([*ABI, *argv], ABI, ()) is None


@pytest.mark.parametrize("action", ["-c", "-E", "-S", "-fsyntax-only", "-M"])
def test_everything_but_a_link_needs_clang_only(action: str):
    assert clang_arguments([action, "a.c"], ABI, ()) == [action, "a.c"]


def test_clangs_own_options_are_no_settings():
    argv = ["-std=c17", "-save-temps", "-c", "a.c"]
    assert clang_arguments(argv, ABI, ()) == argv
