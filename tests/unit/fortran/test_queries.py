from __future__ import annotations

import pytest

from wasmwright.fortran.queries import answer
from wasmwright.fortran.settings import Parts

PARTS = Parts(flang="flang", clang="clang", clang_flags=(), linker="emcc", runtime="/lib/libFortranRuntime.a")


def test_version_is_recognised_as_llvms_flang():
    assert answer("--version", PARTS).startswith("flang-new version 19.1.7")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("-dumpversion", "19.1.7\n"),
        ("-dumpmachine", "wasm32-unknown-emscripten\n"),
        ("--print-target-triple", "wasm32-unknown-emscripten\n"),
        ("-print-search-dirs", "programs: =\nlibraries: =/lib\n"),
        ("--print-file-name=libx.a", "libx.a\n"),
    ],
)
def test_questions_of_build_systems(query: str, text: str):
    assert answer(query, PARTS) == text


def test_linker_is_lld():
    assert answer("-Wl,--version", PARTS).startswith("LLD ")
