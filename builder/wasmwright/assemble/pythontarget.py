"""Python as a build for the target sees it: include/, and in lib/ the stock runtime's sysconfigdata module, edited.

From the environment: `headers` (a /usr/include with the headers of the same minor version), `runtime` (the npm
package), `version`, `sysconfigdata` (module name), `out`.
"""

from __future__ import annotations

import os
import pprint
import re
import shutil
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from wasmwright.failure import WasmwrightError, told

if TYPE_CHECKING:
    from collections.abc import Mapping

Variables: TypeAlias = "Mapping[str, int | str]"

_MACRO = re.compile(r"^\s*(?:/\* )?#\s*(define|undef)\s+(\w+)[ \t]*([^\n]*)", re.MULTILINE)
_QUOTED = re.compile(r'"[^"]*"')
_GUARD = "Py_PYCONFIG_H"


class UnexpectedPython(WasmwrightError):
    """The runtime's description of its Python is not what headers can be made of."""

    exit_code = 73


def runtime_variables(runtime: Path, module: str) -> Variables:
    """The `build_time_vars` of the runtime's own standard library."""
    with zipfile.ZipFile(runtime / "python_stdlib.zip") as stdlib:
        namespace: dict[str, dict[str, int | str]] = {}
        exec(stdlib.read(f"{module}.py"), namespace)  # noqa: S102 - a file of the pinned runtime, written as Python
    return namespace["build_time_vars"]


def pyconfig(native: str, variables: Variables) -> str:
    """A pyconfig.h that defines what the runtime's did. A value of 0 stands for an undefined name there.

    sysconfig keeps no name that starts with an underscore (_GNU_SOURCE, _XOPEN_SOURCE, ...): those are configure's
    answers for every Unix, and come from the native header. Raises UnexpectedPython when the result cannot be right.
    """
    lines = [f"#ifndef {_GUARD}", f"#define {_GUARD}", ""]
    macros = {name: (kind, text) for kind, name, text in _MACRO.findall(native) if name != _GUARD}
    for name, (kind, text) in macros.items():
        value = (text if kind == "define" else 0) if name.startswith("_") else variables.get(name, 0)
        if value in (0, "0"):
            lines.append(f"/* #undef {name} */")
        else:
            lines += [f"#ifndef {name}", f"#define {name} {value}", "#endif"]
    written = "\n".join([*lines, "", "#endif", ""])
    if "#define SIZEOF_LONG 4\n" not in written or "#define _GNU_SOURCE" not in written:
        message = "the runtime's sysconfig data does not hold the values of pyconfig.h"
        raise UnexpectedPython(message, hint="look at its _sysconfigdata module: SIZEOF_LONG should be 4 there")
    return written


def cross_variables(variables: Variables, out: Path) -> dict[str, int | str]:
    """The runtime's variables with our compilers, its prefix led to `out`, and what names its build tree emptied."""
    prefix, include = str(variables["prefix"]), str(out / "include" / f"python{variables['VERSION']}")
    # Its top folder: the tree of Emscripten that it was built with lies in it too.
    tree = f"/{PurePosixPath(str(variables['abs_builddir'])).parts[1]}/"
    flags = "-fno-strict-overflow -Wsign-compare -DNDEBUG -O2"
    ours = {
        "AR": "emar",
        "RANLIB": "emranlib",
        "CC": "emcc",
        "CXX": "em++",
        "LDSHARED": "emcc -shared",
        "BLDSHARED": "emcc -shared",
        "LDCXXSHARED": "em++ -shared",
        "CFLAGS": flags,
        "PY_CFLAGS": flags,
        "OPT": "-DNDEBUG -O2",
        "CCSHARED": "",
        "LDFLAGS": "",
        "INCLUDEPY": include,
        "CONFINCLUDEPY": include,
    }

    def edited(value: int | str) -> int | str:
        if not isinstance(value, str):
            return value
        moved = value.replace(prefix, str(out))
        # A string of pyconfig.h, which other systems' data has without C's quotes: it becomes part of file names.
        plain = moved[1:-1] if _QUOTED.fullmatch(moved) else moved
        return "" if tree in plain else plain

    return {name: edited(value) for name, value in sorted(variables.items())} | ours


def assemble(headers: Path, runtime: Path, out: Path, *, version: str, module: str) -> None:
    """Write headers, sysconfig data and a `sitecustomize` to `out`."""
    include = out / "include" / f"python{version}"
    shutil.copytree(headers / f"python{version}", include, copy_function=shutil.copyfile)
    for path in include.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    # Debian's real pyconfig.h lies in the multiarch folder; it names every macro that configure knows, defined or not.
    (native,) = headers.glob(f"*-linux-gnu/python{version}/pyconfig.h")
    variables = runtime_variables(runtime, module)
    (include / "pyconfig.h").write_text(pyconfig(native.read_text(encoding="utf-8"), variables), encoding="utf-8")
    lib = out / "lib"
    lib.mkdir()
    written = pprint.pformat(cross_variables(variables, out), sort_dicts=True)
    (lib / f"{module}.py").write_text(f"build_time_vars = {written}\n", encoding="utf-8")
    shutil.copyfile(Path(__file__).with_name("targetmodules.py"), lib / "sitecustomize.py")


def main() -> int:
    """Make what the derivation at hand asks for."""
    headers, runtime, out = (Path(os.environ[name]) for name in ("headers", "runtime", "out"))
    try:
        assemble(headers, runtime, out, version=os.environ["version"], module=os.environ["sysconfigdata"])
    except UnexpectedPython as error:
        sys.stderr.write(f"wasmwright: {told(error)}")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
