from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.sandbox.library import StepFailed, steps

if TYPE_CHECKING:
    from wasmwright.sandbox.attributes import Attributes

SOURCE, BUILD = Path("/src"), Path("/b")


@pytest.mark.parametrize(
    ("system", "phases", "first"),
    [
        ("cmake", ["configure", "build", "install"], "cmake"),
        ("autotools", ["configure", "build", "install"], "/src/configure"),
        ("make", ["build", "install"], "make"),
    ],
)
def test_phases_of_each_build_system(attributes: Attributes, system: str, phases: list[str], first: str):
    commands = steps(replace(attributes, system=system, flags=("--mine",)), SOURCE, BUILD, 2)
    assert list(commands) == phases
    assert commands[phases[0]][0] == first
    assert "--mine" in commands[phases[0]]


def test_install_goes_to_the_output(attributes: Attributes):
    assert "--prefix=/store/out" in steps(replace(attributes, system="autotools"), SOURCE, BUILD, 2)["configure"]
    cmake = steps(replace(attributes, system="cmake"), SOURCE, BUILD, 2)["configure"]
    assert "-DCMAKE_INSTALL_PREFIX=/store/out" in cmake


def test_unknown_system_is_named(attributes: Attributes):
    with pytest.raises(StepFailed, match="`scons`"):
        steps(replace(attributes, system="scons"), SOURCE, BUILD, 2)
