"""WrittenRecipe + the other recipes to ResolvedRecipe."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from wasmwright.errors import DependencyCycle
from wasmwright.graph import chain, closure, find_cycle, topological_order
from wasmwright.recipe import placeholders
from wasmwright.recipe.model import BuildType, ResolvedRecipe, WrittenRecipe
from wasmwright.recipe.problems import Problem, Problems, shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def edges(recipes: Mapping[str, WrittenRecipe]) -> dict[str, tuple[str, ...]]:
    """What each recipe needs, to build or to run."""
    return {name: (*recipe.host, *recipe.run) for name, recipe in recipes.items()}


def check_dependencies(recipes: Mapping[str, WrittenRecipe], names: Iterable[str] | None = None) -> None:
    """Check what `names`, or all, need, directly or not.

    Raises InvalidRecipe for dependencies that are no recipes or of the wrong type, DependencyCycle for a circle.
    """
    problems = Problems()
    graph = edges(recipes)
    needed = closure(graph, recipes if names is None else names)
    for recipe in (recipes[name] for name in sorted(needed & graph.keys())):
        for key, wanted in (("host", recipe.host), ("run", recipe.run)):
            problems.found.extend(_dependency_problems(recipe, key, wanted, recipes))
    problems.raise_if_any(hint="dependencies are names of folders in pkgs/ that hold a recipe.toml")
    cycle = find_cycle({name: graph[name] for name in needed & graph.keys()})
    if cycle is not None:
        files = "".join(f"\n  {shown(recipes[name].path)}: needs `{need}`" for name, need in pairwise(cycle))
        message = f"packages need each other in a circle: {chain(cycle)}{files}"
        raise DependencyCycle(message, hint="take one of these names out of its [dependencies]")


def resolve_all(recipes: Mapping[str, WrittenRecipe]) -> dict[str, ResolvedRecipe]:
    """Every recipe made concrete, in build order. Raises what `check_dependencies` raises."""
    check_dependencies(recipes)
    resolved: dict[str, ResolvedRecipe] = {}
    for name in topological_order(edges(recipes)):
        resolved[name] = _resolved(recipes[name], resolved)
    return resolved


def _dependency_problems(
    recipe: WrittenRecipe, key: str, names: Iterable[str], recipes: Mapping[str, WrittenRecipe]
) -> Iterable[Problem]:
    for name in names:
        if name not in recipes:
            message = f"there is no recipe `{name}`{suggestion(name, set(recipes) - {recipe.name})}"
        elif key == "run" and recipes[name].build.type is BuildType.LIBRARY:
            message = f"`{name}` is a library, and only wheels are installed beside a wheel: put it under `host`"
        elif key == "host" and name in placeholders.named(recipe.build) and recipes[name].build.type is BuildType.WHEEL:
            message = f"`{name}` is a wheel, and `{{host:{name}}}` is for libraries, which have a folder"
        elif recipe.disabled is None and recipes[name].disabled is not None:
            message = f"`{name}` is disabled: {recipes[name].disabled}"
        elif recipe.disabled is None and (only := _only_for(recipe, recipes[name])):
            message = f"`{name}` is for {', '.join(only)} only: limit `profiles` of this package too"
        else:
            continue
        yield Problem(file=shown(recipe.path), table="dependencies", key=key, message=message)


def _only_for(recipe: WrittenRecipe, needed: WrittenRecipe) -> tuple[str, ...]:
    """The profiles of a recipe that another needs, where it leaves out some of the other's."""
    if needed.profiles is None or (recipe.profiles is not None and {*recipe.profiles} <= {*needed.profiles}):
        return ()
    return needed.profiles


def _resolved(recipe: WrittenRecipe, others: Mapping[str, ResolvedRecipe]) -> ResolvedRecipe:
    return ResolvedRecipe(
        path=recipe.path,
        name=recipe.name,
        version=recipe.version,
        summary=recipe.summary,
        license=recipe.license,
        homepage=recipe.homepage,
        sets=recipe.sets,
        profiles=recipe.profiles,
        disabled=recipe.disabled,
        is_prebuilt=recipe.is_prebuilt,
        source_folder=recipe.source_folder,
        patches=recipe.patches,
        build=recipe.build,
        host=tuple(others[name] for name in sorted(recipe.host)),
        run=tuple(others[name] for name in sorted(recipe.run)),
        tests=recipe.tests,
        smoke_test=recipe.smoke_test,
    )
