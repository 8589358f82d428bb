from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.sandbox.wheel import config_settings, frontend_command

if TYPE_CHECKING:
    import pytest

    from wasmwright.sandbox.attributes import Attributes

CROSS = "--cross-file=/store/toolchain/share/wasmwright/cross.ini"


def test_meson_python_gets_the_cross_file_before_the_recipes_settings(
    attributes: Attributes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NIX_BUILD_CORES", "3")
    (attributes.host_environments[0] / "lib/mesonpy").mkdir(parents=True)
    settings = config_settings(replace(attributes, config_settings={"setup-args": ["-Dx=1"]}))
    assert settings == {"setup-args": [CROSS, "-Dx=1"], "compile-args": ["-j3"]}


def test_other_back_ends_get_the_recipes_settings_alone(attributes: Attributes):
    assert config_settings(replace(attributes, config_settings={"a": ["1"]})) == {"a": ["1"]}


def test_each_value_is_an_argument(attributes: Attributes):
    command = frontend_command(replace(attributes, config_settings={"a": ["1", "2"]}), Path("/src"), Path("/wheels"))
    assert command[-3:] == ["-Ca=1", "-Ca=2", "/src"]
    assert "--no-isolation" in command
