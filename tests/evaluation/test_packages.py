"""What every package is in Nix, and what profiles share: evaluation only."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.nix import Nix


@pytest.fixture(scope="module")
def evaluate(nix: Nix, checkout: Path) -> Callable[[str], Any]:
    """Evaluates an expression that may use `profiles` and `default`, the scopes of the checkout."""

    def value(expression: str) -> Any:  # noqa: ANN401 - JSON
        text = f"let inherit (import {checkout}/nix/scopes.nix {{ }}) profiles default; in {expression}"
        command = [nix.program, "eval", "--json", "--impure", "--expr", text]
        return json.loads(run(command, env=nix.env(), cwd=checkout).stdout)

    return value


def of_all_packages(function: str) -> str:
    """A Nix expression: profile to package to the value of `function` of the package."""
    return f"builtins.mapAttrs (_: scope: builtins.mapAttrs (_: {function}) scope.packages) profiles"


def test_every_package_is_one_kind_of_value(evaluate: Callable[[str], Any]):
    function = """(p: {
      inherit (p) pname version kind profile;
      attributes = builtins.all (name: p ? ${name}) [
        "beside" "built" "keep" "meta" "override" "sources" "tests" "wheels"
      ];
      gate = p.drvPath != p.built.drvPath;
      sources = builtins.length p.sources;
      wheel = p.wheels.main != null;
      license = p.meta.license;
    })"""
    for profile, packages in evaluate(of_all_packages(function)).items():
        for name, package in packages.items():
            assert package["pname"] == name
            assert package["profile"] == profile
            assert package["attributes"]
            assert package["gate"]
            assert package["sources"] >= 1
            assert package["wheel"] or package["kind"] == "library"
            assert package["license"]


def test_a_library_is_one_derivation_for_all_profiles_and_a_wheel_is_not(evaluate: Callable[[str], Any]):
    found = evaluate(of_all_packages("(p: { inherit (p) kind; built = p.built.drvPath; gate = p.drvPath; })"))
    one, *others = found.values()
    for name, package in one.items():
        for other in others:
            if name not in other:
                continue
            is_shared = other[name]["built"] == package["built"]
            assert is_shared == (package["kind"] == "library"), name
            assert other[name]["gate"] != package["gate"], name


def test_what_is_beside_follows_what_libraries_load(evaluate: Callable[[str], Any], checkout: Path):
    expression = """
      let
        inherit (profiles.${default}) buildWasmLibrary buildWasmWheel packages;
        middle = buildWasmLibrary {
          name = "middle";
          version = "1";
          lock = LOCK;
          system = "make";
          shared = [ "libmiddle.so" ];
          hostDependencies = [ packages.openblas ];
        };
        top = buildWasmWheel {
          name = "top";
          version = "1";
          lock = LOCK;
          hostDependencies = [ middle ];
        };
        above = buildWasmWheel {
          name = "above";
          version = "1";
          lock = LOCK;
          runDependencies = [ top ];
        };
        static = middle.override { shared = [ ]; };
        onStatic = top.override { hostDependencies = [ static ]; };
      in
      map (package: map (other: other.pname) package.beside) [ middle top above static onStatic ]
    """.replace("LOCK", f"{checkout}/pkgs/markupsafe/lock.json")
    found = [["openblas"], ["middle", "openblas"], ["top", "middle", "openblas"], ["openblas"], ["openblas"]]
    assert evaluate(expression) == found


def test_a_package_with_one_thing_changed_is_another_derivation(evaluate: Callable[[str], Any]):
    expression = """
      let
        inherit (profiles.${default}.packages) openblas;
        other = openblas.override (old: { cflags = old.cflags ++ [ "-DX" ]; });
      in
      [ (other.built.drvPath != openblas.built.drvPath) (other.pname == "openblas") (other ? override) ]
    """
    assert evaluate(expression) == [True, True, True]


def test_a_lock_for_another_version_of_a_package_is_refused(nix: Nix, checkout: Path, tmp_path: Path):
    for folder in ("nix", "pkgs", "builder"):
        shutil.copytree(checkout / folder, tmp_path / folder)
    numpy = tmp_path / "pkgs/numpy/package.nix"
    version = json.loads((checkout / "pkgs/numpy/lock.json").read_text())["package_version"]
    assert version in numpy.read_text()
    numpy.write_text(numpy.read_text().replace(version, "99.0"))

    def told(attribute: str) -> str:
        command = [nix.program, "eval", "-f", "nix", f"packages.scipy.{attribute}"]
        return run(command, env=nix.env(), cwd=tmp_path, check=False).stderr

    assert (
        f"pkgs/scipy/lock.json was made for numpy {version}, and pkgs/numpy is 99.0: run ./wasmwright lock scipy"
        in told("drvPath")
    )
    assert (told("pname"), told("version"), told("meta.license")) == ("", "", "")


def test_a_tool_that_is_unknown_is_told_with_the_known_ones(nix: Nix, checkout: Path):
    expression = f'((import {checkout}/nix {{ }}).packages.zlib.override {{ tools = [ "cmaek" ]; }}).built.drvPath'
    command = [nix.program, "eval", "--impure", "--expr", expression]
    done = run(command, env=nix.env(), cwd=checkout, check=False)
    assert "pkgs/zlib/recipe.toml: unknown tool `cmaek` in build.tools; known are autotools, " in done.stderr


def test_an_unknown_profile_is_told_with_the_known_ones(nix: Nix, checkout: Path):
    expression = f'(import {checkout}/nix {{ profile = "pyemscripten_1999_0"; }}).profile'
    done = run([nix.program, "eval", "--impure", "--expr", expression], env=nix.env(), cwd=checkout, check=False)
    assert "there is no profile pyemscripten_1999_0; known are pyemscripten_2026_0, " in done.stderr
