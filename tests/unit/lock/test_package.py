from __future__ import annotations

import pytest

from wasmwright.errors import Unresolvable
from wasmwright.limits import LimitExceeded
from wasmwright.lock.package import build_system_requires, combined, project_dependencies, requires_dist


def test_project_without_pyproject_needs_setuptools():
    assert build_system_requires(None, where="x") == ("setuptools>=40.8.0",)
    assert build_system_requires("[project]\n", where="x") == ("setuptools>=40.8.0",)


def test_build_requirements_are_read():
    text = '[build-system]\nrequires = ["meson-python>=0.18", "Cython; python_version > \'3\'"]\n'
    assert build_system_requires(text, where="x") == ("meson-python>=0.18", "Cython; python_version > '3'")


@pytest.mark.parametrize(
    "text",
    [
        "[build-system",
        '[build-system]\nrequires = ["a b c"]\n',
        "build-system = 3\n",
        "[build-system]\nrequires = 1\n",
        "[build-system]\nrequires = [1]\n",
        '[build-system]\nrequires = "cython"\n',
    ],
)
def test_odd_pyproject_is_told_with_the_file(text: str):
    with pytest.raises(Unresolvable, match=r"pyproject\.toml of x-1\.tar\.gz"):
        build_system_requires(text, where="x-1.tar.gz")


@pytest.mark.parametrize("text", ["a; " + "(" * 20_000, "a==" + "9" * 5000])
def test_requirement_of_any_depth_is_told(text: str):
    with pytest.raises(Unresolvable, match=r"the pyproject\.toml of x-1\.tar\.gz"):
        build_system_requires(f'[build-system]\nrequires = ["{text}"]\n', where="x-1.tar.gz")


@pytest.mark.parametrize("text", ["a." * 20_000 + "b = 1", "a = " + "[" * 100_000])
def test_foreign_pyproject_is_measured_before_it_is_parsed(text: str):
    with pytest.raises(LimitExceeded, match=r"the pyproject\.toml of x-1\.tar\.gz"):
        build_system_requires(text, where="x-1.tar.gz")


def test_requirements_are_those_of_the_metadata_without_extras():
    metadata = (
        "Metadata-Version: 2.4\nName: x\nRequires-Dist: a>=1\nRequires-Dist: b; extra == 'more'\n"
        "Requires-Dist: c; python_version < '4'\n\nRequires-Dist: text\n"
    )
    assert requires_dist(metadata, where="x") == ("a>=1", "c; python_version < '4'")
    assert requires_dist(None, where="x") == ()
    with pytest.raises(Unresolvable, match=r"the METADATA of x-1\.tar\.gz cannot be understood"):
        requires_dist("Requires-Dist: a b\n", where="x-1.tar.gz")


def test_requirements_of_a_project_are_read():
    text = "[project]\ndependencies = ['a>=1', \"b; extra == 'x'\"]\n"
    assert project_dependencies(text, where="x") == ("a>=1",)
    assert project_dependencies(None, where="x") == project_dependencies("[tool]\n", where="x") == ()
    with pytest.raises(Unresolvable, match=r"the pyproject\.toml of x-1\.tar\.gz"):
        project_dependencies("[project]\ndependencies = 1\n", where="x-1.tar.gz")


def test_recipe_drops_and_adds_requirements():
    assert combined(["Ninja>=1", "cython"], ["meson"], ["ninja"]) == ("cython", "meson")
