from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from recipe_writer import BUILD, resolved

from wasmwright.generate.render import HEADER, package_nix
from wasmwright.recipe.model import BuildSystem, BuildType, Exports, ResolvedRecipe, SelfTests

if TYPE_CHECKING:
    from collections.abc import Callable

EXPECTED = Path(__file__).parents[2] / "expected" / "generate"
MINIMAL = resolved("demo")
LIBRARY = replace(
    MINIMAL,
    name="zlib",
    version="1.3.1",
    build=replace(BUILD, type=BuildType.LIBRARY, system=BuildSystem.AUTOTOOLS, flags=("--static", "--64=${no}")),
)
FULL = replace(
    MINIMAL,
    summary='A "demo" of ${all}',
    license="MIT OR Apache-2.0",
    homepage="https://example.org/",
    sets=("science", "ci"),
    profiles=("pyemscripten_2026_5",),
    source_folder="python/demo",
    patches=("0001-x.patch", "0002-y.patch"),
    build=replace(
        BUILD,
        config_settings={"setup-args": ("-Da=b", "-Dc=d"), "odd key": "yes"},
        cflags=("-DX",),
        cxxflags=("-DX", '-DY="${z}"'),
        ldflags=("-lz",),
        env={"K": "v", "or": "1"},
        exports=("PyInit_demo", "demo_api"),
        tools=("cmake", "ninja"),
    ),
    host=(LIBRARY, replace(MINIMAL, name="3to2")),
    run=(replace(MINIMAL, name="3to2"), replace(MINIMAL, name="numpy")),
    tests=SelfTests(imports=("demo", "demo.core"), requires=("pytest",), split=("**/tests/**",), folders=(), suites=()),
    smoke_test=True,
)


@pytest.mark.parametrize(
    ("name", "recipe"),
    [
        ("minimal", MINIMAL),
        ("library", LIBRARY),
        ("full", FULL),
        ("all-exports", replace(MINIMAL, build=replace(BUILD, exports=Exports.ALL))),
        ("prebuilt", replace(MINIMAL, is_prebuilt=True)),
        ("disabled", replace(MINIMAL, disabled="upstream is gone")),
    ],
)
def test_package_nix(name: str, recipe: ResolvedRecipe, assert_expected: Callable[[Path, str], None]) -> None:
    text = package_nix(recipe)
    assert text.startswith(HEADER)
    assert_expected(EXPECTED / f"{name}.nix", text)


def test_same_recipe_gives_the_same_text() -> None:
    assert package_nix(FULL) == package_nix(replace(FULL))
