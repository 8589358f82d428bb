from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet

from wasmwright.outputs.condaspec import (
    TargetPython,
    conda_version,
    dependencies,
    is_of_any_place,
    python_versions,
    versions,
)
from wasmwright.outputs.errors import InvalidEnvironment

PYTHON = TargetPython(profile="pyemscripten_2026_0", version="3.14", full="3.14.2", tag="cp314")


@pytest.mark.parametrize(
    ("pep440", "conda"),
    [
        ("", ""),
        (">=1.2", ">=1.2"),
        ("<2", "<2dev0"),
        ("<2rc1", "<2rc1"),
        ("<2.post1", "<2.post1"),
        ("<=2,>1", "<=2,>1"),
        ("==1.4", "==1.4"),
        ("==1.4.*", "1.4.*"),
        ("!=1.4.*,!=1.5", "!=1.4.*,!=1.5"),
        ("~=1.4.2", "1.4.*,>=1.4.2"),
        ("~=1!2.0", "1!2.*,>=1!2.0"),
        ("===1.0", "==1.0"),
    ],
)
def test_versions_of_dependencies(pep440: str, conda: str):
    assert versions(SpecifierSet(pep440)) == conda


def test_version_is_written_in_its_normal_form():
    assert conda_version("1.0-RC1", "a.whl") == "1.0rc1"
    with pytest.raises(InvalidEnvironment, match=r"a\.whl has the version 'x'"):
        conda_version("x", "a.whl")


def test_python_that_is_said_oddly_is_passed_over():
    assert python_versions(">=3.9,<4") == "<4dev0,>=3.9"
    assert python_versions(None) == python_versions(">=3.x") == ""


def _needed(*requirements: str, depends: str, extras: str = "") -> tuple[str, ...]:
    return dependencies(requirements, depends=depends.split(), extras=extras.split(), markers=PYTHON.markers)


def test_markers_are_answered_for_the_target():
    here, there = "A_a>=1; sys_platform == 'emscripten'", "b; sys_platform == 'linux'"
    assert _needed(here, there, depends="a-a") == ("a-a >=1",)
    assert _needed(here, "a-a<9; sys_platform == 'linux'", depends="a-a") == ("a-a >=1",)


def test_what_an_environment_has_for_an_extra_is_needed_always():
    requirements = ("a", "b>=2; extra == 'more'", "c; extra == 'other'")
    assert _needed(*requirements, depends="a b", extras="more other") == ("a", "b >=2")
    assert _needed(*requirements, depends="a", extras="more other") == ("a",)


def test_requirements_of_one_name_are_one():
    assert _needed("a>=1", "a<3", "a", depends="a") == ("a <3dev0,>=1",)


def test_no_requirement_is_told():
    with pytest.raises(InvalidEnvironment, match="requires 'a b'"):
        _needed("a b", depends="a")


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("a>=1", True),
        ("a; extra == 'x'", True),
        ("a; sys_platform == 'emscripten'", False),
        ("a; extra == 'x' and python_version < '3.15'", False),
        ("a; platform_machine == 'wasm32'", False),
        ("os-name-python-version", True),
    ],
)
def test_package_is_of_any_place_where_no_marker_asks_for_one(requirement: str, expected: bool):  # noqa: FBT001 - expected
    assert is_of_any_place(["b", requirement]) is expected


def test_extensions_need_the_python_and_the_abi_of_their_profile():
    assert PYTHON.build == "0_pyemscripten_2026_0_cp314"
    assert PYTHON.needed_by_extensions == (
        "python 3.14.* *_pyemscripten_2026_0_cp314",
        "python_abi 3.14.* *_cp314",
    )
