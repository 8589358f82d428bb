"""Every folder of fixtures/recipes/broken is one mistake; expected.txt beside it is the whole message."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from recipe_known import KNOWN

from wasmwright.failure import WasmwrightError
from wasmwright.lock.fresh import check_package_locks, read_locks
from wasmwright.recipe.parse import load_all
from wasmwright.recipe.resolve import check_dependencies, resolve_all

if TYPE_CHECKING:
    from collections.abc import Callable

BROKEN = Path(__file__).parents[2] / "fixtures" / "recipes" / "broken"
FAULTS = sorted(folder.name for folder in BROKEN.iterdir())


@pytest.mark.parametrize("fault", FAULTS)
def test_message(fault: str, tmp_path: Path, assert_expected: Callable[[Path, str], None]) -> None:
    pkgs = _pkgs(BROKEN / fault, tmp_path)
    with pytest.raises(WasmwrightError) as caught:
        _resolve(pkgs)
    error = caught.value
    rendered = f"{type(error).__name__} ({error.exit_code})\nerror: {error}\nhint: {error.hint}\n"
    assert str(tmp_path) not in rendered
    assert_expected(BROKEN / fault / "expected.txt", rendered)


def _resolve(pkgs: Path) -> None:
    recipes = load_all(pkgs, KNOWN)
    recipes.check()
    check_dependencies(recipes)
    check_package_locks(recipes.values(), read_locks(recipes.values()), targets=(), known=recipes)
    resolve_all(recipes)


def _pkgs(fixture: Path, tmp_path: Path) -> Path:
    """A folder pkgs/ with the fixture's recipes; one that holds a bare recipe.toml becomes the package `demo`."""
    pkgs = tmp_path / "pkgs"
    if (fixture / "pkgs").is_dir():
        shutil.copytree(fixture / "pkgs", pkgs)
    else:
        shutil.copytree(fixture, pkgs / "demo")
    return pkgs
