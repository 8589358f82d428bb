"""Recipes that are made without a file."""

from __future__ import annotations

from pathlib import Path

from wasmwright.recipe.model import Build, BuildType, Exports, ResolvedRecipe, SelfTests, WrittenRecipe
from wasmwright.recipe.resolve import resolve_all
from wasmwright.sources.kinds.pypi_sdist import PypiSdist

BUILD = Build(
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


def written(name: str, *, host: tuple[str, ...] = (), run: tuple[str, ...] = ()) -> WrittenRecipe:
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
        hold=None,
        disabled=None,
        source=PypiSdist(project=name),
        further=(),
        source_folder="",
        patches=(),
        build=BUILD,
        host=host,
        run=run,
        requires=(),
        without=(),
        tests=SelfTests(imports=(), requires=(), split=(), folders=(), suites=()),
        smoke_test=False,
    )


def by_name(*recipes: WrittenRecipe) -> dict[str, WrittenRecipe]:
    return {recipe.name: recipe for recipe in recipes}


def resolved(name: str) -> ResolvedRecipe:
    """A recipe that needs no other."""
    return resolve_all(by_name(written(name)))[name]
