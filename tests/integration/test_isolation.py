"""Side modules keep to their own functions and data, whatever names others in the process have shown before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from wasmwright.lock.profile import default_profile
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.wasm.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.nix import Nix

    Tool = Callable[..., str]

C = """
int level = 3;
int value(void) { return level; }
int (*table[])(void) = {value};
int *address(void) { return &level; }
int (*pointer(void))(void) { return table[0] == value ? value : 0; }
int PyInit_m(void) { return *address() + pointer()(); }
"""
# An inline function, a variable and a static of one, a template, virtual functions, a type that is thrown.
CXX = """
#include <typeinfo>
struct Shape { virtual int sides() { return 4; } virtual ~Shape() {} };
struct Thrown { int code; };
inline int counted() { static int count; return ++count; }
inline int shown = 5;
template <class T> T twice(T x) { return x + x; }
int (*volatile pointer)(int) = twice<int>;
extern "C" int PyInit_m() {
  try { throw Thrown{1}; } catch (Thrown &caught) { return caught.code + counted() + shown + Shape().sides(); }
  return pointer(2);
}
"""
SHARED_TYPES = {"_ZTI6Thrown", "_ZTS6Thrown", "_ZTI5Shape", "_ZTS5Shape"}


@pytest.fixture(scope="module")
def toolchain(nix: Nix) -> Path:
    (built,) = nix.build([f".#{default_profile(project_root())}.toolchain"])
    return built.out / "bin"


@pytest.fixture
def tool(toolchain: Path, tmp_path: Path) -> Tool:
    def call(*command: str, check: bool = True) -> str:
        environment = {"PATH": os.pathsep.join([str(toolchain), os.environ["PATH"]]), "TMPDIR": str(tmp_path / "tmp")}
        done = run([toolchain / command[0], *command[1:]], env=environment, cwd=tmp_path, check=check)
        assert not list((tmp_path / "tmp").iterdir())
        return done.stderr

    (tmp_path / "tmp").mkdir()
    (tmp_path / "a.c").write_text(C)
    (tmp_path / "a.cc").write_text(CXX)
    (tmp_path / "init.c").write_text("int value(void); int PyInit_m(void) { return value(); }\n")
    return call


def taken(module: Path) -> set[str]:
    """The names that a module imports although it defines them."""
    parsed = parse(module.read_bytes())
    return {entry.name for entry in parsed.imports} & {entry.name for entry in parsed.exports}


def shown(module: Path) -> set[str]:
    """The names that a module shows, less what every side module has."""
    return {entry.name for entry in parse(module.read_bytes()).exports if not entry.name.startswith("__wasm")}


@pytest.mark.parametrize(
    "commands",
    [
        pytest.param(["emcc -c a.c -o a.o", "emcc -shared a.o -o m.so"], id="object"),
        pytest.param(["emcc -shared a.c -o m.so"], id="compiled-and-linked-at-once"),
        pytest.param(["emcc -c a.c -o a.o", "emar rcs liba.a a.o", "emcc -shared liba.a -o m.so"], id="archive"),
        pytest.param(
            ["emcc -c a.c -o a.o", "emar rcsT liba.a a.o", "emcc -shared -Wl,--whole-archive liba.a -o m.so"],
            id="thin-archive-as-a-whole",
        ),
        pytest.param(
            ["emcc -c a.c -o a.o", "emar rcsT liba.a a.o", "emcc -c init.c -o i.o", "emcc -shared i.o -L. -la -o m.so"],
            id="thin-archive-by-its-short-name",
        ),
        pytest.param(["emcc -c a.c -o a.o", "emcc -r a.o -o b.o", "emcc -shared b.o -o m.so"], id="relocatable"),
    ],
)
def test_a_module_takes_nothing_that_it_has(tool: Tool, tmp_path: Path, commands: list[str]):
    if "-la" in commands[-1]:
        (tmp_path / "a.c").write_text(C.replace("PyInit_m", "init"))
    for command in commands:
        assert tool(*command.split()) == ""
    assert taken(tmp_path / "m.so") == set()
    assert shown(tmp_path / "m.so") == {"PyInit_m"}


def test_types_are_all_that_cxx_shares(tool: Tool, tmp_path: Path):
    tool("em++", "-std=c++17", "-c", "a.cc", "-o", "a.o")
    tool("em++", "-shared", "a.o", "-o", "m.so")
    assert taken(tmp_path / "m.so") <= SHARED_TYPES
    assert {"_ZTI6Thrown", "_ZTI5Shape"} <= taken(tmp_path / "m.so")


def test_a_library_shows_what_it_keeps_to(tool: Tool, tmp_path: Path):
    tool("emcc", "-shared", "a.c", "-o", "liba.so")
    assert taken(tmp_path / "liba.so") == set()
    assert shown(tmp_path / "liba.so") == {"level", "value", "table", "address", "pointer", "PyInit_m"}


def test_what_a_library_and_its_user_both_have_is_one(tool: Tool, tmp_path: Path):
    (tmp_path / "user.cc").write_text(CXX.replace("PyInit_m", "PyInit_user").replace("pointer", "own"))
    tool("em++", "-std=c++17", "-shared", "a.cc", "-o", "liba.so")
    tool("em++", "-std=c++17", "-shared", "user.cc", "-L.", "-la", "-o", "user.so")
    both = taken(tmp_path / "user.so") - SHARED_TYPES
    # The counter in the inline function, its variable; not the user's own pointer.
    assert {"_ZZ7countedvE5count", "shown"} <= both
    assert "own" not in both


def test_messages_name_the_projects_files(tool: Tool, tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.c").write_text("int PyInit_m(void) { return 1; }\n")
        tool("emcc", "-c", f"{name}.c", "-o", f"{name}.o")
    said = tool("emcc", "-shared", "one.o", "two.o", "-o", "m.so", check=False)
    assert "duplicate symbol: PyInit_m" in said
    assert ">>> defined in one.o" in said
    assert ">>> defined in two.o" in said
    assert "/tmp/" not in said


def test_a_source_that_does_not_compile_is_told_by_the_compiler(tool: Tool, tmp_path: Path):
    (tmp_path / "a.c").write_text("int PyInit_m(void) { return 1 }\n")
    assert "a.c:1:30: error: expected ';'" in tool("emcc", "-shared", "a.c", "-o", "m.so", check=False)
    assert not (tmp_path / "m.so").exists()


SLOT = """
#include <Python.h>
typedef struct { PyObject_HEAD } Number;
static int number_init(PyObject *self, PyObject *args) { return 0; }
PyTypeObject Type = { PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "n", .tp_init = (initproc) number_init };
"""
METHOD = """
#include <Python.h>
static PyObject *plain(PyObject *self) { return NULL; }
PyMethodDef methods[] = {{"plain", (PyCFunction) plain, METH_NOARGS, ""}, {0}};
"""


def python_headers(nix: Nix) -> str:
    profile = default_profile(project_root())
    (built,) = nix.build([f".#{profile}.toolchain"])
    (line,) = [line for line in (built.out / "bin/emcc").read_text().splitlines() if "PYTHON_INCLUDE" in line]
    return "-I" + line.split("'")[3]


def test_casts_to_the_types_of_slots_are_errors(nix: Nix, tool: Tool, tmp_path: Path):
    (tmp_path / "slot.c").write_text(SLOT)
    (tmp_path / "method.c").write_text(METHOD)
    headers = python_headers(nix)
    said = tool("emcc", headers, "-c", "slot.c", "-o", "slot.o", check=False)
    assert "slot.c:5:81: error: cast from" in said
    assert "(initproc) number_init" in said
    assert "declare the function as the slot has it" in said
    assert not (tmp_path / "slot.o").exists()
    assert tool("emcc", headers, "-c", "method.c", "-o", "method.o") == ""
    assert (tmp_path / "method.o").exists()


def test_openmp_is_not_there_and_nothing_fails_for_it(tool: Tool, tmp_path: Path):
    (tmp_path / "a.c").write_text(
        "int PyInit_m(void) {\n  int sum = 0;\n  #pragma omp parallel for\n"
        "  for (int i = 0; i < 9; i++) sum += i;\n  return sum;\n}\n"
    )
    tool("emcc", "-fopenmp", "-shared", "a.c", "-lgomp", "-o", "m.so")
    (tmp_path / "b.c").write_text("#ifdef _OPENMP\n#error found\n#endif\n")
    tool("emcc", "-fopenmp", "-c", "b.c", "-o", "b.o")
    (tmp_path / "b.c").write_text("#include <omp.h>\n")
    said = tool("emcc", "-fopenmp", "-c", "b.c", "-o", "b.o", check=False)
    assert "'omp.h' file not found" in said
    assert "-fopenmp was left out, as there are no threads" in said


def test_programs_without_javascript_are_linked(tool: Tool, tmp_path: Path):
    (tmp_path / "a.c").write_text('#include <stdio.h>\nint main(void) { return printf("%f", 1.5); }\n')
    tool("emcc", "a.c", "--oformat=wasm", "-o", "a.wasm")
    (tmp_path / "a.cc").write_text(
        "#include <iostream>\nint main() { try { throw 1; } catch (int x) { std::cout << x; } }\n"
    )
    tool("em++", "a.cc", "-o", "b.wasm")


def test_modules_of_cxx_are_scanned(tool: Tool, tmp_path: Path):
    (tmp_path / "a.cc").write_text("int f() { return 1; }\n")
    tool("emscan-deps", "-format=p1689", "--", "em++", "-std=c++20", "-c", "a.cc", "-o", "a.o")
