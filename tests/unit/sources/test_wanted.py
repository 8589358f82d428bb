from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InvalidLock, UnknownPackage
from wasmwright.lock.model import read_package_lock, read_toolchain_lock
from wasmwright.lock.profile import lock_path
from wasmwright.recipe.known import KNOWN
from wasmwright.recipe.parse import load_recipe
from wasmwright.sources.wanted import all_sources, package_names, wanted_sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_toolchain_alone_needs_no_private_nix(tmp_path: Path):
    wanted = wanted_sources(lock_path(), tmp_path / "pkgs", ())
    assert not any(name.startswith("nix-bin") for name in wanted.sources)
    assert wanted.busybox is not None
    assert wanted.busybox.source in wanted.sources
    assert set(wanted.relock.values()) == {"./wasmwright lock --toolchain --regenerate"}


def test_all_are_those_of_checks_and_of_the_private_nix_too(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    wanted = all_sources(lock_path(), tmp_path / "pkgs")
    assert set(wanted.sources) == {*read_toolchain_lock(lock_path()).sources, "x.tar.gz"}
    assert any(name.startswith("lfortran_") for name in wanted.sources)
    assert any(name.startswith("nix-bin_") for name in wanted.sources)
    assert wanted.relock["x.tar.gz"] == "./wasmwright lock base"
    assert wanted.busybox is not None


def test_dependencies_are_wanted_too(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    add_package(tmp_path, "top", run="base")
    (tmp_path / "pkgs/top/lock.json").write_text(
        (tmp_path / "pkgs/top/lock.json")
        .read_text()
        .replace("x.tar.gz", "top.tar.gz")
        .replace('"run": []', '"run": ["base"]')
    )
    wanted = wanted_sources(lock_path(), tmp_path / "pkgs", ["top"])
    assert wanted.relock["x.tar.gz"] == "./wasmwright lock base"
    assert wanted.relock["top.tar.gz"] == "./wasmwright lock top"


def test_compiler_for_fortran_is_wanted_by_what_asks_for_it_alone(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    assert not _flang(tmp_path, "base")
    recipe = tmp_path / "pkgs/base/recipe.toml"
    recipe.write_text(f'{recipe.read_text()}\n[build]\ntools = ["flang"]\n')
    assert _flang(tmp_path, "base")
    add_package(tmp_path, "top")
    lock = tmp_path / "pkgs/top/lock.json"
    lock.write_text(lock.read_text().replace('"host": []', '"host": ["base"]'))
    assert _flang(tmp_path, "top")


@pytest.mark.parametrize(
    ("build", "is_wanted"),
    [
        ('tools = ["ninja", "pkgconf"]', False),
        ('tools = ["cmake", "ninja"]', True),
        ('type = "library"\nsystem = "meson"', False),
        ('type = "library"\nsystem = "cmake"', True),
    ],
)
def test_cmake_is_wanted_by_what_asks_for_it_or_is_configured_by_it(
    tmp_path: Path, add_package: Callable[..., None], build: str, *, is_wanted: bool
):
    add_package(tmp_path, "base")
    recipe = tmp_path / "pkgs/base/recipe.toml"
    text = recipe.read_text().split("[tests]")[0] if "library" in build else recipe.read_text()
    recipe.write_text(f"{text}\n[build]\n{build}\n")
    names = wanted_sources(lock_path(), tmp_path / "pkgs", ["base"]).sources
    assert any(name.startswith("ninja-build_") for name in names)
    assert any(name.startswith("cmake_") for name in names) is is_wanted


def test_project_wants_its_own_and_what_it_depends_on(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    add_package(tmp_path / "elsewhere", "mine")
    path = tmp_path / "elsewhere/pkgs/mine/recipe.toml"
    path.write_text(f'{path.read_text()}\n[build]\ntools = ["flang"]\n')
    recipe = load_recipe(path, KNOWN)
    lock = read_package_lock(recipe.lock_path)
    source = replace(lock.source, file="mine.tar.gz", name="mine.tar.gz")
    project = recipe, replace(lock, source=source)
    wanted = wanted_sources(lock_path(), tmp_path / "pkgs", ["base"], project)
    assert wanted.relock["x.tar.gz"] == "./wasmwright lock base"
    assert wanted.relock["mine.tar.gz"] == f"rm {recipe.lock_path}"
    assert any(name.startswith("flang-19_") for name in wanted.sources)
    alone = wanted_sources(lock_path(), tmp_path / "pkgs", (), project)
    assert not any(name.startswith("libgcc-14-dev_") for name in alone.sources)


def test_what_links_native_programs_is_wanted_by_no_package(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    recipe = tmp_path / "pkgs/base/recipe.toml"
    recipe.write_text(f'{recipe.read_text()}\n[build]\ntools = ["flang"]\n')
    assert not any(
        name.startswith("libgcc-14-dev_") for name in wanted_sources(lock_path(), tmp_path / "pkgs", ["base"]).sources
    )
    assert any(name.startswith("libgcc-14-dev_") for name in wanted_sources(lock_path(), tmp_path / "pkgs", ()).sources)


@pytest.mark.parametrize(("tool", "is_wanted"), [("flang", True), ("flang-compiler", False)])
def test_runtime_for_fortran_comes_with_one_tool_and_the_compiler_with_both(
    tmp_path: Path, add_package: Callable[..., None], tool: str, *, is_wanted: bool
):
    add_package(tmp_path, "base")
    recipe = tmp_path / "pkgs/base/recipe.toml"
    recipe.write_text(f'{recipe.read_text()}\n[build]\ntools = ["{tool}"]\n')
    assert _flang(tmp_path, "base")
    assert bool(_tarballs(tmp_path, "base")) is is_wanted


def test_whole_toolchain_has_the_compiler_and_the_runtime_for_fortran(tmp_path: Path):
    assert _flang(tmp_path)
    assert _tarballs(tmp_path)


def _tarballs(top: Path, *names: str) -> list[str]:
    wanted = wanted_sources(lock_path(), top / "pkgs", names)
    return [name for name in wanted.sources if name.startswith("llvm-toolchain-19_")]


def _flang(top: Path, *names: str) -> list[str]:
    wanted = wanted_sources(lock_path(), top / "pkgs", names)
    return [name for name in wanted.sources if name.startswith("flang-")]


def test_unknown_package_names_the_known_ones(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    with pytest.raises(UnknownPackage) as caught:
        wanted_sources(lock_path(), tmp_path / "pkgs", ["bas"])
    assert caught.value.hint == "packages: base"


def test_package_without_lock_says_what_to_run(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    (tmp_path / "pkgs/base/lock.json").unlink()
    with pytest.raises(InvalidLock) as caught:
        wanted_sources(lock_path(), tmp_path / "pkgs", ["base"])
    assert "./wasmwright lock base" in str(caught.value.hint)


def test_folders_without_recipe_are_no_packages(tmp_path: Path, add_package: Callable[..., None]):
    add_package(tmp_path, "base")
    (tmp_path / "pkgs/odd").mkdir()
    assert package_names(tmp_path / "pkgs") == ("base",)
