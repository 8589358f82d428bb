from __future__ import annotations

import tomllib
from pathlib import Path

from wasmwright.version import VERSION


def test_pyproject_has_the_same_version():
    written = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert written["project"]["version"] == VERSION
