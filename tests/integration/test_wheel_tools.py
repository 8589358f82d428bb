"""`build-wheel` and `test-wheel`, run as images run them: by store paths alone, without PATH and network."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documents import faults
from packaging.utils import parse_wheel_filename
from wheel_writer import write_wheel

from wasmwright.audit.errors import AuditFailed
from wasmwright.cli.session import open_checkout
from wasmwright.config import load_config
from wasmwright.lock.inside import Inside
from wasmwright.process import run
from wasmwright.runtime.errors import TestsFailed
from wasmwright.sandbox.errors import BackendFailed
from wasmwright.sources.fetch import fetch
from wasmwright.wheeltools.errors import FolderRefused, InvalidBuildLock, RequirementsMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.nix import Nix
    from wasmwright.process import Completed

SETUPTOOLS = """
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"
[project]
name = "{name}"
version = "1.5"
[tool.setuptools]
ext-modules = [{{ name = "{name}", sources = ["{name}.c"] }}]
"""
EXTENSION = """
#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *unused) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "spam", 0, -1, methods};
PyMODINIT_FUNC PyInit_spam(void) { return PyModule_Create(&module); }
"""
TESTS = "import spam\n\ndef test_answer():\n    assert spam.answer() == 42\n"
C_EXTENSION = {
    "pyproject.toml": SETUPTOOLS.format(name="spam"),
    "spam.c": EXTENSION,
    "tests/test_spam.py": TESTS,
}
CYTHON = {
    "pyproject.toml": """
[build-system]
requires = ["setuptools", "Cython>=3", "numpy>=2"]
build-backend = "setuptools.build_meta"
[project]
name = "sums"
version = "1"
dependencies = ["numpy>=2"]
[tool.setuptools]
packages = ["sums"]
""",
    "setup.py": """
import numpy
from Cython.Build import cythonize
from setuptools import Extension, setup
setup(ext_modules=cythonize([Extension("sums._sums", ["sums/_sums.pyx"], include_dirs=[numpy.get_include()])]))
""",
    "sums/__init__.py": "from sums._sums import total\n",
    "sums/_sums.pyx": """
cimport numpy as cnp
cnp.import_array()
def total(cnp.ndarray[double] values):
    cdef double found = 0
    for at in range(values.shape[0]):
        found += values[at]
    return found
""",
    "tests/test_sums.py": "import numpy\nimport sums\ndef test_it():\n    assert sums.total(numpy.ones(3)) == 3\n",
}
FORTRAN = {
    "pyproject.toml": """
[build-system]
requires = ["meson-python", "numpy"]
build-backend = "mesonpy"
[project]
name = "doubled"
version = "1"
dependencies = ["numpy"]
""",
    "meson.build": """
project('doubled', 'c', 'fortran', version: '1')
py = import('python').find_installation(pure: false)
numpy = run_command(py, ['-c', 'import numpy; print(numpy.get_include())'], check: true).stdout().strip()
f2py = run_command(py, ['-c', 'import numpy.f2py; print(numpy.f2py.get_include())'], check: true).stdout().strip()
code = custom_target(
  input: 'twice.f90', output: 'doubledmodule.c',
  command: [py, '-m', 'numpy.f2py', '@INPUT@', '-m', 'doubled', '--lower', '--build-dir', meson.current_build_dir()],
)
py.extension_module(
  'doubled', ['twice.f90', code, f2py / 'fortranobject.c'],
  include_directories: include_directories(numpy, f2py), install: true,
)
""",
    "twice.f90": """
subroutine twice(a, n)
  integer, intent(in) :: n
  real(8), intent(inout) :: a(n)
  a = 2 * a
end subroutine
""",
    "tests/test_it.py": """
import doubled
import numpy as np
def test_it():
    values = np.arange(3.0)
    doubled.twice(values)
    assert list(values) == [0, 2, 4]
""",
}
NANOBIND = {
    "pyproject.toml": """
[build-system]
requires = ["scikit-build-core>=0.10", "nanobind"]
build-backend = "scikit_build_core.build"
[project]
name = "times"
version = "1"
""",
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.15...3.30)
project(times LANGUAGES CXX)
find_package(Python 3.9 REQUIRED COMPONENTS Interpreter Development.Module)
find_package(nanobind CONFIG REQUIRED)
nanobind_add_module(times times.cpp)
install(TARGETS times LIBRARY DESTINATION .)
""",
    "times.cpp": """
#include <nanobind/nanobind.h>
NB_MODULE(times, m) { m.def("times", [](int a, int b) { return a * b; }); }
""",
    "tests/test_it.py": "import times\ndef test_it():\n    assert times.times(6, 7) == 42\n",
}


@pytest.fixture(scope="module")
def tools(nix: Nix) -> Path:
    """The folder of both programs."""
    checkout = open_checkout()
    for wanted in (
        checkout.wanted(checkout.inside(Inside.WHEEL_TOOLS).host, outputs=True),
        checkout.inside_wanted(Inside.WHEEL_TOOLS),
    ):
        fetch(wanted, store=nix, config=load_config(), progress=None)
    (built,) = nix.build([checkout.output("wheel-tools")])
    return built.out / "bin"


class Project:
    """A project's folder, and the programs in it, without a network unless it is wanted."""

    def __init__(self, tools: Path, folder: Path, files: Mapping[str, str]) -> None:
        self.tools = tools
        self.folder = folder
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)

    @property
    def wheels(self) -> list[Path]:
        return sorted((self.folder / "dist").glob("*"))

    def build(self, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Completed:
        return self.run("build-wheel", *arguments, self.folder, env=env)

    def test(self, *arguments: str | Path) -> Completed:
        return self.run("test-wheel", *arguments)

    def run(self, program: str, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Completed:
        alone = [shutil.which("unshare") or "unshare", "-n" if os.geteuid() == 0 else "-rn"]
        environment = {"PATH": "", "TMPDIR": str(self.folder.parent), **(env or {})}
        return run([*alone, self.tools / program, *arguments], env=environment, cwd=self.folder, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    return made


def written(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_c_extension_becomes_a_wheel(tools: Path, folder: Path):
    project = Project(tools, folder, C_EXTENSION)
    before = written(folder)
    done = project.build("--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert faults("build-wheel", told) == []
    (wheel,) = project.wheels
    assert {parse_wheel_filename(wheel.name)[0], str(parse_wheel_filename(wheel.name)[1])} == {"spam", "1.5"}
    assert wheel.name.endswith(f"-{open_checkout().abi.platform}.whl")
    assert told["wheel"]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert told["requirements"].keys() == {"setuptools"}
    assert [one["module"] for one in told["imports"]] == ["spam"]
    assert told["audit"]["ok"]
    # The project itself is left alone, and nothing of the build is left beside it.
    assert written(folder) == {*before, f"dist/{wheel.name}"}
    assert [path.name for path in folder.parent.iterdir()] == ["project"]
    first = wheel.read_bytes()
    assert project.build("--out", folder / "again").returncode == 0
    assert (folder / "again" / wheel.name).read_bytes() == first


def test_tests_are_of_the_wheel_and_not_of_the_sources(tools: Path, folder: Path):
    project = Project(tools, folder, C_EXTENSION)
    assert project.build("--no-test").returncode == 0
    # Where it would be found before the wheel.
    (folder / "spam.py").write_text("raise ImportError('the sources were imported')")
    done = project.test(*project.wheels, "--", "-q")
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout + done.stderr
    (folder / "tests/test_wrong.py").write_text("def test_it():\n    assert 1 == 2\n")
    done = project.test(*project.wheels, "--", "tests/test_wrong.py")
    assert (done.returncode, "assert 1 == 2" in done.stdout) == (TestsFailed.exit_code, True)
    done = project.test(*project.wheels, "--", "-k", "nothing")
    assert (done.returncode, "there was no test" in done.stderr) == (TestsFailed.exit_code, True)


def test_headers_of_numpy_are_the_targets(tools: Path, folder: Path):
    project = Project(tools, folder, CYTHON)
    done = project.build()
    assert done.returncode == 0, done.stderr
    assert "imported sums, sums._sums" in done.stderr
    assert "1 passed" in project.test(*project.wheels, "--", "-q").stdout


@pytest.mark.long
@pytest.mark.parametrize("files", [FORTRAN, NANOBIND], ids=["meson-python and f2py", "scikit-build-core and nanobind"])
def test_other_back_ends(tools: Path, folder: Path, files: Mapping[str, str]):
    project = Project(tools, folder, files)
    done = project.build()
    assert done.returncode == 0, done.stderr
    assert "1 passed" in project.test(*project.wheels, "--", "-q").stdout


def test_a_compilers_error_is_told_in_a_few_lines(tools: Path, folder: Path):
    broken = {**C_EXTENSION, "spam.c": EXTENSION.replace("PyLong_FromLong(42)", "PyLong_FromLong(42 + )")}
    project = Project(tools, folder, broken)
    done = project.build("--log", folder / "log.txt")
    assert done.returncode == BackendFailed.exit_code
    assert "spam.c:3:" in done.stderr
    assert "expected expression" in done.stderr
    assert len(done.stderr.splitlines()) < 20
    assert "expected expression" in (folder / "log.txt").read_text()
    assert project.wheels == []


def test_what_cannot_be_imported_is_not_written(tools: Path, folder: Path):
    pyproject = "[build-system]\nrequires = ['hatchling']\nbuild-backend = 'hatchling.build'\n"
    files = {
        "pyproject.toml": f"{pyproject}[project]\nname = 'pure'\nversion = '1'\n",
        "pure.py": "import nothing_such\n",
    }
    project = Project(tools, folder, files)
    done = project.build()
    assert done.returncode == TestsFailed.exit_code
    assert "No module named 'nothing_such'" in done.stderr
    assert project.wheels == []
    assert project.build("--no-test").returncode == 0
    assert [wheel.name for wheel in project.wheels] == ["pure-1-py2.py3-none-any.whl"]


def test_what_the_audit_refuses_is_not_written(tools: Path, folder: Path):
    files = {**C_EXTENSION, "data.so": "no module at all\n"}
    files["pyproject.toml"] += '[tool.setuptools.data-files]\n"." = ["data.so"]\n'
    project = Project(tools, folder, files)
    done = project.build()
    assert done.returncode == AuditFailed.exit_code, done.stderr
    assert project.wheels == []


BACK_END = """
import zipfile
def build_wheel(folder, settings=None, metadata=None):
    name = "made-1-py3-none-any.whl"
    info = "made-1.dist-info"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("made.py", "")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: made\\nVersion: 1\\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return name
"""
OF_ITS_OWN = {
    "pyproject.toml": "[build-system]\nrequires = ['oddbackend>=1']\nbuild-backend = 'oddbackend'\n"
    "[project]\nname = 'made'\nversion = '1'\n"
}


def test_requirements_come_from_a_folder_or_a_lock(tools: Path, folder: Path):
    project = Project(tools, folder, OF_ITS_OWN)
    done = project.build("--offline")
    assert done.returncode == RequirementsMissing.exit_code
    assert "oddbackend>=1, which its pyproject.toml asks for" in done.stderr
    assert "--wheels FOLDER" in done.stderr
    assert "pylock.toml" in done.stderr
    assert project.wheels == []
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": "/dev/null"}
    done = project.build(env=nowhere)
    assert (done.returncode, "the index cannot be reached" in done.stderr) == (RequirementsMissing.exit_code, True)
    wheels = folder / "wheels"
    wheels.mkdir()
    path = write_wheel(wheels, {"oddbackend.py": BACK_END.encode()}, name="oddbackend", tag="py3-none-any")
    done = project.build("--wheels", wheels)
    assert done.returncode == 0, done.stderr
    assert [wheel.name for wheel in project.wheels] == ["made-1-py3-none-any.whl"]
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    lock = "lock-version = '1.0'\ncreated-by = 'a test'\n[[packages]]\nname = 'oddbackend'\nversion = '1.0'\n"
    lock += f"[[packages.wheels]]\npath = 'wheels/{path.name}'\nhashes.sha256 = "
    (folder / "pylock.toml").write_text(f"{lock}'{sha256}'\n")
    assert project.build("--offline").returncode == 0
    (folder / "pylock.toml").write_text(f"{lock}'{'0' * 64}'\n")
    done = project.build("--offline")
    assert (done.returncode, "has sha256" in done.stderr) == (InvalidBuildLock.exit_code, True)


def test_a_folder_that_cannot_be_written_is_told_before_the_build(tools: Path, folder: Path):
    project = Project(tools, folder, C_EXTENSION)
    done = project.build("--out", folder / "spam.c" / "dist")
    assert (done.returncode, "cannot write" in done.stderr) == (FolderRefused.exit_code, True)
    assert "built" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")
def test_what_root_makes_belongs_to_the_owner_of_the_folder(tools: Path):
    # Others may not enter pytest's own folders.
    outer = Path("/tmp") / f"wheel-tools-{os.getpid()}"
    try:
        (outer / "project").mkdir(parents=True)
        project = Project(
            tools, outer / "project", {"pyproject.toml": SETUPTOOLS.format(name="spam"), "spam.c": EXTENSION}
        )
        for path in (outer, *outer.rglob("*")):
            os.chown(path, 12345, 12346)
        done = project.build("--no-test")
        assert done.returncode == 0, done.stderr
        (wheel,) = project.wheels
        assert {(path.stat().st_uid, path.stat().st_gid) for path in (wheel, wheel.parent)} == {(12345, 12346)}
        with zipfile.ZipFile(wheel) as zipped:
            assert any(name.endswith(".so") for name in zipped.namelist())
    finally:
        shutil.rmtree(outer, ignore_errors=True)
