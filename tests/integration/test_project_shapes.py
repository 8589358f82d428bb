"""Projects of odd shapes, built for real: what is part of them, how their back end is called, what is said of it."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.lock.document import write_lock
from wasmwright.lock.fresh import lock_digest
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.target import read_known
from wasmwright.process import run
from wasmwright.project import read_project

if TYPE_CHECKING:
    from wasmwright.nix import Nix
    from wasmwright.process import Completed

RECIPE = '[package]\nname = "shapes"\nversion = "3.2.1"\n[tests]\nimports = ["shapes"]\n'
# As setuptools-scm does, which takes the version from there before it asks git.
SETUP = """
import os
from setuptools import Extension, setup
setup(
    name="shapes",
    version=os.environ["SETUPTOOLS_SCM_PRETEND_VERSION"],
    py_modules=[],
    ext_modules=[Extension("shapes", ["shapes.c", os.fsdecode(b"caf\\xe9.c")], include_dirs=["vec/include", "linked"])],
)
"""
SOURCE = """
#include <Python.h>
#include "vec.h"
#include "one.h"
extern int cafe(void);
static PyObject *run(PyObject *self, PyObject *none) { return PyLong_FromLong(VEC + ONE + cafe()); }
static PyMethodDef methods[] = {{"run", run, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "shapes", 0, -1, methods};
PyMODINIT_FUNC PyInit_shapes(void) { return PyModule_Create(&module); }
"""
SMOKE = """
import sys
assert "shapes" not in sys.modules, "the script begins with a Python of its own"
import importlib.metadata, shapes
assert shapes.run() == 123
assert importlib.metadata.version("shapes") == "3.2.1"
"""
BACK_END = """
def get_requires_for_build_wheel(settings=None):
    return ["not-there>=1.2", "ninja>=1.8", "packaging>1", "old; python_version < '3'"]
def build_wheel(out, settings=None, metadata=None):
    with open("_grid.abi3.so", "wb") as file:
        file.write(b"\\0asm\\1\\0\\0\\0")
    import _grid
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


def repository(folder: Path) -> None:
    for arguments in (["init", "-q"], ["add", "--all"], ["commit", "-q", "-m", "x"]):
        run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *arguments], env=os.environ, cwd=folder)


def build(checkout: Path, folder: Path) -> Completed:
    """Build a project with the build requirements of a package that asks for setuptools alone."""
    lock = read_package_lock(checkout / "pkgs/markupsafe/lock.json")
    recipe = read_project(folder, read_known(checkout))
    name, version, digest = recipe.name, recipe.version, lock_digest(recipe)
    write_lock(recipe.lock_path, replace(lock, name=name, package_version=version, recipe_sha256=digest, own=()))
    command = [sys.executable, "-P", str(checkout / "builder"), "build", f"{folder}/"]
    return run(command, env=os.environ, cwd=folder, check=False)


def test_a_project_of_many_parts_with_a_setup_script_alone(nix: Nix, checkout: Path, tmp_path: Path):
    assert nix
    folder = tmp_path / "shapes"
    # A file named as the front end must not be run in its place.
    write(folder, {"setup.py": SETUP, "shapes.c": SOURCE, "build.py": "raise SystemExit", "recipe.toml": RECIPE})
    write(folder, {"test_import.py": SMOKE, os.fsdecode(b"caf\xe9.c"): "int cafe(void) { return 3; }\n"})
    write(folder, {"vec/include/vec.h": "#define VEC 100\n"})
    write(tmp_path, {"common/one.h": "#define ONE 20\n"})
    (folder / "linked").symlink_to("../common")
    # A repository in the project, as a submodule is one.
    repository(folder / "vec")
    repository(folder)
    done = build(checkout, folder)
    assert done.returncode == 0, done.stderr
    assert "shapes: built and imported" in done.stdout
    wheel = Path(done.stdout.splitlines()[-1])
    assert wheel.name.startswith("shapes-3.2.1-")
    (folder / "test_import.py").write_text(f"{SMOKE}# changed\n")
    again = build(checkout, folder)
    assert again.returncode == 0, again.stderr
    assert "shapes-3.2.1-wheel" not in again.stderr
    assert "shapes-wasm-3.2.1-" in again.stderr


def test_what_a_back_end_asks_for_and_what_it_cannot_import_is_told(nix: Nix, checkout: Path, tmp_path: Path):
    assert nix
    system = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    write(tmp_path, {"pyproject.toml": system, "backend.py": BACK_END, "recipe.toml": RECIPE})
    done = build(checkout, tmp_path)
    assert done.returncode == 34
    assert 'write `tools = ["ninja"]` and `requires = ["not-there>=1.2"]`' in done.stderr
    assert "No module named '_grid' here: " in done.stderr
    assert "_grid.abi3.so is WebAssembly, which nothing can import during a build" in done.stderr
