from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from package_writer import write_package
from recipe_writer import written

from wasmwright.cli.test import SuiteChoice, _found
from wasmwright.package import read_package
from wasmwright.packagebuild import Package

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("tested", "smoke_test", "told"),
    [
        (True, True, "imported, known results right"),
        (True, False, "imported"),
        (False, False, "built and audited; a library is tested by what links it"),
    ],
)
def test_no_more_is_told_than_was_tested(tmp_path: Path, *, tested: bool, smoke_test: bool, told: str):
    output = read_package(write_package(tmp_path / "demo"))
    package = Package(output=output, drv_path="", artifacts=(), tested=tested)
    assert _found(package, replace(written("demo"), smoke_test=smoke_test)) == told


@pytest.mark.parametrize(
    ("parts", "expression", "whole"), [((), "", True), (("core",), "", False), ((), "not slow", False)]
)
def test_a_filtered_run_is_not_the_whole(parts: tuple[str, ...], expression: str, *, whole: bool):
    assert SuiteChoice(parts=parts, expression=expression, parallel=2).is_whole is whole
