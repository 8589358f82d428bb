from __future__ import annotations

import runpy
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.assemble.pythontarget import UnexpectedPython, assemble, cross_variables, pyconfig

if TYPE_CHECKING:
    from pathlib import Path

MODULE = "_sysconfigdata__emscripten_wasm32-emscripten"
VARIABLES = {
    "prefix": "/home/builder/install/python-3.14.2",
    "abs_builddir": "/home/builder/build/Python-3.14.2",
    "VERSION": "3.14",
    "INCLUDEDIR": "/home/builder/install/python-3.14.2/include",
    "CC": "/home/builder/emsdk/emcc",
    "PYTHON_FOR_BUILD": "PATH=/home/builder/build python",
    "SIZEOF_LONG": 4,
    "HAVE_FORK": 0,
    "HAVE_KQUEUE": 0,
    "PLATFORM": "emscripten",
}
NATIVE = """#ifndef Py_PYCONFIG_H
#define Py_PYCONFIG_H
#define SIZEOF_LONG 8
#define HAVE_FORK 1
/* #undef HAVE_KQUEUE */
#  define _GNU_SOURCE 1
/* #undef _ALL_SOURCE */
#endif
"""


def test_pyconfig_has_the_runtimes_values_and_configures_own_answers():
    lines = pyconfig(NATIVE, VARIABLES).splitlines()
    assert "#define SIZEOF_LONG 4" in lines
    assert "#define _GNU_SOURCE 1" in lines
    assert {"/* #undef HAVE_FORK */", "/* #undef HAVE_KQUEUE */", "/* #undef _ALL_SOURCE */"} < set(lines)
    assert "#define HAVE_FORK 1" not in lines


@pytest.mark.parametrize(
    ("native", "variables"),
    [(NATIVE, {**VARIABLES, "SIZEOF_LONG": 8}), (NATIVE.replace("define _GNU", "undef _GNU"), VARIABLES)],
)
def test_values_of_another_machine_are_refused(native: str, variables: dict[str, int | str]):
    with pytest.raises(UnexpectedPython, match="does not hold the values"):
        pyconfig(native, variables)


def test_the_prefix_moves_and_the_tree_it_was_built_in_is_gone(tmp_path: Path):
    edited = cross_variables(VARIABLES, tmp_path)
    assert edited["INCLUDEDIR"] == f"{tmp_path}/include"
    assert (edited["CC"], edited["INCLUDEPY"]) == ("emcc", f"{tmp_path}/include/python3.14")
    assert (edited["PYTHON_FOR_BUILD"], edited["abs_builddir"], edited["PLATFORM"]) == ("", "", "emscripten")
    assert not [name for name, value in edited.items() if "/home/builder" in str(value)]


def test_headers_and_sysconfig_data_are_written(tmp_path: Path):
    headers, runtime, out = tmp_path / "include", tmp_path / "runtime", tmp_path / "out"
    for folder in "python3.14", "x86_64-linux-gnu/python3.14":
        (headers / folder).mkdir(parents=True)
    (headers / "python3.14/Python.h").write_text("/* */")
    (headers / "python3.14/pyconfig.h").write_text("/* names the other */")
    (headers / "x86_64-linux-gnu/python3.14/pyconfig.h").write_text(NATIVE)
    runtime.mkdir()
    with zipfile.ZipFile(runtime / "python_stdlib.zip", "w") as stdlib:
        stdlib.writestr(f"{MODULE}.py", f"build_time_vars = {VARIABLES!r}\n")
    assemble(headers, runtime, out, version="3.14", module=MODULE)
    assert "SIZEOF_LONG 4" in (out / "include/python3.14/pyconfig.h").read_text()
    assert (out / "include/python3.14/Python.h").is_file()
    written = runpy.run_path(str(out / "lib" / f"{MODULE}.py"))["build_time_vars"]
    assert written == cross_variables(VARIABLES, out)


def test_strings_of_the_header_are_without_quotes(tmp_path: Path):
    # Build systems make file names of SOABI_PLATFORM.
    given = {**VARIABLES, "SOABI_PLATFORM": '"wasm32-emscripten"', "ARGS": '"--a" "--b"'}
    edited = cross_variables(given, tmp_path)
    assert (edited["SOABI_PLATFORM"], edited["ARGS"]) == ("wasm32-emscripten", '"--a" "--b"')
    native = NATIVE.replace("#define HAVE_FORK 1", '#define SOABI_PLATFORM "x86_64-linux-gnu"')
    assert '#define SOABI_PLATFORM "wasm32-emscripten"' in pyconfig(native, given)
