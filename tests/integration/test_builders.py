"""Small projects of all sorts of faults, built for real: what the sandbox, the compilers and the audit say of them."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import BuildFailed, WasmwrightError

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Built, Nix

pytestmark = pytest.mark.nix

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


@dataclass(frozen=True, kw_only=True)
class Tiny:
    """A project of one extension module: what stands before its function, and in it."""

    before: str = ""
    body: str = "return PyLong_FromLong(42);"
    members: dict[str, str] = field(default_factory=dict)
    patch: str = ""


@dataclass(frozen=True)
class Builder:
    nix: Nix
    checkout: Path
    folder: Path

    def archive(self, tiny: Tiny) -> Path:
        files = {"tiny-1/pyproject.toml": PROJECT, "tiny-1/tiny.c": SOURCE % (tiny.before, tiny.body), **tiny.members}
        path = self.folder / "tiny-1.tar.gz"
        with tarfile.open(path, "w:gz") as tar:
            for name, text in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(text)
                tar.addfile(member, io.BytesIO(text.encode()))
        return path

    def build(self, tiny: Tiny, *, attribute: str = "") -> Built:
        archive = self.archive(tiny)
        self.nix.add_fixed([archive])
        markupsafe = json.loads((self.checkout / "pkgs/markupsafe/lock.json").read_text())
        entry = {"name": archive.name, "purl": "pkg:pypi/tiny@1", "sha256": _sha256(archive)}
        lock = {"source": entry, "build_requires": markupsafe["build_requires"], "test_requires": []}
        (self.folder / "lock.json").write_text(json.dumps(lock))
        patches = ""
        if tiny.patch:
            (self.folder / "fix.patch").write_text(tiny.patch)
            patches = "patches = [ ./fix.patch ];"
        expression = self.folder / "default.nix"
        expression.write_text(
            f"(import {self.checkout}/nix {{ }}).buildWasmWheel "
            f'{{ name = "tiny"; version = "1"; lock = ./lock.json; testImports = [ "tiny" ]; {patches} }}'
        )
        (built,) = self.nix.build(["--impure", "--expr", f"(import {expression}){attribute}"])
        return built

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


def test_audit_is_written_beside_the_wheel(builder: Builder):
    report = json.loads((builder.build(Tiny()).out / "audit.json").read_text())
    assert report


@pytest.mark.parametrize(
    ("tiny", "told"),
    [
        pytest.param(
            Tiny(before="extern int nowhere(int);", body="return PyLong_FromLong(nowhere(1));"),
            "nowhere",
            id="unresolved-symbol",
        ),
        pytest.param(
            Tiny(before="extern int PyLong_Check(void);\nextern double PyLong_AsLong(double);"),
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
