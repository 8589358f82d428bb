from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.fortran.retarget import Options, retarget

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES = Path(__file__).parents[2] / "fixtures" / "fortran"


@pytest.fixture(scope="session")
def conventions() -> str:
    """What flang writes for conventions.f90: the folder of the source is /build/source."""
    return (FIXTURES / "conventions.ll").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def wasm(conventions: str) -> str:
    return retarget(conventions, Options(), source="conventions.f90")


@pytest.fixture
def definition() -> Callable[[str, str], str]:
    """The text of one function in a module."""

    def find(text: str, name: str) -> str:
        found = re.search(rf"^define [^\n]*@{re.escape(name)}\(.*?^\}}$", text, re.MULTILINE | re.DOTALL)
        assert found is not None, f"{name} is not defined"
        return found.group()

    return find
