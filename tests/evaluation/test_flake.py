"""The flake as a user of plain Nix meets it, with its inputs out of reach."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from wasmwright.checkout import Checkout
from wasmwright.graph import dependents
from wasmwright.lock.profile import default_profile, known_profiles
from wasmwright.lock.target import read_known
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.recipe.resolve import edges

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix


@pytest.mark.parametrize("arguments", [["flake", "show", "--json"], ["flake", "check", "--no-build"]])
def test_whole_flake_evaluates_without_its_inputs(nix: Nix, checkout: Path, arguments: list[str]):
    assert run([nix.program, *arguments], env=nix.env(), cwd=checkout).returncode == 0


@pytest.mark.parametrize("profile", known_profiles(project_root()))
@pytest.mark.parametrize("name", ["numpy", "mapbox-earcut", "scipy"])
def test_what_is_fetched_for_a_package_is_all_that_its_build_needs(nix: Nix, checkout: Path, profile: str, name: str):
    seen = Checkout(root=checkout, profile=profile)
    package = seen.attribute(name)
    attributes = [f"{package}.keep", f"{package}.tests.import", seen.output("keep")]
    wanted = seen.wanted([name])
    assert fixed_outputs(nix, checkout, *attributes) == {*wanted.sources, "busybox"}


def test_all_that_is_fetched_is_what_sources_holds(nix: Nix, checkout: Path):
    wanted = Checkout(root=checkout, profile=default_profile(checkout)).all_wanted()
    assert fixed_outputs(nix, checkout, ".#sources") == {*wanted.sources, "busybox"}


def fixed_outputs(nix: Nix, checkout: Path, *attributes: str) -> set[str]:
    """The sources of derivations, and the first shell, which is taken out of one of them."""
    shown = run([nix.program, "derivation", "show", "--recursive", *attributes], env=nix.env(), cwd=checkout).stdout
    document = json.loads(shown)
    derivations = document.get("derivations", document).values()
    return {found["name"] for found in derivations if "hash" in found["outputs"].get("out", {})}


TOOLCHAIN = {"fortran", "fortran-runtime", "node", "pyodide-runtime", "sysroot", "toolchain"}


def drv_paths(nix: Nix, tree: Path) -> dict[str, str]:
    expression = "packages: builtins.mapAttrs (_: p: p.drvPath) packages"
    command = [nix.program, "eval", "--json", f"path:{tree}#packages.x86_64-linux", "--apply", expression]
    paths: dict[str, str] = json.loads(run(command, env=nix.env(), cwd=tree).stdout)
    return paths


@pytest.fixture
def copy(checkout: Path, tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("nix", "pkgs", "builder", "tests"):
        shutil.copytree(checkout / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("flake.nix", "flake.lock", "pyproject.toml", "LICENSE"):
        shutil.copy(checkout / name, tree / name)
    return tree


def changed(nix: Nix, tree: Path, file: str, old: str, new: str) -> set[str]:
    """The packages, and parts of the toolchain, that a change builds anew; outputs hold all packages."""
    before = drv_paths(nix, tree)
    text = (tree / file).read_text()
    assert old in text
    (tree / file).write_text(text.replace(old, new))
    after = drv_paths(nix, tree)
    found = {name for name in before if before[name] != after[name]}
    assert {"conda-channel", "dist", "environment"} <= found
    return {name for name in found if name.endswith("-wasm") or name in TOOLCHAIN}


def test_a_changed_recipe_rebuilds_that_package_only(nix: Nix, copy: Path):
    file = "pkgs/markupsafe/package.nix"
    assert changed(nix, copy, file, "lock = ./lock.json;", 'lock = ./lock.json;\n  cflags = [ "-DX" ];') == {
        "markupsafe-wasm"
    }


def test_a_changed_library_rebuilds_what_links_it(nix: Nix, copy: Path):
    recipes = Checkout(root=copy, profile=default_profile(copy)).recipes
    linking = dependents(edges(recipes), ["zlib"])
    assert {"zlib", "zlib-state", "libpng"} <= linking < {*recipes}
    file = "pkgs/zlib/package.nix"
    found = changed(nix, copy, file, "lock = ./lock.json;", 'lock = ./lock.json;\n  cflags = [ "-DX" ];')
    assert found == {f"{name}-wasm" for name in linking}


def test_overlay_adds_the_same_derivations_to_nixpkgs(nix: Nix, checkout: Path):
    override = ["--override-input", "nixpkgs", f"path:{checkout}/tests/fixtures/nixpkgs", "--no-write-lock-file"]

    def drv(attribute: str) -> str:
        return run([nix.program, "eval", "--raw", attribute, *override], env=nix.env(), cwd=checkout).stdout

    # A library, too, has its name only behind the gate.
    for name in ("numpy", "zlib"):
        ours = drv(f".#packages.x86_64-linux.{name}-wasm.drvPath")
        assert drv(f".#legacyPackages.x86_64-linux.nixpkgs.wasmwright.packages.{name}.drvPath") == ours
    of_profile = drv(".#pyemscripten_2026_5.numpy-wasm.drvPath")
    overlaid = ".#legacyPackages.x86_64-linux.nixpkgs.wasmwright.profiles.pyemscripten_2026_5.packages.numpy.drvPath"
    assert drv(overlaid) == of_profile
    without = drv(".#withoutSimd.pyemscripten_2026_5.numpy-wasm.drvPath")
    assert without not in {of_profile, drv(".#withoutSimd.pyemscripten_2026_0.numpy-wasm.drvPath")}
    assert drv(overlaid.replace("profiles", "withoutSimd")) == without


def test_recipes_may_name_the_tools_that_there_are(nix: Nix, checkout: Path):
    expression = f"builtins.attrNames (import {checkout}/nix {{ }}).toolRecords"
    command = [nix.program, "eval", "--json", "--impure", "--expr", expression]
    assert json.loads(run(command, env=nix.env(), cwd=checkout).stdout) == sorted(read_known(checkout).tools)
