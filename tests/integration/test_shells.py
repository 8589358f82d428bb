"""The development shells, as a user of plain Nix enters them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.profile import default_profile, known_profiles, profile_path, read_profile
from wasmwright.paths import project_root
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


def shells() -> list[tuple[str, str]]:
    """The flake's shells with the profile that each is for: the default one's has no name."""
    root = project_root()
    return [(".", default_profile(root)), *((f".#{name}", name) for name in known_profiles(root))]


@pytest.mark.parametrize(("shell", "profile"), shells())
def test_shell_builds_an_extension(nix: Nix, checkout: Path, tmp_path: Path, shell: str, profile: str):
    (tmp_path / "answer.c").write_text(EXTENSION)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    command = ["python", "-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check", tmp_path]
    run([nix.program, "develop", shell, "-c", *command], env=nix.env(), cwd=checkout)
    abi = read_profile(profile_path(checkout, profile))
    platform = re.sub(r"[-.]", "_", abi.target_platform)
    assert [wheel.name for wheel in (tmp_path / "dist").iterdir()] == [
        f"answer-1-{abi.python_tag}-{abi.python_tag}-{platform}.whl"
    ]


def test_shell_has_the_compiler(nix: Nix, checkout: Path):
    done = run([nix.program, "develop", "-c", "emcc", "--version"], env=nix.env(), cwd=checkout)
    assert read_base(base_path(checkout)).compiler.emscripten in done.stdout
