"""Python as a build for the target sees it: include/, and a sysconfigdata module of the stock runtime, edited.

From the environment: `headers` (a /usr/include with the headers of the same minor version), `runtime` (the npm package),
`version`, `sysconfigdata` (module name), `out`.
"""

import os
import pprint
import re
import shutil
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


def pyconfig(names: list[str], variables: dict[str, int | str]) -> str:
    """A pyconfig.h that defines what the runtime's did. A value of 0 stands for an undefined name there."""
    lines = ["#ifndef Py_PYCONFIG_H", "#define Py_PYCONFIG_H", ""]
    for name in names:
        value = variables.get(name, 0)
        lines.append(f"#define {name} {value}" if value not in (0, "0") else f"/* #undef {name} */")
    return "\n".join([*lines, "", "#endif", ""])


include = out / "include" / f"python{version}"
shutil.copytree(headers / f"python{version}", include, copy_function=shutil.copyfile)
for path in include.rglob("*"):
    path.chmod(0o755 if path.is_dir() else 0o644)

# Debian's real pyconfig.h lies in the multiarch folder; it names every macro that configure knows, defined or not.
(native,) = headers.glob(f"*-linux-gnu/python{version}/pyconfig.h")
names = re.findall(r"^\s*(?:/\* )?#\s*(?:define|undef)\s+([A-Za-z_]\w*)", native.read_text(), re.MULTILINE)
variables = runtime_variables()
known = [name for name in dict.fromkeys(names) if name != "Py_PYCONFIG_H"]
if sum(name in variables for name in known) < 500:
    raise SystemExit("the runtime's sysconfig data does not hold the values of pyconfig.h")
(include / "pyconfig.h").write_text(pyconfig(known, variables))

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
edited = {
    name: "" if isinstance(value, str) and "/root/" in value else value for name, value in edited.items()
}
lib = out / "lib"
lib.mkdir()
(lib / f"{module}.py").write_text(f"build_time_vars = {pprint.pformat(edited, sort_dicts=True)}\n")
