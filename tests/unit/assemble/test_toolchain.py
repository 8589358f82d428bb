from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wasmwright.assemble import fortran
from wasmwright.assemble.compilers import Emscripten, configured
from wasmwright.assemble.lacking import source
from wasmwright.assemble.toolchain import cmake_file, read_settings, variables

GIVEN = {
    "out": "/out",
    "emscripten": "/emscripten",
    "node": "/node",
    "python": "/python",
    "wrapper": "/wrapper",
    "abiFlags": '["-fPIC", "-fwasm-exceptions"]',
}
EMSCRIPTEN = Emscripten(bin=Path("/emscripten/bin"), root="/root/emscripten", llvm="/llvm/bin")


def test_a_toolchain_without_python_names_none():
    settings = read_settings({**GIVEN, "pythonInclude": "", "buildPython": "", "systemIncludes": "[]"})
    assert (settings.python_include, settings.build_python, settings.lacking) == (None, None, ())
    assert "Python" not in cmake_file(settings, EMSCRIPTEN)
    told = {name for name, value in variables(settings, EMSCRIPTEN, "emcc", "-target x").items() if value}
    assert told == {
        "WASMWRIGHT_EMSCRIPTEN",
        "WASMWRIGHT_ABI_FLAGS",
        "WASMWRIGHT_CLANG",
        "WASMWRIGHT_CLANG_FLAGS",
    }


def test_a_toolchain_with_python_describes_the_targets_and_runs_the_build_machines():
    settings = read_settings({**GIVEN, "pythonInclude": "/target/include/python3.14", "buildPython": "/build"})
    written = cmake_file(settings, EMSCRIPTEN)
    assert 'set(${python}_EXECUTABLE "/build/usr/bin/python3" CACHE FILEPATH "")' in written
    assert 'set(${python}_INCLUDE_DIR "/target/include/python3.14" CACHE PATH "")' in written
    platform = 'include("/root/emscripten/cmake/Modules/Platform/Emscripten.cmake")'
    assert platform in written
    # The platform file takes the emulator that is named before.
    assert written.index('CMAKE_CROSSCOMPILING_EMULATOR "/out/bin/wasmwright-emulate"') < written.index(platform)
    told = variables(settings, EMSCRIPTEN, "emcc", "")
    assert told["WASMWRIGHT_PYTHON_INCLUDE"] == "/target/include/python3.14"
    assert 'EXECUTABLE "/python/usr' in cmake_file(replace(settings, build_python=None), EMSCRIPTEN)


def test_lists_reach_the_wrapper_as_words_and_headers_come_after_the_abi():
    settings = read_settings(
        {
            **GIVEN,
            "systemIncludes": '["/headers a", "/b"]',
            "emccFlags": '["-Wno-version-check"]',
            "programLdflags": '["-Wl,--no-stack-first"]',
            "lacking": '["epoll_create1", "renameat2"]',
            "profile": "pyemscripten_2026_0",
        }
    )
    assert settings.flags == ("-fPIC", "-fwasm-exceptions", "-isystem", "/headers a", "-isystem", "/b")
    told = variables(settings, EMSCRIPTEN, "em++", "-target x")
    assert told["WASMWRIGHT_ABI_FLAGS"] == "-fPIC -fwasm-exceptions -isystem '/headers a' -isystem /b"
    assert told["WASMWRIGHT_PROGRAM_LDFLAGS"] == "-Wl,--no-stack-first /out/share/wasmwright/lacking.a"
    assert told["WASMWRIGHT_EMCC_FLAGS"] == "-Wno-version-check"
    assert told["WASMWRIGHT_LACKING"] == "epoll_create1 renameat2"
    assert told["WASMWRIGHT_PROFILE"] == "pyemscripten_2026_0"
    assert told["WASMWRIGHT_CLANG"] == "/llvm/bin/clang++"


def test_an_archive_is_linked_where_functions_are_lacking_only():
    settings = read_settings({**GIVEN, "programLdflags": '["-Wl,--no-stack-first"]', "lacking": "[]"})
    assert variables(settings, EMSCRIPTEN, "emcc", "")["WASMWRIGHT_PROGRAM_LDFLAGS"] == "-Wl,--no-stack-first"


def test_a_function_that_cannot_be_linked_says_why():
    written = source("epoll_wait", "pyemscripten_2026_0")
    assert '"epoll_wait, which the runtime of pyemscripten_2026_0 has not"' in written
    assert "void epoll_wait(void)" in written


def test_the_configuration_of_emscripten_is_python():
    read = configured("import os\nEMSCRIPTEN_ROOT = os.path.join('/e', 'share')\nLLVM_ROOT = '/l'\nFROZEN = True\n")
    assert read["EMSCRIPTEN_ROOT"] == "/e/share"
    assert "FROZEN" not in read


def test_the_fortran_compiler_is_told_where_its_parts_are():
    settings = fortran.read_settings(
        {
            **GIVEN,
            "compiler": "/compiler",
            "flang": "/flang",
            "flangVersion": "19",
            "toolchain": "/toolchain",
        }
    )
    assert fortran.variables(settings, EMSCRIPTEN, "-target x") == {
        "WASMWRIGHT_FLANG": "/flang/usr/lib/llvm-19/bin/flang-new",
        "WASMWRIGHT_CLANG": "/llvm/bin/clang",
        "WASMWRIGHT_CLANG_FLAGS": "-target x",
        "WASMWRIGHT_FORTRAN_LINKER": "/toolchain/bin/emcc",
    }
