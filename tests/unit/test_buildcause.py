from __future__ import annotations

from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_text, try_cases

from wasmwright.assemble.targetmodules import TargetLoader
from wasmwright.buildcause import advice, telling_lines

if TYPE_CHECKING:
    import random

FRONT_END = """\
Traceback (most recent call last):
  File "/lib/pyproject_hooks/_in_process.py", line 406, in <module>
    main()
    ~~~~^^
subprocess.CalledProcessError: Command '['cmake', '--build', '.']' returned non-zero exit status 1.

TIP pass --env-dir and --sdist-extract-dir to keep the build environment
ERROR Backend subprocess exited when trying to invoke build_wheel
wasmwright: the build back end of demo 1.0 failed
"""
COMPILER = """\
emcc -O2 -c m.c -o m.o
In file included from m.c:1:
./z.h:1:10: fatal error: 'zlib.h' file not found
    1 | #include <zlib.h>
      |          ^~~~~~~~
1 error generated.
"""
CYTHON = """\
Error compiling Cython file:
------------------------------------------------------------
...
def f():
    return undeclared_thing + 1
           ^
------------------------------------------------------------

demo.pyx:2:11: undeclared name not builtin: undeclared_thing
"""
CMAKE = """\
-- Detecting C compiler ABI info - done
CMake Error at /share/FindPackageHandleStandardArgs.cmake:233 (message):
  Could NOT find Python (missing: Interpreter Development.Module) (found version "3.15.2")

      Reason given by package:
          Interpreter: Cannot run the interpreter "/usr/bin/python3"

Call Stack (most recent call first):
  /share/FindPackageHandleStandardArgs.cmake:603 (_FPHSA_FAILURE_MESSAGE)
-- Configuring incomplete, errors occurred!
*** CMake configuration failed
"""
REQUIREMENT = """\
running bdist_wheel
Traceback (most recent call last):
  File "<string>", line 2, in <module>
    from Cython.Build import cythonize
ModuleNotFoundError: No module named 'Cython'

The above exception was the direct cause of the following exception:

"""
RUNTIME = """\
demo: 12 ms
wasmwright: demo.f: the runtime died: null function or function signature mismatch
    File "/test_import.py", line 3, in <module>
  hint: compare the C prototypes of caller and callee
"""
TRAP = """\
demo: 12 ms
runtime: the WebAssembly runtime died: RuntimeError: null function or function signature mismatch
  a function was called through a null pointer or one of another type: compare the C prototypes of caller and callee
Python (most recent call first):
  File "/test_import.py", line 3 in <module>
WebAssembly (most recent call first):
  demo.so: call_it
wasmwright: test_import.py failed with exit code 1
"""
MESON = """\
Found ninja-1.12
meson.build:3:5: ERROR: Dependency "zlib" not found, tried pkgconfig and cmake

A full log can be found at /build/meson-log.txt
"""
CONFIGURE = "checking for ld... no\nconfigure: error: no acceptable ld found in $PATH\n"


@pytest.mark.parametrize(
    ("log", "first", "last"),
    [
        (COMPILER, "In file included from m.c:1:", "1 error generated."),
        (CYTHON, "Error compiling Cython file:", "demo.pyx:2:11: undeclared name not builtin: undeclared_thing"),
        (CMAKE, "CMake Error at /share/FindPackage", "*** CMake configuration failed"),
        (MESON, 'meson.build:3:5: ERROR: Dependency "zlib"', "A full log can be found at /build/meson-log.txt"),
        (CONFIGURE, "configure: error: no acceptable ld", "configure: error: no acceptable ld found in $PATH"),
    ],
)
def test_the_program_that_knows_the_cause_is_heard(log: str, first: str, last: str):
    lines = telling_lines([*(f"line {n}" for n in range(200)), *(log + FRONT_END).splitlines()], 15)
    assert lines[0].startswith(first)
    assert lines[-1] == last


def test_the_reason_of_cmake_is_among_them():
    assert any("Cannot run the interpreter" in line for line in telling_lines((CMAKE + FRONT_END).splitlines(), 15))


def test_the_first_exception_is_the_cause_of_the_others():
    lines = telling_lines((REQUIREMENT + FRONT_END).splitlines(), 5)
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[3] == "ModuleNotFoundError: No module named 'Cython'"


@pytest.mark.parametrize(
    "log", [COMPILER + "error: Command '['emcc', 'm.c']' returned non-zero exit status 1.\n", REQUIREMENT]
)
def test_what_is_done_after_the_failure_is_left_out(log: str):
    asking = ["Traceback (most recent call last):", '  File "x", line 1', "ValueError: no", "running egg_info"]
    lines = telling_lines([*log.splitlines(), *asking], 15)
    assert lines == telling_lines(log.splitlines(), 15)
    assert lines[-1].startswith(("error: Command", "ModuleNotFoundError"))


@pytest.mark.parametrize("log", [COMPILER, REQUIREMENT, "\n".join(f"line {n}" for n in range(30))])
def test_what_our_own_program_advises_is_among_them(log: str):
    advised = ["wasmwright: the build back end of demo 1.0 failed, which asks for cython", "  hint: write `requires`"]
    lines = telling_lines([*(log + "\n" + FRONT_END).splitlines()[:-1], *advised], 15)
    assert lines[-2:] == advised
    assert len(lines) <= 15
    assert lines[0] == telling_lines((log + "\n" + FRONT_END).splitlines(), 13)[0]


def test_a_makefile_that_gives_up_is_the_end():
    lines = [
        *COMPILER.splitlines(),
        "make: *** [Makefile:3: m.o] Error 1",
        "wasmwright: the build phase failed",
        "  make",
    ]
    assert telling_lines(lines, 15)[-1] == "make: *** [Makefile:3: m.o] Error 1"


def test_of_a_long_way_to_an_exception_the_end_is_shown():
    frames = [f'  File "/x{n}.py", line 1, in f' for n in range(60)]
    lines = telling_lines(["Traceback (most recent call last):", *frames, "ValueError: no", "bye"], 15)
    assert lines == [*frames[-4:], "ValueError: no", "bye"]


def test_what_the_runtime_died_of_is_shown_with_its_place():
    lines = telling_lines(RUNTIME.splitlines(), 15)
    assert lines == RUNTIME.splitlines()[1:]


def test_the_reason_of_a_trap_is_shown():
    lines = telling_lines([*(f"line {n}" for n in range(30)), *TRAP.splitlines()], 15)
    assert lines[0].startswith("runtime: the WebAssembly runtime died: RuntimeError: null function")
    assert '  File "/test_import.py", line 3 in <module>' in lines


def test_a_failed_check_long_ago_is_no_cause():
    noise = [f"[{n}/300] Compiling" for n in range(300)]
    lines = telling_lines([*COMPILER.splitlines(), *noise, "the end"], 15)
    assert lines[-1] == "the end"
    assert len(lines) == 15


def test_silence_tells_nothing():
    assert telling_lines([], 15) == []
    assert telling_lines(["", ""], 15) == ["", ""]


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (COMPILER, "`zlib.h` is missing: if a library has it, name the library's package in `[dependencies] host`"),
        (REQUIREMENT, "if the build needs `Cython`, name what has it in `[build] requires` of the recipe"),
        (MESON, "`zlib` was looked for: if a library has it"),
        ("Could NOT find ZLIB (missing: ZLIB_LIBRARY)", "`ZLIB` was looked for"),
        ("x.CMakeNotFoundError: Could not find CMake with version >=3.15", 'add `tools = ["cmake", "ninja"]`'),
        ("clang: error: unsupported option '-msse2' for target 'wasm32-unknown-emscripten'", "`-msse2` is for other"),
        ("OSError: [Errno 28] No space left on device", "the disks had room when they were asked: a quota"),
        ("x.c:1:1: Pkg-config for machine host machine not found. Giving up.", '`"pkgconf"` to `tools`'),
        ("/bin/sh: 1: /build/x/perl: not found", "`perl` is none of the build's programs"),
        ("sh: line 1: m4: command not found", "`m4` is none of the build's programs"),
        (
            "No module named '_grid'. Although a module with this name was found for a different Python version",
            "what is compiled for WebAssembly cannot be imported while it is built",
        ),
        ("meson.build:1:0: ERROR: Unknown compiler(s): [['gfortran'], ['flang']]", '`"flang"` to `tools`'),
        ("meson.build:2:0: ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang']]", '`"native-cc"` to `tools`'),
        ("configure: error: no acceptable C compiler found in $PATH", '`"native-cc"` to `tools`'),
    ],
)
def test_known_causes_have_their_advice(log: str, said: str):
    assert said in (advice(log.splitlines()) or "")


def test_a_module_of_the_target_is_no_missing_requirement():
    file = "/build/tmp/_grid.cpython-314-wasm32-emscripten.so"
    spec = ModuleSpec("_grid", None)
    with pytest.raises(ModuleNotFoundError) as raised:
        TargetLoader(file).create_module(spec)
    said = advice([f"ModuleNotFoundError: {raised.value}"]) or ""
    assert said.startswith("what is compiled for WebAssembly cannot be imported while it is built")


@pytest.mark.parametrize("log", [CYTHON, CMAKE, CONFIGURE, RUNTIME, "errno: ENOSPC = No space left on device"])
def test_other_causes_have_none(log: str):
    assert advice(log.splitlines()) is None


@few_or_many
def test_any_log_is_read(cases: Cases):
    logs = [COMPILER, CYTHON, CMAKE, REQUIREMENT, RUNTIME, MESON, CONFIGURE]

    def make(rng: random.Random) -> list[str]:
        return mutated_text(rng, [rng.choice(logs) + FRONT_END]).split("\n")[-400:]

    def target(lines: list[str]) -> None:
        kept = [line[:2000] for line in lines]
        found = telling_lines(kept, 15)
        assert len(found) <= 15
        assert found or not any(lines)
        advice(found)

    try_cases(target, make, cases)
