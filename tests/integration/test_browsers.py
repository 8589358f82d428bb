"""Wheels as browsers have them: the smoke tests that Node ran when they were built, once more in two other engines."""

from __future__ import annotations

import ast
import shutil
from typing import TYPE_CHECKING

import pytest
from browsers import CHROMIUM, FIREFOX, Browser
from command_line import wasmwright

from wasmwright.cli.session import open_checkout

if TYPE_CHECKING:
    from pathlib import Path

CHECKOUT = open_checkout()
PACKAGES = ("numpy", "markupsafe", "pyyaml", "regex")


@pytest.fixture(scope="module")
def distribution(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("browsers") / "site"
    made = wasmwright("dist", "--out", out, *PACKAGES)
    assert made.returncode == 0, made.stderr
    return out


def smoke(name: str) -> str:
    """The smoke test of a package, as builds run it: the file, then its functions. Its value is how many those are."""
    text = (CHECKOUT.root / "pkgs" / name / "test_import.py").read_text()
    functions = [one.name for one in ast.parse(text).body if isinstance(one, ast.FunctionDef)]
    tests = [one for one in functions if one.startswith("test_")]
    return text + "".join(f"\n{one}()" for one in tests) + f"\n{len(tests)}"


@pytest.mark.long
@pytest.mark.parametrize("browser", [CHROMIUM, FIREFOX], ids=lambda browser: browser.program)
@pytest.mark.parametrize("name", PACKAGES)
def test_smoke_tests_pass(distribution: Path, browser: Browser, name: str, tmp_path: Path):
    """Half a minute each. The browsers are installed for it."""
    site = tmp_path / "site"
    shutil.copytree(distribution, site)
    code = smoke(name)
    assert browser.run(site, code, tmp_path / "settings") == code.rsplit("\n", 1)[1]


@pytest.mark.long
def test_what_fails_is_told(distribution: Path, tmp_path: Path):
    site = tmp_path / "site"
    shutil.copytree(distribution, site)
    told = FIREFOX.run(site, "import markupsafe\nassert markupsafe.escape('<') == '<'", tmp_path / "settings")
    assert "AssertionError" in told
