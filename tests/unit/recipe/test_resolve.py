from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wasmwright.errors import DependencyCycle, InvalidLock, InvalidRecipe
from wasmwright.lock.model import PackageLock
from wasmwright.recipe.model import Build, BuildType, Exports, PypiSource, SelfTests, WrittenRecipe
from wasmwright.recipe.resolve import lock_digest, resolve_all, run_closure
from wasmwright.sources.entry import Source


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
        source=PypiSource(project=name),
        patches=(),
        build=build,
        host=host,
        run=run,
        tests=SelfTests(imports=(), requires=(), split=(), suites=()),
        smoke_test=False,
    )


def lock(recipe: WrittenRecipe) -> PackageLock:
    source = Source(purl=f"pkg:pypi/{recipe.name}@1.0", file="f", name="n", size=1, sha256="0" * 64)
    return PackageLock(
        name=recipe.name, package_version=recipe.version, recipe_sha256=lock_digest(recipe), source=source
    )


def by_name(*recipes: WrittenRecipe) -> dict[str, WrittenRecipe]:
    return {recipe.name: recipe for recipe in recipes}


def test_dependencies_become_recipes_in_build_order() -> None:
    recipes = by_name(written("a", run=("c", "b")), written("b", host=("c",)), written("c"))
    resolved = resolve_all(recipes, {name: lock(recipe) for name, recipe in recipes.items()})
    assert list(resolved) == ["c", "b", "a"]
    assert resolved["a"].run == (resolved["b"], resolved["c"])


def test_all_bad_locks_are_told_at_once() -> None:
    recipes = by_name(written("a"), written("b"), written("c"))
    locks = {"b": replace(lock(recipes["b"]), recipe_sha256="x"), "c": lock(recipes["c"])}
    with pytest.raises(InvalidLock) as caught:
        resolve_all(recipes, locks)
    assert str(caught.value).splitlines()[1:] == [
        "  pkgs/a/lock.json: is missing",
        "  pkgs/b/lock.json: was made from another recipe.toml: the recipe has changed since",
    ]
    assert caught.value.hint == "run `./wasmwright lock a b`"


def test_recipe_that_needs_itself_is_a_cycle() -> None:
    with pytest.raises(DependencyCycle, match="`a` -> `a`"):
        resolve_all(by_name(written("a", run=("a",))), {})


def test_unknown_dependency_is_told_before_locks() -> None:
    with pytest.raises(InvalidRecipe, match="there is no recipe `b`"):
        resolve_all(by_name(written("a", run=("b",))), {})


def test_digest_changes_with_what_the_lock_holds() -> None:
    recipe = written("a")
    changed = [
        replace(recipe, version="1.1"),
        replace(recipe, source=PypiSource(project="b")),
        replace(recipe, build=replace(recipe.build, requires=("x",))),
        replace(recipe, build=replace(recipe.build, without=("x",))),
        replace(recipe, tests=replace(recipe.tests, requires=("x",))),
        replace(recipe, host=("x",)),
        replace(recipe, run=("x",)),
    ]
    digests = {lock_digest(other) for other in [recipe, *changed]}
    assert len(digests) == len(changed) + 1


def test_digest_ignores_what_the_lock_does_not_hold() -> None:
    recipe = written("a", host=("x", "y"))
    same = [
        replace(recipe, summary="other", patches=("0001-x.patch",), host=("y", "x")),
        replace(recipe, build=replace(recipe.build, cflags=("-DX",))),
        replace(recipe, path=Path("elsewhere/recipe.toml")),
    ]
    assert {lock_digest(other) for other in same} == {lock_digest(recipe)}


def test_what_is_installed_beside_a_package() -> None:
    blas, tool = written("blas"), written("tool")
    blas = replace(blas, build=replace(blas.build, type=BuildType.LIBRARY, shared=("libblas.so",)))
    tool = replace(tool, build=replace(tool.build, type=BuildType.LIBRARY))
    recipes = by_name(
        blas, tool, written("array", host=("blas", "tool")), written("science", host=("blas", "array"), run=("array",))
    )
    assert run_closure("science", recipes) == ["science", "array", "blas"]
    assert run_closure("tool", recipes) == ["tool"]
