"""Patches of which a build for WebAssembly sees nothing: each with a twin that it does see."""

from __future__ import annotations

import pytest

from wasmwright.importing.reach import unseen
from wasmwright.recipe.hunks import changes
from wasmwright.recipe.model import BuildSystem


def patch(file: str, *lines: str) -> str:
    old = sum(not line.startswith("+") for line in lines)
    new = sum(not line.startswith("-") for line in lines)
    return f"--- a/{file}\n+++ b/{file}\n@@ -1,{old} +1,{new} @@\n" + "".join(f"{line}\n" for line in lines)


def why(text: str, system: BuildSystem | None = BuildSystem.CMAKE, tools: tuple[str, ...] = ()) -> str | None:
    return unseen([*changes(text)], system, tools)


CMAKE, C = "tools/CMakeLists.txt", "src/one.c"
SAME = {
    "what was not for MSVC is for all": (CMAKE, " a()", "-if(NOT MSVC)", "-  b()", "-endif()", "+b()", " c()"),
    "more for Windows": (CMAKE, " if(WIN32)", "+  link(ws2_32)", " endif()", " a()"),
    "another word for Windows": (CMAKE, "-if(WIN32)", "+if(MSVC OR MINGW)", "   a()", " else()", "   b()", " endif()"),
    "a branch for one more": (CMAKE, " if(X)", "   a()", "+elseif(APPLE)", "+  b()", " else()", " c()", " endif()"),
    "an else where nothing else is": (CMAKE, " if(UNIX)", "   a()", "+else()", "+  b()", " endif()", " c()"),
    "comments and empty lines": (CMAKE, "-# one", "+# two", "+", " a()"),
    "shared libraries may be made": (CMAKE, "+set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS TRUE)", " a()"),
    "a part of a condition": (CMAKE, "-if(X AND NOT WIN32)", "+if(X)", "   a()", " endif()"),
    "code for Windows": (C, " #ifdef _WIN32", "-a();", "+b();", " #endif", " c();"),
    "code for a compiler": (C, " #if defined(X) && _MSC_VER >= 1900", "+a();", " #endif", " c();"),
    "code for all others": (C, " #ifdef __EMSCRIPTEN__", " a();", " #else", "-b();", " #endif", " c();"),
    "a processor more": (C, "-#if defined(X)", "+#if defined(X) || defined(__aarch64__)", " a();", " #endif"),
    "a condition over two lines": (C, " #if defined(WIN32) \\", " || defined(_AIX)", "+a();", " #endif"),
    "a comment of several lines": (C, "+/* why", "+ * it is so", "+ */", " a();"),
    "others within what is not known": (C, " #ifdef X", " #ifdef _WIN32", "-a();", " #endif", " b();", " #endif"),
}  # fmt: skip
DIFFERENT = {
    "what was for MSVC is for all": (CMAKE, " a()", "-if(MSVC)", "-  b()", "-endif()", "+b()", " c()"),
    "less where all are": (CMAKE, " if(UNIX)", "-  link(m)", " endif()", " a()"),
    "an end whose beginning is not there": (CMAKE, " a()", "-endif()", " b()", "+endif()"),
    "a condition of which nothing is known": (CMAKE, "-if(X)", "+if(Y)", "   a()", " endif()"),
    "a condition that goes on behind the hunk": (CMAKE, " a()", "-if(NOT WIN32)", "+if(WIN32)"),
    "a flag": (CMAKE, " a()", '+set(CMAKE_C_FLAGS "-s SIDE_MODULE=1")', " b()"),
    "a branch that is taken before": (CMAKE, "-if(WIN32)", "+if(UNIX)", "   a()", " elseif(X)", "   b()", " endif()"),
    "code for all but Windows": (C, " #ifndef _WIN32", "-a();", "+b();", " #endif"),
    "code for WebAssembly": (C, " #if defined(_WIN32)", " a();", "+#elif defined(__EMSCRIPTEN__)", "+b();", " #endif"),
    "a macro that may be": (C, " #if HAVE_X", "-a();", " #endif", " c();"),
    "a call in a condition": (C, "-#if __has_include(<x.h>)", "+#if __has_include(<y.h>)", " a();", " #endif"),
    "code behind a comment": (C, "-/* a */", "+/* a */ b();", " c();"),
    "a pointer that looks like a comment": (C, "-*a = 1;", "+*a = 2;", " c();"),
    "a brace that is never closed": (C, "-#if (defined(_WIN32)", "+#if (defined(__linux__)", " a();", " #endif"),
}


@pytest.mark.parametrize("case", SAME)
def test_same_for_webassembly(case: str):
    file, *lines = SAME[case]
    assert why(patch(file, *lines)) == f"`{file}`: the same for WebAssembly"
    # Of a patch that takes it back again as little is seen.
    turned = [{"+": "-", "-": "+"}.get(line[:1], line[:1]) + line[1:] for line in lines]
    assert why(patch(file, *turned)) is not None


@pytest.mark.parametrize("case", DIFFERENT)
def test_different_for_webassembly(case: str):
    file, *lines = DIFFERENT[case]
    assert why(patch(file, *lines)) is None


@pytest.mark.parametrize(
    ("file", "system", "tools", "reason"),
    [
        ("CMakeLists.txt", BuildSystem.AUTOTOOLS, (), "for cmake, and it is built by autotools"),
        ("lib/Makefile.am", BuildSystem.CMAKE, (), "for autotools, and it is built by cmake"),
        ("meson.build", BuildSystem.CMAKE, (), "for meson, and it is built by cmake"),
        ("build-aux/config.sub", BuildSystem.AUTOTOOLS, ("autotools",), "made anew by the tool `autotools`"),
        ("build-aux/config.sub", BuildSystem.AUTOTOOLS, (), None),
        ("CMakeLists.txt", BuildSystem.MAKE, (), None),
        ("CMakeLists.txt", BuildSystem.CMAKE, (), None),
        ("CMakeLists.txt", None, (), None),
        ("cmake/Config.cmake.in", BuildSystem.AUTOTOOLS, (), None),
        ("win32/Makefile.msvc", BuildSystem.AUTOTOOLS, (), "for Windows"),
        ("vs/lib.vcxproj", None, (), "for Windows"),
        ("lib/windows/__init__.py", None, (), None),
        (".github/workflows/ci.yml", None, (), "for forges and editors"),
        ("azure-pipelines.yml", None, (), "for forges and editors"),
        ("README.md", None, (), "tests or documents"),
        ("tests/test_one.py", None, (), "tests or documents"),
        ("tests/one.c", BuildSystem.CMAKE, (), None),
        ("setup.py", None, (), None),
    ],
)
def test_files(file: str, system: BuildSystem | None, tools: tuple[str, ...], reason: str | None):
    assert why(patch(file, "-a", "+b"), system, tools) == (reason and f"`{file}`: {reason}")


def test_one_part_that_is_seen_is_enough():
    same = patch("win.rc", "-a", "+b")
    assert why(same + patch("README", "-a", "+b")) == "`win.rc`: for Windows; `README`: tests or documents"
    assert why(same + patch("one.c", "-a", "+b")) is None


def test_programs_for_the_machine_that_builds_see_more():
    text = patch(C, " #ifdef __linux__", "+a();", " #endif", " c();")
    assert why(text) is not None
    assert why(text, tools=("native-cc",)) is None


def test_many_brackets_end():
    deep = "(" * 5000 + "WIN32"
    assert why(patch(CMAKE, f"-if({deep})", "+if(X)", " endif()")) is None
