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
                member.mode = 0o755 if data.startswith(b"#!") else 0o644
                tar.addfile(member, io.BytesIO(data))
        return path

    def build(self, tiny: Tiny, *, attribute: str = "", like: str = "markupsafe", arguments: str = "") -> Built:
        """Build a project with the build requirements of the package `like`."""
        archive = self.archive(tiny)
        self.nix.add_fixed([archive])
        lock = json.loads((self.checkout / f"pkgs/{like}/lock.json").read_text())
        wheels = {name: source for name, source in lock["sources"].items() if source["role"] == "wheel"}
        entry = {"role": "source", "name": archive.name, "purl": "pkg:pypi/tiny@1", "sha256": _sha256(archive)}
        # The project compiles against no wheel that `like` does.
        for answer in lock["profiles"].values():
            answer["made_for"]["wheels"] = {}
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

    def library(
        self, members: dict[str, str | bytes], *, system: str, arguments: str = "", attribute: str = ".built"
    ) -> Built:
        """Build a library of these files, before the gate; behind it with an empty `attribute`."""
        archive = self.archive(Tiny(members=members))
        self.nix.add_fixed([archive])
        entry = {"role": "source", "name": archive.name, "purl": "pkg:pypi/tiny@1", "sha256": _sha256(archive)}
        lock = json.loads((self.checkout / "pkgs/zlib/lock.json").read_text())
        (self.folder / "lock.json").write_text(json.dumps({**lock, "name": "tiny", "sources": {archive.name: entry}}))
        expression = self.folder / "default.nix"
        expression.write_text(
            f"(import {self.checkout}/nix {{ }}).buildWasmLibrary "
            f'{{ name = "tiny"; version = "1"; lock = ./lock.json; system = "{system}"; {arguments} }}'
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


UPPER = """
all: lower.c upper.c
	$(CC) -shared -fPIC -o liblower.so lower.c
	$(CC) -shared -fPIC -o libupper.so upper.c -L. -llower $(FLAGS)
install:
	mkdir -p $(PREFIX)/lib && cp liblower.so libupper.so $(PREFIX)/lib
"""


def two_modules(builder: Builder, flags: str) -> Built:
    """A library of two side modules, behind its gate: the upper needs the lower, and is linked with `flags`."""
    members: dict[str, str | bytes] = {
        "tiny-1/Makefile": UPPER.replace("$(FLAGS)", flags),
        "tiny-1/lower.c": "int lower(void) { return 1; }\n",
        "tiny-1/upper.c": "int lower(void);\nint upper(void) { return lower(); }\n",
    }
    arguments = 'shared = [ "liblower.so" "libupper.so" ];'
    return builder.library(members, system="make", arguments=arguments, attribute="")


def test_the_wheel_of_a_library_is_audited_too(builder: Builder):
    out = two_modules(builder, "-Wl,-rpath,'$$ORIGIN'").out
    reports = json.loads((out / "audit.json").read_text())["reports"]
    assert [report["subject"].endswith(".whl") for report in reports] == [False, True]


def test_side_modules_of_a_library_that_do_not_find_each_other_are_refused(builder: Builder):
    with pytest.raises(BuildFailed) as caught:
        two_modules(builder, "")
    assert "WW603 tiny.libs/libupper.so needs liblower.so" in (caught.value.excerpt or "")


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
            Tiny(
                members={"tiny-1/pyproject.toml": PROJECT.replace('name = "tiny"\nversion', 'name = "numpy"\nversion')}
            ),
            "which is numpy 1, and the recipe is of tiny 1",
            id="another-name",
        ),
        pytest.param(
            Tiny(members={"tiny-1/pyproject.toml": PROJECT.replace('version = "1"', 'version = "9.9"')}),
            "which is tiny 9.9, and the recipe is of tiny 1",
            id="another-version",
        ),
        pytest.param(
            Tiny(
                members={"tiny-1/pyproject.toml": PROJECT + 'packages = ["tiny_parts", "wave"]\n'}
                | {"tiny-1/tiny_parts/__init__.py": "", "tiny-1/wave/__init__.py": ""},
            ),
            "WW107 wave/__init__.py has the name of `wave`",
            id="name-of-the-standard-library",
        ),
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


def test_files_of_a_package_that_is_installed_with_it_are_not_replaced(builder: Builder):
    project = PROJECT + 'packages = ["markupsafe"]\n'
    tiny = Tiny(members={"tiny-1/pyproject.toml": project, "tiny-1/markupsafe/__init__.py": "evil = 1\n"})
    arguments = f"runDependencies = [ (import {builder.checkout}/nix {{ }}).packages.markupsafe ];"
    with pytest.raises(BuildFailed) as caught:
        builder.build(tiny, arguments=arguments)
    assert "WW105 markupsafe/__init__.py is in markupsafe-" in (caught.value.excerpt or "")


MADE: dict[str, str | bytes] = {
    "tiny-1/Makefile": """
all:
	$(CC) -DFILE='"$(PREFIX)/tiny.conf"' -c tiny.c && $(AR) rc libtiny.a tiny.o
install:
	mkdir -p $(PREFIX)/lib/pkgconfig && cp libtiny.a $(PREFIX)/lib && cp tiny.pc $(PREFIX)/lib/pkgconfig
""",
    "tiny-1/tiny.c": "const char *file(void) { return FILE; }\n",
    "tiny-1/tiny.pc": "Name: tiny\nDescription: x\nVersion: 1\nLibs: -ltiny -ltiny_r\n",
}


def test_a_library_with_its_own_folder_in_it_that_names_another_is_refused_at_its_gate(builder: Builder):
    with pytest.raises(BuildFailed) as caught:
        builder.library(MADE, system="make", attribute="")
    told = caught.value.excerpt or ""
    assert "WW701 lib/libtiny.a(tiny.o) holds the path /nix/store/" in told
    assert "WW604 lib/pkgconfig/tiny.pc names the library tiny_r (-ltiny_r), which is not there" in told


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


MESON = {
    "tiny-1/pyproject.toml": """
[build-system]
requires = ["meson-python"]
build-backend = "mesonpy"
[project]
name = "tiny"
version = "1"
""",
    "tiny-1/meson.build": """
project('tiny', 'c', 'fortran', version: '1', default_options: ['fortran_std=legacy'])
add_languages('c', native: true)
py = import('python').find_installation(pure: false)
native = executable('native', 'generate.c', native: true)
crossed = executable('crossed', 'generate.c', install: false)
headers = [
  custom_target('one', output: 'one.h', command: [native, '@OUTPUT@', 'NATIVE']),
  custom_target('two', output: 'two.h', command: [crossed, '@OUTPUT@', 'CROSSED']),
  custom_target('three', output: 'three.h', command: [find_program('three.py'), '@OUTPUT@']),
]
py.extension_module('tiny', ['tiny.c', 'twice.f', headers], install: true, override_options: ['fortran_std=legacy'])
conf = configuration_data()
conf.set('folders', meson.project_source_root() + ' ' + meson.project_build_root())
conf.set('options', meson.build_options())
conf.set('pyodide', run_command(py, '-c', 'import os; print(os.environ["PYODIDE"])', check: true).stdout().strip())
configure_file(input: 'record.in', output: 'record.py', configuration: conf, install: true,
  install_dir: py.get_install_dir())
py.install_sources('script.py')
""",
    "tiny-1/generate.c": """
#include <stdio.h>
int main(int argc, char **argv) {
    FILE *file = fopen(argv[1], "w");
    if (argc < 3 || !file) return 1;
    fprintf(file, "#define %s %d\\n", argv[2], (int) sizeof(void *));
    return fclose(file);
}
""",
    "tiny-1/three.py": """#!/usr/bin/env python3
import pathlib, sys
pathlib.Path(sys.argv[1]).write_text("#define SCRIPT 3")
""",
    "tiny-1/twice.f": """
      SUBROUTINE TWICE(N, R)
      INTEGER N, R
      R = 2 * N
      END
""",
    "tiny-1/record.in": "folders = '@folders@'\noptions = '''@options@'''\npyodide = '@pyodide@'\n",
    "tiny-1/script.py": "#!/usr/local/bin/python\nanswer = 42\n",
}
RECORDED = r"""
from pathlib import Path
import record, script, tiny
assert tiny.run() == (8, 4, 3, 42), tiny.run()
assert record.folders == './source/tiny-1 ./source/tiny-1/.mesonpy', record.folders
assert 'cross.ini' in record.options and '/nix/' not in record.options, record.options
assert record.pyodide == '1'
assert Path(script.__file__).read_text().startswith('#!/usr/local/bin/python\n')
"""


def test_a_build_has_compilers_interpreters_and_files_for_generators_of_code(builder: Builder):
    tiny = Tiny(
        members=MESON,
        before='#include "one.h"\n#include "two.h"\n#include "three.h"\nextern void twice_(int *, int *);',
        body='int n = 21, r; twice_(&n, &r); return Py_BuildValue("iiii", NATIVE, CROSSED, SCRIPT, r);',
    )
    (builder.folder / "smoke.py").write_text(RECORDED)
    arguments = 'tools = [ "flang-compiler" "native-cc" "ninja" ]; smokeTest = ./smoke.py;'
    builder.build(tiny, attribute=".tests.import", like="apexpy", arguments=arguments)


CMAKE = {
    "tiny-1/pyproject.toml": CMAKE_FORTRAN["tiny-1/pyproject.toml"],
    "tiny-1/CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(tiny LANGUAGES C)
# As many projects have it, for machines that can change the run paths of what is linked.
set(CMAKE_BUILD_WITH_INSTALL_RPATH FALSE)
find_package(Python COMPONENTS Interpreter Development.Module REQUIRED)
# As CMake itself from 4.1 on.
execute_process(COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} ${Python_EXECUTABLE} -c "print(6 * 7)"
  OUTPUT_VARIABLE answer COMMAND_ERROR_IS_FATAL ANY)
if(NOT answer EQUAL 42)
  message(FATAL_ERROR "python said ${answer}")
endif()
if(NOT EXISTS "$ENV{PNG_DIR}/include/png.h")
  message(FATAL_ERROR "no png.h in $ENV{PNG_DIR}")
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(png REQUIRED libpng)
if(NOT "z" IN_LIST png_LIBRARIES)
  message(FATAL_ERROR "pkg-config knows of ${png_LIBRARIES} only")
endif()
# As who does not ask it: what libpng calls is not named.
find_library(png_alone png16 REQUIRED)
add_executable(generate generate.c)
add_custom_command(OUTPUT made.h COMMAND generate made.h MADE DEPENDS generate)
add_library(inner SHARED inner.c)
Python_add_library(tiny MODULE WITH_SOABI tiny.c ${CMAKE_CURRENT_BINARY_DIR}/made.h)
target_include_directories(tiny PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
target_link_libraries(tiny PRIVATE inner ${png_alone})
set_target_properties(tiny PROPERTIES INSTALL_RPATH "$ORIGIN/tiny_libraries")
install(TARGETS inner DESTINATION tiny_libraries)
install(TARGETS tiny DESTINATION .)
""",
    "tiny-1/generate.c": MESON["tiny-1/generate.c"],
    "tiny-1/inner.c": "int inner(void) { return 42; }\n",
}


def test_cmake_finds_python_programs_run_paths_and_what_libraries_need(builder: Builder):
    tiny = Tiny(
        members=CMAKE,
        before='#include <png.h>\n#include "made.h"\nextern int inner(void);',
        body="png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, 0, 0, 0); "
        'return Py_BuildValue("iii", inner(), MADE, png != 0);',
    )
    (builder.folder / "smoke.py").write_text("import tiny\nassert tiny.run() == (42, 4, 1), tiny.run()\n")
    arguments = f"""
        tools = [ "cmake" "ninja" "pkgconf" ]; smokeTest = ./smoke.py; env.PNG_DIR = "{{host:libpng}}";
        hostDependencies = [ (import {builder.checkout}/nix {{ }}).packages.libpng ];
    """
    builder.build(tiny, attribute=".tests.import", like="mapbox-earcut", arguments=arguments)


LIBRARY: dict[str, str | bytes] = {
    "tiny-1/meson.build": """
project('tiny', 'c', version: '1')
library('tiny', 'part.c', install: true,
  c_args: '-DSETTINGS="@0@/tiny.conf"'.format(get_option('prefix') / get_option('sysconfdir')))
install_data('tiny.conf', install_dir: get_option('sysconfdir'))
install_data('tiny-config', install_dir: get_option('bindir'), install_mode: 'rwxr-xr-x')
""",
    "tiny-1/part.c": "const char *settings(void) { return SETTINGS; }\n",
    "tiny-1/tiny.conf": "a = 1\n",
    "tiny-1/tiny-config": "#!/usr/bin/env bash\necho tiny\n",
}


def test_a_library_by_meson_looks_for_its_settings_where_machines_have_them(builder: Builder):
    out = builder.library(LIBRARY, system="meson").out
    assert b"/etc/tiny.conf" in (out / "lib/libtiny.a").read_bytes()
    assert str(out).encode() not in (out / "lib/libtiny.a").read_bytes()
    assert (out / "etc/tiny.conf").read_text() == "a = 1\n"
    assert (out / "bin/tiny-config").read_text().startswith("#!/usr/bin/env bash\n")


TOOLS: dict[str, str | bytes] = {
    "tiny-1/Makefile": """
all: libtiny.a
grammar.tab.c: grammar.y
\tbison -d grammar.y
lex.yy.c: words.l grammar.tab.c
\tflex words.l
answer.h: answer.sql answer.pl answer.m4
\tsqlite3 :memory: < answer.sql | perl answer.pl | m4 - answer.m4 > $@
libtiny.a: grammar.tab.c lex.yy.c answer.h
\tautoconf --version && automake --version && libtoolize --version && cmake --version && meson --version
\ttest "$$(pkg-config --version)"
\t$(CC) -c -include answer.h grammar.tab.c lex.yy.c
\t$(AR) rcs $@ grammar.tab.o lex.yy.o
install: all
\tmkdir -p $(PREFIX)/lib
\tcp libtiny.a answer.h $(PREFIX)/lib
""",
    "tiny-1/grammar.y": "%{\nint yylex(void); void yyerror(const char *said);\n%}\n%token WORD\n%%\nall: WORD;\n",
    "tiny-1/words.l": '%option noyywrap\n%{\n#include "grammar.tab.h"\n%}\n%%\n[a-z]+ { return WORD; }\n',
    "tiny-1/answer.sql": "select 6 * 7;\n",
    "tiny-1/answer.pl": "use strict; use File::Spec; use List::Util qw(sum);\n"
    'while (<>) { chomp; print "define(`n\', ", sum($_, 0), ")"; }\n',
    "tiny-1/answer.m4": "enum { answer = n };\n",
}


def test_every_tool_of_the_build_machine_runs(builder: Builder):
    tools = '"autotools" "bison" "cmake" "flex" "m4" "meson" "ninja" "perl" "pkgconf" "sqlite3"'
    arguments = f"tools = [ {tools} ];"
    out = builder.library(TOOLS, system="make", arguments=arguments).out
    assert (out / "lib/answer.h").read_text().strip() == "enum { answer = 42 };"


def test_a_library_without_its_configure_script_is_told_the_tool_that_makes_it(builder: Builder):
    with pytest.raises(BuildFailed) as caught:
        builder.library({"tiny-1/configure.ac": "AC_INIT([tiny],[1])\nAC_OUTPUT\n"}, system="autotools")
    assert 'add "autotools" to `tools`' in (caught.value.excerpt or "")
