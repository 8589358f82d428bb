from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from toolchain_writer import write_toolchain

from wasmwright.checkout import Checkout
from wasmwright.errors import InvalidLock, InvalidProfile, InvalidRecipe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROFILE = "pyemscripten_2026_5"


@pytest.fixture
def checkout(tmp_path: Path, add_package: Callable[..., None]) -> Checkout:
    write_toolchain(tmp_path)
    add_package(tmp_path, "beta", run="alpha")
    add_package(tmp_path, "alpha")
    return Checkout(root=tmp_path, profile=PROFILE)


def test_names_of_the_flake_and_places_carry_the_profile(checkout: Checkout, tmp_path: Path):
    assert checkout.attribute("numpy") == ".#pyemscripten_2026_5.numpy-wasm"
    assert checkout.output("pyodide-runtime") == ".#pyemscripten_2026_5.pyodide-runtime"
    assert checkout.state == tmp_path / ".wasmwright/pyemscripten_2026_5"
    assert {checkout.roots.parent, checkout.logs.parent} == {checkout.state}


def test_state_may_lie_elsewhere(checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WASMWRIGHT_STATE", str(tmp_path / "elsewhere"))
    assert checkout.roots == tmp_path / "elsewhere" / PROFILE / "roots"


def test_two_profiles_share_no_state(tmp_path: Path):
    one, other = (Checkout(root=tmp_path, profile=name) for name in ("a", "b"))
    assert not {one.state, one.roots, one.logs} & {other.state, other.roots, other.logs}


def test_recipes_are_read_once(checkout: Checkout):
    assert checkout.package_names == ("alpha", "beta")
    recipes = checkout.recipes
    (checkout.pkgs / "alpha/recipe.toml").write_text("no recipe")
    (checkout.pkgs / "alpha/lock.json").write_text("no lock")
    assert checkout.recipes is recipes
    with pytest.raises(InvalidLock):
        checkout.lock("alpha")
    with pytest.raises(InvalidRecipe):
        Checkout(root=checkout.root, profile=PROFILE).recipes["alpha"]


def test_a_broken_recipe_stops_what_needs_it_only(checkout: Checkout, add_package: Callable[..., None]):
    add_package(checkout.root, "gamma")
    (checkout.pkgs / "alpha/recipe.toml").write_text("no recipe")
    (checkout.pkgs / "alpha/lock.json").write_text("no lock")
    assert set(checkout.recipes) == {"beta", "gamma"}
    assert set(checkout.wanted(["gamma"]).sources)
    assert [file.path for file in checkout.generated(["gamma"])] == ["pkgs/gamma/package.nix"]
    for ask in (lambda: checkout.wanted(["beta"]), lambda: checkout.generated(["beta"]), checkout.all_wanted):
        with pytest.raises(InvalidRecipe, match=r"alpha/recipe\.toml"):
            ask()


def test_making_one_reads_nothing(tmp_path: Path):
    checkout = Checkout(root=tmp_path / "nowhere", profile="no_profile")
    assert checkout.package_names == ()
    with pytest.raises(InvalidProfile, match="no_profile"):
        checkout.abi  # noqa: B018 - reading is what fails


def test_what_the_toolchain_says_is_read(checkout: Checkout):
    other = Checkout(root=checkout.root, profile="pyemscripten_2026_0")
    assert (checkout.abi.python, other.abi.python) == ("3.15", "3.14")
    assert checkout.target.profile == checkout.abi
    assert checkout.base == other.base
    assert checkout.known.profiles == ("pyemscripten_2026_0", "pyemscripten_2026_5")
    assert set(checkout.known.tools) == {"cmake", "flang", "flang-compiler"}


def test_sources_are_those_of_the_profile(checkout: Checkout):
    names = set(checkout.wanted(["beta"]).sources)
    assert {"x.tar.gz", "python3.15_3.15.9-1_amd64.deb"} <= names
    assert "python3.14_3.14.9-1_amd64.deb" not in names
    assert "python3.14_3.14.9-1_amd64.deb" in checkout.all_wanted().sources
