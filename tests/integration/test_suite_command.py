"""`wasmwright test --suite` on a small package whose tests pass, fail, crash, and are listed or not."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import tarfile
from dataclasses import replace
from typing import TYPE_CHECKING

import command_line
import pytest
from packageurl import PackageURL

from wasmwright.cli.session import every_checkout, open_checkout
from wasmwright.lock.document import write_lock
from wasmwright.lock.fresh import lock_digest
from wasmwright.lock.model import OwnSource, PackageLock, read_package_lock
from wasmwright.lock.target import read_known
from wasmwright.paths import project_root
from wasmwright.recipe.parse import load_all
from wasmwright.sources.entry import make_source

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix


PROFILE = open_checkout().profile
OTHER = next(checkout.profile for checkout in every_checkout() if checkout.profile != PROFILE)

PROJECT = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "tiny"
version = "1"
[tool.setuptools]
packages = ["tiny", "tiny.tests"]
ext-modules = [{ name = "tiny.crashes", sources = ["crashes.c"], extra-compile-args = ["-O0"] }]
"""
# The pointer is volatile, so that the compiler does not see where it leads.
CRASHES = """
#include <Python.h>
static double half(double x) { return x / 2; }
static void *volatile target = (void *)half;
static PyObject *cast(PyObject *self, PyObject *unused) { return PyLong_FromLong(((long (*)(void))target)()); }
static PyObject *trap(PyObject *self, PyObject *unused) { __builtin_trap(); }
static PyMethodDef methods[] = {{"cast", cast, METH_NOARGS, ""}, {"trap", trap, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "crashes", 0, -1, methods};
PyMODINIT_FUNC PyInit_crashes(void) { return PyModule_Create(&module); }
"""
TESTS = """
import pytest
from tiny import crashes

def test_passes(): pass
def test_casts(): crashes.cast()
def test_fails(): assert 6 * 7 == 41
def test_known(): raise OSError("no threads here")
def test_known_to_crash(): crashes.trap()
def test_recovered(): pass
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_xfailed(): assert False
"""
FILES = {
    "pyproject.toml": PROJECT,
    "crashes.c": CRASHES,
    "tiny/__init__.py": "",
    "tiny/tests/__init__.py": "",
    "tiny/tests/test_tiny.py": TESTS,
    "tiny/tests/test_broken.py": "import nowhere\n",
    "more/beside/test_beside.py": "from tiny import crashes\n\n\ndef test_beside(): pass\n",
}
RECIPE = """
[package]
name = "tiny"
version = "1"
[source]
pypi = "tiny"
[tests]
imports = ["tiny", "tiny.crashes"]
requires = ["pytest"]
folders = ["more/beside"]
[[tests.suite]]
name = "some"
args = ["--pyargs", "tiny.tests.test_tiny"]
[[tests.suite]]
name = "broken"
args = ["--pyargs", "tiny.tests.test_broken"]
[[tests.suite]]
name = "lost"
args = ["--pyargs", "tiny.nowhere"]
[[tests.suite]]
name = "more"
args = ["--pyargs", "beside", "-o", "consider_namespace_packages=true"]
"""
FAILURES = """
[[failure]]
test = "tiny/tests/test_tiny.py::test_known*"
reason = "there are no threads"
[[failure]]
test = "tiny/tests/test_tiny.py::test_recovered"
reason = "was broken once"
[[failure]]
test = "tiny/tests/test_tiny.py::test_of_old"
reason = "was there once"
[[failure]]
test = "tiny/tests/test_tiny.py::test_fails"
reason = "six by seven is 41 elsewhere"
profiles = ["@other@"]
"""


def wasmwright(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command_line.wasmwright(*arguments, root=root, WASMWRIGHT_STATE="")


def archive(path: Path) -> None:
    """The same bytes each time, so that what was built once need not be built again."""
    with gzip.GzipFile(path, "wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        for name, text in FILES.items():
            member = tarfile.TarInfo(f"tiny-1/{name}")
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))


@pytest.fixture(scope="module")
def root(nix: Nix, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the package `tiny` in it."""
    folder = tmp_path_factory.mktemp("suite")
    source = folder / "tiny-1.tar.gz"
    archive(source)
    nix.add_fixed([source])
    root = folder / "checkout"
    subprocess.run(["git", "clone", "-q", str(project_root()), str(root)], check=True)
    package = root / "pkgs/tiny"
    package.mkdir()
    (package / "recipe.toml").write_text(RECIPE)
    (package / "known_failures.toml").write_text(FAILURES.replace("@other@", OTHER))
    write_lock(package / "lock.json", lock_of(root, source))
    generated = wasmwright(root, "generate", "tiny")
    assert generated.returncode == 0, generated.stderr
    subprocess.run(["git", "-C", str(root), "add", "pkgs"], check=True)
    return root


def lock_of(root: Path, source: Path) -> PackageLock:
    numpy, markupsafe = (read_package_lock(root / "pkgs" / name / "lock.json") for name in ("numpy", "markupsafe"))
    package = PackageURL(type="pypi", name="tiny", version="1")
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    answers = {
        profile: replace(answer, test_requires=numpy.profiles[profile].test_requires)
        for profile, answer in markupsafe.profiles.items()
    }
    return PackageLock(
        name="tiny",
        package_version="1",
        recipe_sha256=lock_digest(load_all(root / "pkgs", read_known(root))["tiny"]),
        own=(OwnSource(source=make_source(package, file=source.name, size=source.stat().st_size, sha256=sha256)),),
        wheels={**numpy.wheels, **markupsafe.wheels},
        profiles=answers,
    )


@pytest.fixture(scope="module")
def whole_run(root: Path) -> subprocess.CompletedProcess[str]:
    return wasmwright(root, "test", "tiny", "--suite")


def test_all_that_is_not_as_listed_is_told(root: Path, whole_run: subprocess.CompletedProcess[str]):
    assert whole_run.returncode == 51, whole_run.stderr
    assert whole_run.stderr.endswith(
        "error: the suite of tiny is not as its known failures say\n"
        f"hint: all results and pytest's own logs are in {root}/.wasmwright/{PROFILE}/tests\n"
    )
    lines = [" ".join(line.split()[:-1]) for line in whole_run.stdout.splitlines()[:6]]
    assert lines == [
        "part tests passed failed skipped xfailed crashed known",
        "some 8 2 2 1 1 2 2",
        "broken 1 0 1 0 0 0 0",
        "lost 0 0 0 0 0 0 0",
        "more 1 1 0 0 0 0 0",
        "all 10 3 3 1 1 2 2",
    ]
    assert whole_run.stdout.splitlines()[6:] == [
        "failed, and not listed as known (3):",
        "  tiny/tests/test_tiny.py::test_casts",
        "    crashed: the WebAssembly runtime died: RuntimeError: null function or function signature mismatch",
        "  tiny/tests/test_tiny.py::test_fails",
        "    failed: assert (6 * 7) == 41",
        "  tiny/tests/test_broken.py",
        "    failed: E   ModuleNotFoundError: No module named 'nowhere'",
        "listed as known failures, but pass: take them out (1):",
        "  tiny/tests/test_tiny.py::test_recovered",
        "could not be run (1):",
        "  lost: ERROR: module or package not found: tiny.nowhere (missing __init__.py?)",
        "warning: listed, but no test has that name (1):",
        "  tiny/tests/test_tiny.py::test_of_old",
    ]


@pytest.mark.usefixtures("whole_run")
def test_report_is_kept(root: Path):
    report = json.loads((root / f".wasmwright/{PROFILE}/tests/tiny.json").read_text())
    assert not report["ok"]
    assert report["profile"] == PROFILE
    assert report["recovered"] == ["tiny/tests/test_tiny.py::test_recovered"]
    assert [part["crashed"] for part in report["parts"]] == [2, 0, 0, 0]


def test_a_part_that_is_as_listed_is_no_error(root: Path):
    done = wasmwright(root, "test", "tiny", "--part", "some", "-k", "passes or skipped or known", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["ok"]
    (part,) = report["parts"]
    assert (part["passed"], part["skipped"], part["failed"], part["crashed"], part["known"]) == (1, 1, 1, 1, 2)


def test_unknown_part_is_told_before_anything_is_built(root: Path):
    done = wasmwright(root, "test", "tiny", "--part", "core")
    assert done.returncode == 12
    assert done.stderr == "error: the suite of tiny has no part `core`\nhint: its parts are some, broken, lost, more\n"
