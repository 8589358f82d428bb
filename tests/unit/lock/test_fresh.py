from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from toolchain_writer import write_toolchain

from wasmwright.errors import InvalidLock
from wasmwright.lock.base import base_path
from wasmwright.lock.fresh import check_package_locks, check_toolchain_lock
from wasmwright.lock.profile import known_profiles, profile_path
from wasmwright.paths import project_root
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.parse import load_recipe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_locks_of_the_checkout_are_fresh():
    root = project_root()
    for path in (base_path(root), *(profile_path(root, name) for name in known_profiles(root))):
        assert check_toolchain_lock(path).name == path.stem


def test_lock_of_a_changed_profile_is_stale(tmp_path: Path):
    write_toolchain(tmp_path)
    path = profile_path(tmp_path, "pyemscripten_2026_0")
    check_toolchain_lock(path)
    path.write_text(f"{path.read_text()}# changed\n")
    with pytest.raises(InvalidLock, match=r"was made from another pyemscripten_2026_0\.toml") as caught:
        check_toolchain_lock(path)
    assert caught.value.hint == "run `./wasmwright lock --toolchain`"


def test_lock_of_a_changed_recipe_is_stale(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "thing")
    path = tmp_path / "pkgs/thing/recipe.toml"
    assert check_package_locks([load_recipe(path, KNOWN)])[0].name == "thing"
    path.write_text(f'{path.read_text()}[build]\nrequires = ["meson"]\n')
    with pytest.raises(InvalidLock, match="recipe has changed") as caught:
        check_package_locks([load_recipe(path, KNOWN)])
    assert caught.value.hint == "run `./wasmwright lock thing`"
