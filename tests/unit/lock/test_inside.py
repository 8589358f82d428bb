from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.checkout import Checkout
from wasmwright.errors import InvalidLock
from wasmwright.lock.inside import Inside, inside_lock, lock_inside
from wasmwright.lock.package import Chosen, PackageLocking
from wasmwright.lock.profile import default_profile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.lock.target import Target
    from wasmwright.recipe.model import WrittenRecipe

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def checkout() -> Checkout:
    return Checkout(root=ROOT, profile=default_profile(ROOT))


@pytest.fixture
def recipe(checkout: Checkout) -> WrittenRecipe:
    return checkout.inside(Inside.WHEEL_TOOLS)


@dataclass(kw_only=True)
class Noting(PackageLocking):
    """Notes what is near to each answer, which is empty."""

    near: list[Chosen | None] = field(default_factory=list)

    def choose(
        self,
        recipe: WrittenRecipe,  # noqa: ARG002 - as the real one
        written: Iterable[str],  # noqa: ARG002
        target: Target,  # noqa: ARG002
        *,
        near: Chosen | None = None,
    ) -> Chosen:
        self.near.append(near)
        return Chosen(build_requires=(), test_requires=())


def locking(checkout: Checkout) -> Noting:
    return Noting(targets=checkout.targets, recipes=checkout.recipes, registries=None)  # type: ignore[arg-type]


def test_the_lock_of_this_checkout_fits(checkout: Checkout, recipe: WrittenRecipe):
    lock = inside_lock(recipe, checkout.targets, checkout.recipes)
    assert {"setuptools", "cython", "numpy"} <= {wheel.package.name for wheel in lock.entries()}


def test_the_command_line_has_inside_what_pyproject_asks_for(checkout: Checkout):
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert list(checkout.inside(Inside.COMMAND_LINE).build.requires) == pyproject["project"]["dependencies"]


def test_an_image_that_builds_recipes_has_nix_and_the_command_line(checkout: Checkout):
    names = {source.package.name for source in checkout.with_itself_wanted().sources.values()}
    assert {"nix-bin", "click", "cython", "clang-22"} <= names


def test_a_pin_that_is_gone_is_locked_with_the_toolchain(checkout: Checkout, recipe: WrittenRecipe):
    wanted = checkout.inside_wanted(Inside.WHEEL_TOOLS)
    lock = inside_lock(recipe, checkout.targets, checkout.recipes)
    sources = lock.for_profile(checkout.profile).entries()
    assert {source.name for source in sources} <= wanted.sources.keys()
    assert {wanted.relock_of(source) for source in sources} == {"./wasmwright lock --toolchain --regenerate"}


def test_what_fits_is_kept(checkout: Checkout, recipe: WrittenRecipe):
    lock = inside_lock(recipe, checkout.targets, checkout.recipes)
    noting = locking(checkout)
    assert lock_inside(recipe, noting, old=lock) is lock
    assert noting.near == []


def test_a_change_keeps_near_to_what_was_there(checkout: Checkout, recipe: WrittenRecipe):
    lock = inside_lock(recipe, checkout.targets, checkout.recipes)
    changed = replace(recipe, build=replace(recipe.build, requires=("setuptools",)))
    with pytest.raises(InvalidLock, match=r"wheel-tools/lock\.json was made from another") as caught:
        inside_lock(changed, checkout.targets, checkout.recipes)
    assert "lock --toolchain" in (caught.value.hint or "")
    noting = locking(checkout)
    made = lock_inside(changed, noting, old=lock)
    assert [near.build_requires if near else None for near in noting.near] == [
        lock.for_profile(target.profile.name).build_requires for target in checkout.targets
    ]
    assert lock_inside(changed, noting, old=made) is made


def test_without_an_old_lock_the_first_profile_leads(checkout: Checkout, recipe: WrittenRecipe):
    noting = locking(checkout)
    lock_inside(recipe, noting, old=None)
    assert noting.near == [None, *[Chosen(build_requires=(), test_requires=())] * (len(checkout.targets) - 1)]
