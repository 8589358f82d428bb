from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lock_writer import empty_lock
from recipe_writer import by_name, written
from toolchain_writer import write_toolchain

from wasmwright.errors import InvalidLock
from wasmwright.lock.base import base_path
from wasmwright.lock.fresh import check_package_locks, check_toolchain_lock, lock_digest, lock_fault, made_for
from wasmwright.lock.model import Answer
from wasmwright.lock.profile import known_profiles, profile_path
from wasmwright.lock.target import read_targets
from wasmwright.paths import project_root
from wasmwright.recipe.model import BuildType
from wasmwright.sources.kinds.pypi_sdist import PypiSdist
from wasmwright.sources.kinds.pypi_wheel import PypiWheel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.lock.model import PackageLock
    from wasmwright.lock.target import Target
    from wasmwright.recipe.model import WrittenRecipe


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


def test_all_bad_locks_are_told_at_once():
    recipes = by_name(written("a"), written("b"), written("c"))
    locks = {"b": replace(empty_lock(recipes["b"]), recipe_sha256="x"), "c": empty_lock(recipes["c"])}
    with pytest.raises(InvalidLock) as caught:
        check_package_locks(recipes.values(), locks, targets=(), known=recipes)
    assert str(caught.value).splitlines()[1:] == [
        "  pkgs/a/lock.json: is missing",
        "  pkgs/b/lock.json: was made from another recipe.toml: the recipe has changed since",
    ]
    assert caught.value.hint == "run `./wasmwright lock a b`"


@pytest.fixture
def targets(tmp_path: Path) -> tuple[Target, ...]:
    write_toolchain(tmp_path)
    return read_targets(tmp_path)


def _fault(lock: PackageLock, targets: Iterable[Target], recipe: WrittenRecipe, *others: WrittenRecipe) -> str | None:
    return lock_fault(recipe, lock, targets, by_name(recipe, *others))


def test_lock_is_of_one_recipe(targets: tuple[Target, ...]):
    recipe = written("a")
    lock = empty_lock(recipe, targets)
    assert _fault(lock, targets, recipe) is None
    changed = replace(recipe, build=replace(recipe.build, requires=("meson",)))
    assert _fault(lock, targets, changed) == "was made from another recipe.toml: the recipe has changed since"


def test_lock_has_an_answer_for_each_profile_of_the_recipe(targets: tuple[Target, ...]):
    first, second = targets
    recipe = written("a")
    assert _fault(empty_lock(recipe, [first]), targets, recipe) == f"has no answer for profile {second.profile.name}"
    limited = replace(recipe, profiles=(first.profile.name,), profiles_reason="a test")
    assert _fault(empty_lock(limited, [first]), targets, limited) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"python": "3.16"}, "python 3.14, and profile pyemscripten_2026_0 has 3.16 now"),
        ({"python_full": "3.14.3"}, "python full 3.14.2, and profile pyemscripten_2026_0 has 3.14.3 now"),
        ({"python_tag": "cp316"}, "python tag cp314, and profile pyemscripten_2026_0 has cp316 now"),
        ({"platform": "other"}, "platform pyemscripten_2026_0_wasm32, and profile pyemscripten_2026_0 has other now"),
    ],
)
def test_lock_is_of_one_runtime(targets: tuple[Target, ...], change: dict[str, Any], told: str):
    recipe, (first, second) = written("a"), targets
    moved = replace(second, profile=replace(second.profile, **change))
    assert _fault(empty_lock(recipe, targets), [first, moved], recipe) == f"was made for {told}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"build_python": "3.14.10"}, "build python 3.14.9, and profile pyemscripten_2026_0 has 3.14.10 now"),
        (
            {"build_platforms": ("one", "other")},
            "build platforms manylinux_2_17_x86_64, and profile pyemscripten_2026_0 has one, other now",
        ),
    ],
)
def test_lock_is_of_one_build_machine(targets: tuple[Target, ...], change: dict[str, Any], told: str):
    recipe, (first, second) = written("a"), targets
    moved = replace(second, **change)
    assert _fault(empty_lock(recipe, targets), [first, moved], recipe) == f"was made for {told}"


def test_lock_is_of_the_versions_that_the_build_uses(targets: tuple[Target, ...]):
    numeric, recipe = written("numeric"), written("a", host=("numeric",), run=("other",))
    other = written("other")
    answers = {
        target.profile.name: Answer(
            made_for=made_for(recipe, target, by_name(numeric)), build_requires=(), test_requires=()
        )
        for target in targets
    }
    lock = replace(empty_lock(recipe), profiles=answers)
    assert _fault(lock, targets, recipe, numeric, other) is None
    assert _fault(lock, targets, recipe, numeric, replace(other, version="2.0")) is None
    assert _fault(lock, targets, recipe, replace(numeric, version="2.0"), other) == (
        "was made for a build with numeric 1.0, and the recipes have numeric 2.0 now"
    )


def test_lock_of_a_library_is_of_no_profile(targets: tuple[Target, ...]):
    recipe = written("a")
    library = replace(recipe, build=replace(recipe.build, type=BuildType.LIBRARY))
    assert _fault(empty_lock(library), targets, library) is None


def test_digest_changes_with_what_the_lock_holds():
    recipe = written("a")
    changed = [
        replace(recipe, version="1.1"),
        replace(recipe, source=PypiSdist(project="b")),
        replace(recipe, source=PypiWheel(project="a")),
        replace(recipe, build=replace(recipe.build, requires=("x",))),
        replace(recipe, build=replace(recipe.build, without=("x",))),
        replace(recipe, tests=replace(recipe.tests, requires=("x",))),
        replace(recipe, host=("x",)),
        replace(recipe, run=("x",)),
        replace(recipe, requires=("x",)),
        replace(recipe, without=("x",)),
    ]
    digests = {lock_digest(other) for other in [recipe, *changed]}
    assert len(digests) == len(changed) + 1


def test_digest_ignores_what_the_lock_does_not_hold():
    recipe = written("a", host=("x", "y"))
    same = [
        replace(recipe, summary="other", patches=("0001-x.patch",), host=("y", "x")),
        replace(recipe, build=replace(recipe.build, cflags=("-DX",))),
        replace(recipe, path=Path("elsewhere/recipe.toml")),
    ]
    assert {lock_digest(other) for other in same} == {lock_digest(recipe)}
