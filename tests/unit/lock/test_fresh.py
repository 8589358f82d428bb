from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InvalidLock
from wasmwright.lock.fresh import check_package_locks, check_toolchain_lock
from wasmwright.lock.profile import lock_path, profile_path
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.parse import load_recipe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_lock_of_a_changed_profile_is_stale(tmp_path: Path):
    profile, lock = tmp_path / "p.toml", tmp_path / "p.lock.json"
    shutil.copy(profile_path(), profile)
    shutil.copy(lock_path(), lock)
    profile.write_text(f"{profile.read_text()}# changed\n")
    with pytest.raises(InvalidLock, match="the profile has changed"):
        check_toolchain_lock(profile, lock)


def test_lock_of_a_changed_recipe_is_stale(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "thing")
    path = tmp_path / "pkgs/thing/recipe.toml"
    assert check_package_locks([load_recipe(path, KNOWN)])[0].name == "thing"
    path.write_text(f'{path.read_text()}[build]\nrequires = ["meson"]\n')
    with pytest.raises(InvalidLock, match="recipe has changed") as caught:
        check_package_locks([load_recipe(path, KNOWN)])
    assert caught.value.hint == "run `./wasmwright lock thing`"
