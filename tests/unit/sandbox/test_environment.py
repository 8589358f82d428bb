from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.sandbox.attributes import Python
from wasmwright.sandbox.environment import cross_environment

if TYPE_CHECKING:
    from wasmwright.sandbox.attributes import Attributes


@pytest.fixture
def environment(attributes: Attributes, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("NIX_BUILD_TOP", "/build")
    monkeypatch.setenv("LEAK", "from the caller")
    return cross_environment(attributes, epoch=1_700_000_000, home=Path("/build/home"))


def test_nothing_of_the_caller_is_kept(environment: dict[str, str]):
    assert "LEAK" not in environment
    assert environment["HOME"] == "/build/home"


def test_toolchain_comes_before_everything_on_path(environment: dict[str, str]):
    path = environment["PATH"].split(":")
    assert path[0] == "/store/toolchain/bin"
    assert path[-2:] == ["/store/python/usr/bin", "/store/shell/usr/bin"]


def test_the_target_is_described_to_python(environment: dict[str, str]):
    assert environment["_PYTHON_SYSCONFIGDATA_NAME"] == "_sysconfigdata_x"
    assert environment["PYTHONPATH"].startswith("/store/target/lib:")


def test_a_library_knows_no_python_of_the_target(attributes: Attributes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NIX_BUILD_TOP", "/build")
    alone = replace(attributes, python=Python(interpreter=Path("/store/python"), target=None, environments=()))
    environment = cross_environment(alone, epoch=1, home=Path("/build/home"))
    assert environment["PYTHONPATH"] == ""
    assert "/store/python/usr/bin" in environment["PATH"].split(":")


def test_dependencies_are_found_by_compilers_and_pkg_config(environment: dict[str, str], attributes: Attributes):
    (library,) = attributes.dependencies
    assert shlex.split(environment["WASMWRIGHT_CFLAGS"]) == [
        f"-I{library}/include",
        "-ffile-prefix-map=/build=.",
        "-DC",
    ]
    assert shlex.split(environment["WASMWRIGHT_CXXFLAGS"])[-1] == "-DCXX"
    assert shlex.split(environment["WASMWRIGHT_LDFLAGS"]) == [f"-L{library}/lib", "-lz"]
    assert environment["PKG_CONFIG_LIBDIR"] == f"{library}/lib/pkgconfig"


def test_what_static_libraries_call_is_linked(attributes: Attributes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NIX_BUILD_TOP", "/build")
    (library,) = attributes.dependencies
    for name in ("libz.a", "liba.a", "libz.so"):
        (library / "lib" / name).touch()
    environment = cross_environment(replace(attributes, needed=(library,)), epoch=1, home=Path("/build/home"))
    flags = shlex.split(environment["WASMWRIGHT_LDFLAGS"])
    assert flags == [f"-L{library}/lib", "-lz", f"{library}/lib/liba.a", f"{library}/lib/libz.a"]


def test_the_clock_is_the_sources(environment: dict[str, str]):
    assert environment["SOURCE_DATE_EPOCH"] == "1700000000"


def test_the_recipes_variables_win(environment: dict[str, str]):
    assert environment["THING"] == "1"
    assert environment["CC"] == "mine"


SCM = "SETUPTOOLS_SCM_PRETEND_VERSION"


def test_tools_that_would_ask_git_get_the_recipes_version(environment: dict[str, str]):
    names = [SCM, "PBR_VERSION", "PDM_BUILD_SCM_VERSION", "POETRY_DYNAMIC_VERSIONING_BYPASS"]
    assert [environment[name] for name in (*names, "UV_DYNAMIC_VERSIONING_BYPASS")] == ["1"] * 5


@pytest.mark.parametrize("name", [SCM, f"{SCM}_FOR_THING", "VCS_VERSIONING_PRETEND_VERSION"])
def test_a_version_of_the_recipes_own_comes_first(attributes: Attributes, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv("NIX_BUILD_TOP", "/build")
    own = replace(attributes, env={name: "2", "PBR_VERSION": "3"})
    environment = cross_environment(own, epoch=1, home=Path("/build/home"))
    assert {key: value for key, value in environment.items() if "PRETEND" in key} == {name: "2"}
    assert environment["PBR_VERSION"] == "3"


def test_a_library_has_no_version_for_python(attributes: Attributes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NIX_BUILD_TOP", "/build")
    alone = replace(attributes, python=Python(interpreter=Path("/store/python"), target=None, environments=()))
    assert SCM not in cross_environment(alone, epoch=1, home=Path("/build/home"))
