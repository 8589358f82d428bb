"""Recipes that are made without a file."""

from __future__ import annotations

from pathlib import Path

from wasmwright.recipe.model import Build, BuildType, Exports, SelfTests, WrittenRecipe
from wasmwright.sources.kinds.pypi_sdist import PypiSdist


def written(name: str, *, host: tuple[str, ...] = (), run: tuple[str, ...] = ()) -> WrittenRecipe:
    build = Build(
        type=BuildType.WHEEL,
        system=None,
        config_settings={},
        flags=(),
        cflags=(),
        cxxflags=(),
        ldflags=(),
        env={},
        exports=Exports.PYINIT,
        shared=(),
        requires=(),
        without=(),
        tools=(),
    )
    return WrittenRecipe(
        path=Path("pkgs", name, "recipe.toml"),
        name=name,
        version="1.0",
        summary=None,
        license=None,
        homepage=None,
        sets=(),
        profiles=None,
        profiles_reason=None,
        disabled=None,
        source=PypiSdist(project=name),
        further=(),
        source_folder="",
        patches=(),
        build=build,
        host=host,
        run=run,
        tests=SelfTests(imports=(), requires=(), split=(), suites=()),
        smoke_test=False,
    )


def by_name(*recipes: WrittenRecipe) -> dict[str, WrittenRecipe]:
    return {recipe.name: recipe for recipe in recipes}
