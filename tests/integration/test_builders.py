"""Small projects of all sorts of faults, built for real: what the sandbox, the compilers and the audit say of them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import BuildFailed
from wasmwright.process import run
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.failure import WasmwrightError
    from wasmwright.nix import Built, Nix


PROJECT = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "tiny"
version = "1"
[tool.setuptools]
ext-modules = [{ name = "tiny", sources = ["tiny.c"] }]
"""
SOURCE = """
#include <Python.h>
%s
static PyObject *run(PyObject *self, PyObject *unused) { %s }
static PyMethodDef methods[] = {{"run", run, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tiny", 0, -1, methods};
PyMODINIT_FUNC PyInit_tiny(void) { return PyModule_Create(&module); }
"""

MODULE = re.compile(r"tiny\.cpython-3\d+-wasm32-emscripten\.so")


@dataclass(frozen=True, kw_only=True)
class Tiny:
    """A project of one extension module: what stands before its function, and in it."""

    before: str = ""
    body: str = "return PyLong_FromLong(42);"
    members: dict[str, str | bytes] = field(default_factory=dict)
    patch: str = ""


@dataclass(frozen=True)
class Builder:
    nix: Nix
    checkout: Path
    folder: Path

    def archive(self, tiny: Tiny) -> Path:
        files: dict[str, str | bytes] = {
            "tiny-1/pyproject.toml": PROJECT,
            "tiny-1/tiny.c": SOURCE % (tiny.before, tiny.body),
            **tiny.members,
        }
        path = self.folder / "tiny-1.tar.gz"
        with tarfile.open(path, "w:gz") as tar:
            for name, content in files.items():
                data = content.encode() if isinstance(content, str) else content
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        return path

    def build(self, tiny: Tiny, *, attribute: str = "", like: str = "markupsafe", arguments: str = "") -> Built:
        """Build a project with the build requirements of the package `like`."""
        archive = self.archive(tiny)
        self.nix.add_fixed([archive])
        lock = json.loads((self.checkout / f"pkgs/{like}/lock.json").read_text())
        wheels = {name: source for name, source in lock["sources"].items() if source["role"] == "wheel"}
        entry = {"role": "source", "name": archive.name, "purl": "pkg:pypi/tiny@1", "sha256": _sha256(archive)}
        (self.folder / "lock.json").write_text(json.dumps({**lock, "sources": {**wheels, archive.name: entry}}))
        patches = ""
        if tiny.patch:
            (self.folder / "fix.patch").write_text(tiny.patch)
            patches = "patches = [ ./fix.patch ];"
        expression = self.folder / "default.nix"
        expression.write_text(
            f"(import {self.checkout}/nix {{ }}).buildWasmWheel "
            f'{{ name = "tiny"; version = "1"; lock = ./lock.json; testImports = [ "tiny" ]; {patches} {arguments} }}'
        )
        (built,) = self.nix.build(["--impure", "--expr", f"(import {expression}){attribute}"])
        return built

    def compiled(self, source: str, *flags: str) -> bytes:
        """An object as another Emscripten would make it: by the same clang, past the wrapper that keeps the ABI."""
        (llvm,) = self.nix.build(["--impure", "--expr", f"(import {self.checkout}/nix {{ }}).roots.llvm"])
        (self.folder / "foreign.cc").write_text(source)
        (clang,) = llvm.out.glob("usr/lib/llvm-*/bin/clang++")
        command = [clang, "--target=wasm32-unknown-emscripten", "-O1", "-fPIC", *flags, "-c", "foreign.cc"]
        run(command, env={"PATH": str(clang.parent)}, cwd=self.folder)
        return (self.folder / "foreign.o").read_bytes()

    def refusal(self, tiny: Tiny) -> WasmwrightError:
        with pytest.raises(BuildFailed) as caught:
            self.build(tiny)
        error = caught.value
        assert error.log is not None
        assert error.log.is_file()
        assert error.hint
        return error


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def builder(nix: Nix, checkout: Path, tmp_path: Path) -> Builder:
    return Builder(nix, checkout, tmp_path)


def test_sound_project_is_built_and_imports(builder: Builder):
    built = builder.build(Tiny(), attribute=".tests.import")
    assert "tiny: " in (built.out / "imports.txt").read_text()


def test_wheel_that_cannot_be_imported_fails_its_test(builder: Builder):
    tiny = Tiny(before="__attribute__((constructor)) static void die(void) { __builtin_trap(); }")
    with pytest.raises(TestsFailed) as caught:
        builder.build(tiny, attribute=".tests.import")
    assert "cannot import tiny" in (caught.value.excerpt or "")


def test_audit_is_written_beside_the_wheel(builder: Builder):
    out = builder.build(Tiny()).out
    document = json.loads((out / "audit.json").read_text())
    (wheel,) = out.glob("*.whl")
    (report,) = document["reports"]
    assert document["ok"]
    assert report["subject"] == wheel.name
    (module,) = report["facts"]["modules"]
    assert MODULE.fullmatch(module["path"])


@pytest.mark.parametrize(
    ("tiny", "told"),
    [
        pytest.param(
            Tiny(before="extern int nowhere(int);", body="return PyLong_FromLong(nowhere(1));"),
            "nowhere",
            id="unresolved-symbol",
        ),
        pytest.param(
            Tiny(before="extern double PyLong_AsLong(double);"),
            "conflicting types",
            id="compiler-error",
        ),
        pytest.param(
            Tiny(
                members={"tiny-1/pyproject.toml": PROJECT.replace('"tiny.c"', '"tiny.c", "other.c"')}
                | {"tiny-1/other.c": "extern double labs(double); double other(void) { return labs(1.5); }\n"},
                before="extern double other(void);",
                body="return PyFloat_FromDouble(other());",
            ),
            "labs",
            id="wrong-signature",
        ),
        pytest.param(
            Tiny(body='return PyUnicode_FromString("/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-leak/bin");'),
            "/nix/store/aaaa",
            id="store-path-leaked",
        ),
        pytest.param(Tiny(body="syntax error here"), "tiny.c:", id="syntax-error"),
        pytest.param(Tiny(members={"../evil": "x"}), "`../evil` would be unpacked outside", id="path-traversal"),
        pytest.param(
            Tiny(patch="--- a/tiny.c\n+++ b/tiny.c\n@@ -1,1 +1,1 @@\n-not there\n+anything\n"),
            "the patch fix.patch does not apply",
            id="patch-refused",
        ),
    ],
)
def test_faults_are_named(builder: Builder, tiny: Tiny, told: str):
    error = builder.refusal(tiny)
    assert told in (error.excerpt or "")
    assert len((error.excerpt or "").splitlines()) <= 40


@pytest.mark.parametrize(
    ("source", "flags", "told"),
    [
        pytest.param(
            "int foreign(int x) { try { if (x) throw x; return 0; } catch (int caught) { return caught; } }",
            ("-fexceptions", "-mllvm", "-enable-emscripten-cxx-exceptions"),
            ("WW401", "imports invoke_viii, of the exceptions that JavaScript makes"),
            id="exceptions-of-javascript",
        ),
        pytest.param(
            'extern "C" { int setjmp(long *) __attribute__((returns_twice)); void work(long *); }\n'
            "int foreign(int x) { long place[20]; if (setjmp(place)) return 1; work(place); return x; }\n"
            'extern "C" void longjmp(long *, int); void work(long *place) { longjmp(place, 1); }',
            ("-mllvm", "-enable-emscripten-sjlj"),
            ("WW401", "imports emscripten_longjmp, of the exceptions that JavaScript makes"),
            id="longjmp-of-javascript",
        ),
        pytest.param(
            'extern "C" int __pthread_create_js(void *, const void *, void *(*)(void *), void *);\n'
            "int foreign(int x) { static int count; __atomic_add_fetch(&count, x, __ATOMIC_SEQ_CST);"
            " return __pthread_create_js(&count, 0, 0, 0); }",
            ("-pthread",),
            (
                "WW501",
                "says that it uses atomics",
                "imports __pthread_create_js, which only a runtime with threads has",
            ),
            id="threads",
        ),
    ],
)
def test_objects_of_another_abi_are_refused(
    builder: Builder, source: str, flags: tuple[str, ...], told: tuple[str, ...]
):
    project = PROJECT.replace('["tiny.c"]', '["tiny.c"], extra-objects = ["foreign.o"]')
    linked = source.replace("int foreign", 'extern "C" int foreign')
    tiny = Tiny(
        members={"tiny-1/pyproject.toml": project, "tiny-1/foreign.o": builder.compiled(linked, *flags)},
        before="extern int foreign(int);",
        body="return PyLong_FromLong(foreign(1));",
    )
    excerpt = builder.refusal(tiny).excerpt or ""
    assert MODULE.search(excerpt)
    assert [part for part in told if part not in excerpt] == []


CMAKE_FORTRAN = {
    "tiny-1/pyproject.toml": """
[build-system]
requires = ["scikit-build-core"]
build-backend = "scikit_build_core.build"
[project]
name = "tiny"
version = "1"
""",
    "tiny-1/CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(tiny LANGUAGES C Fortran)
find_package(Python COMPONENTS Interpreter Development.Module REQUIRED)
Python_add_library(tiny MODULE WITH_SOABI tiny.c twice.f90)
install(TARGETS tiny DESTINATION .)
""",
    "tiny-1/twice.f90": """
subroutine twice(n, r) bind(c, name="twice")
  use iso_c_binding
  integer(c_int), value :: n
  integer(c_int), intent(out) :: r
  character(len=12) :: text
  write (text, "(i0)") 2 * n
  read (text, *) r
end subroutine
""",
}


def test_fortran_through_cmake_and_scikit_build_core(builder: Builder):
    # scikit-build-core refuses settings that it does not know, such as those for Meson.
    tiny = Tiny(
        members=CMAKE_FORTRAN,
        before="extern void twice(int, int *);",
        body="int r; twice(21, &r); return PyLong_FromLong(r);",
    )
    (builder.folder / "smoke.py").write_text("import tiny\nassert tiny.run() == 42\n")
    arguments = 'tools = [ "cmake" "flang" "ninja" ]; smokeTest = ./smoke.py;'
    builder.build(tiny, attribute=".tests.import", like="mapbox-earcut", arguments=arguments)


# One module of two that have all names in common but their own: functions, data, a table, what C++ makes weak.
NAMESAKE = """
#include <Python.h>
int level = NUMBER;
int value() { return NUMBER; }
int (*table[])() = {value};
inline int inlined() { return NUMBER; }
inline int variable = NUMBER;
inline int *counted() { static int count = NUMBER; return &count; }
template <class T> T constant() { return NUMBER; }
struct Shape { virtual int sides() { return NUMBER; } };
Shape *volatile shape = new Shape;
int (*volatile pointers[])() = {inlined, constant<int>};

static PyObject *all(PyObject *, PyObject *) {
  int (*volatile pointer)() = value;
  return Py_BuildValue("[iiiiiiiii]", value(), pointer(), table[0](), level, variable, (*counted())++, shape->sides(),
                       pointers[0](), pointers[1]());
}
static PyMethodDef methods[] = {{"all", all, METH_NOARGS, ""}, {0}};
static PyModuleDef module = {PyModuleDef_HEAD_INIT, "namesake", 0, -1, methods};
#define INIT_(name) PyInit_##name
#define INIT(name) INIT_(name)
PyMODINIT_FUNC INIT(NAME)() { return PyModule_Create(&module); }
"""


def test_modules_do_not_see_each_other(builder: Builder):
    names = {"tiny": 1, "second": 2}
    modules = ", ".join(f'{{ name = "{name}", sources = ["{name}.cpp"] }}' for name in names)
    project = PROJECT.replace('ext-modules = [{ name = "tiny", sources = ["tiny.c"] }]', f"ext-modules = [{modules}]")
    sources = {
        f"tiny-1/{name}.cpp": f"#define NAME {name}\n#define NUMBER {number}\n{NAMESAKE}"
        for name, number in names.items()
    }
    (builder.folder / "smoke.py").write_text(
        "import tiny, second\nassert tiny.all() == [1] * 9, tiny.all()\nassert second.all() == [2] * 9, second.all()\n"
    )
    tiny = Tiny(members={"tiny-1/pyproject.toml": project, **sources})
    builder.build(tiny, attribute=".tests.import", arguments='smokeTest = ./smoke.py; cxxflags = [ "-std=c++17" ];')
