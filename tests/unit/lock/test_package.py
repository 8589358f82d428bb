from __future__ import annotations

import io
import tarfile

import pytest

from wasmwright.errors import Unresolvable
from wasmwright.lock.package import build_system_requires, combined, read_pyproject


def _sdist(*members: str) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tarball:
        for name in members:
            item = tarfile.TarInfo(name)
            item.size = len(name)
            tarball.addfile(item, io.BytesIO(name.encode()))
    return data.getvalue()


def test_pyproject_at_the_top_is_read():
    sdist = _sdist("x-1/vendored/pyproject.toml", "x-1/pyproject.toml")
    assert read_pyproject(sdist, "x-1.tar.gz") == "x-1/pyproject.toml"
    assert read_pyproject(_sdist("x-1/setup.py"), "x-1.tar.gz") is None


def test_project_without_pyproject_needs_setuptools():
    assert build_system_requires(None, where="x") == ("setuptools>=40.8.0",)
    assert build_system_requires("[project]\n", where="x") == ("setuptools>=40.8.0",)


def test_build_requirements_are_read():
    text = '[build-system]\nrequires = ["meson-python>=0.18", "Cython; python_version > \'3\'"]\n'
    assert build_system_requires(text, where="x") == ("meson-python>=0.18", "Cython; python_version > '3'")


@pytest.mark.parametrize("text", ["[build-system", '[build-system]\nrequires = ["a b c"]\n', "build-system = 3\n"])
def test_odd_pyproject_is_told_with_the_file(text: str):
    with pytest.raises(Unresolvable, match=r"pyproject\.toml of x-1\.tar\.gz"):
        build_system_requires(text, where="x-1.tar.gz")


def test_recipe_drops_and_adds_requirements():
    assert combined(["Ninja>=1", "cython"], ["meson"], ["ninja"]) == ("cython", "meson")
