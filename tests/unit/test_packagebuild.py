from __future__ import annotations

from typing import TYPE_CHECKING

from package_writer import PROFILE
from toolchain_writer import write_toolchain

from wasmwright.checkout import Checkout
from wasmwright.packagebuild import Wish, wish_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_recipes_say_what_can_be_imported(tmp_path: Path, add_package: Callable[..., None]):
    checkout = Checkout(root=tmp_path, profile=PROFILE)
    write_toolchain(tmp_path)
    add_package(tmp_path, "alpha", run="gamma")
    add_package(tmp_path, "gamma")
    text = '[package]\nname = "beta"\nversion = "1"\n[source]\ndebian = "beta"\n'
    (checkout.pkgs / "beta").mkdir()
    (checkout.pkgs / "beta/recipe.toml").write_text(f'{text}[build]\ntype = "library"\nsystem = "make"\n')
    wish = wish_for(checkout, ("beta", "alpha"), test=True)
    needs = {"alpha": ("gamma",), "beta": (), "gamma": ()}
    assert wish == Wish(names=("beta", "alpha"), wheels=frozenset({"alpha"}), needs=needs)
