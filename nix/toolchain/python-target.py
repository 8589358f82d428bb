"""Python as a build for the target sees it: include/, and a sysconfigdata module of the stock runtime, edited.

From the environment: `headers` (a /usr/include with the headers of the same minor version), `runtime` (the npm
package), `version`, `sysconfigdata` (module name), `out`.
"""

import os
import pprint
import re
import shutil
import sys
import zipfile
from pathlib import Path

out = Path(os.environ["out"])
headers = Path(os.environ["headers"])
runtime = Path(os.environ["runtime"])
version = os.environ["version"]
module = os.environ["sysconfigdata"]


def runtime_variables() -> dict[str, int | str]:
    """The `build_time_vars` of the runtime's own standard library."""
    with zipfile.ZipFile(runtime / "python_stdlib.zip") as stdlib:
        namespace: dict[str, dict[str, int | str]] = {}
        exec(stdlib.read(f"{module}.py"), namespace)
    return namespace["build_time_vars"]


def pyconfig(native: str, variables: dict[str, int | str]) -> str:
    """A pyconfig.h that defines what the runtime's did. A value of 0 stands for an undefined name there.

    sysconfig keeps no name that starts with an underscore (_GNU_SOURCE, _XOPEN_SOURCE, ...): those are configure's
    answers for every Unix, and come from the native header.
    """
    lines = ["#ifndef Py_PYCONFIG_H", "#define Py_PYCONFIG_H", ""]
    found = re.findall(r"^\s*(?:/\* )?#\s*(define|undef)\s+(\w+)[ \t]*([^\n]*)", native, re.MULTILINE)
    for name, kind, text in {
        name: (name, kind, text) for kind, name, text in found if name != "Py_PYCONFIG_H"
    }.values():
        value = (text if kind == "define" else 0) if name.startswith("_") else variables.get(name, 0)
        if value in (0, "0"):
            lines.append(f"/* #undef {name} */")
        else:
            lines += [f"#ifndef {name}", f"#define {name} {value}", "#endif"]
    return "\n".join([*lines, "", "#endif", ""])


include = out / "include" / f"python{version}"
shutil.copytree(headers / f"python{version}", include, copy_function=shutil.copyfile)
for path in include.rglob("*"):
    path.chmod(0o755 if path.is_dir() else 0o644)

# Debian's real pyconfig.h lies in the multiarch folder; it names every macro that configure knows, defined or not.
(native,) = headers.glob(f"*-linux-gnu/python{version}/pyconfig.h")
variables = runtime_variables()
written = pyconfig(native.read_text(), variables)
if "#define SIZEOF_LONG 4\n" not in written or "#define _GNU_SOURCE" not in written:
    sys.exit("the runtime's sysconfig data does not hold the values of pyconfig.h")
(include / "pyconfig.h").write_text(written)

old_prefix = str(variables["prefix"])
edited: dict[str, int | str] = {}
for name, value in sorted(variables.items()):
    edited[name] = value.replace(old_prefix, str(out)) if isinstance(value, str) else value
flags = "-fno-strict-overflow -Wsign-compare -DNDEBUG -O2"
edited |= {
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
    "INCLUDEPY": str(include),
    "CONFINCLUDEPY": str(include),
}
# The runtime's own build tree exists nowhere.
edited = {name: "" if isinstance(value, str) and "/root/" in value else value for name, value in edited.items()}
lib = out / "lib"
lib.mkdir()
(lib / f"{module}.py").write_text(f"build_time_vars = {pprint.pformat(edited, sort_dicts=True)}\n")
