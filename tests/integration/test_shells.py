"""The development shells, as a user of plain Nix enters them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix

EXTENSION = """
#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *unused) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "answer", 0, -1, methods};
PyMODINIT_FUNC PyInit_answer(void) { return PyModule_Create(&module); }
"""
PROJECT = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "answer"
version = "1"
[tool.setuptools]
ext-modules = [{ name = "answer", sources = ["answer.c"] }]
"""


def test_shell_has_the_compiler(nix: Nix, checkout: Path):
    done = run([nix.program, "develop", "-c", "emcc", "--version"], env=nix.env(), cwd=checkout)
    assert "6.0.5" in done.stdout


def test_shell_builds_an_extension(nix: Nix, checkout: Path, tmp_path: Path):
    (tmp_path / "answer.c").write_text(EXTENSION)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    command = ["python", "-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check", tmp_path]
    run([nix.program, "develop", "-c", *command], env=nix.env(), cwd=checkout)
    assert [wheel.name for wheel in (tmp_path / "dist").iterdir()] == [
        "answer-1-cp315-cp315-emscripten_6_0_5_wasm32.whl"
    ]
