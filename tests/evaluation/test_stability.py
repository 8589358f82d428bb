"""Which file of the Python package is part of which derivation: an edit builds anew what it must, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import sys
from functools import cached_property
from typing import TYPE_CHECKING

import pytest

from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from wasmwright.nix import Nix

# All of the flake but what needs its inputs, or has all of the checkout in it, as SET.NAME; a wheel as its back end
# left it, and flang as it is unpacked.
DERIVATIONS = """
let
  flake = builtins.getFlake "path:@tree@";
  system = "x86_64-linux";
  foreign = [ "nixpkgs" "poetry2nix" "devenvShell" "withoutSimd" ];
  sets = builtins.removeAttrs flake.legacyPackages.${system} foreign // {
    packages = flake.packages.${system};
    checks = flake.checks.${system};
    devShells = flake.devShells.${system};
    built.numpy = flake.packages.${system}.numpy-wasm.built;
    roots = { inherit ((import "${flake}/nix" { inherit system; }).roots) flang; };
  };
in
builtins.mapAttrs (
  _: set: builtins.mapAttrs (_: package: package.drvPath) (builtins.removeAttrs set [ "container-ci" ])
) sets
"""
# Those of outputs/ and of BESIDE_WHEELS have wheels beside them, the others the standard library alone.
CUTS = """
let
  inherit (import @tree@/nix { }) sandboxPython lib;
  others = [ "outputs" "runner" "runnerWithWheels" ];
in
builtins.removeAttrs sandboxPython others // lib.attrs.mapNames (name: "outputs-${name}") sandboxPython.outputs
"""
BESIDE_WHEELS = {"finish", "serving", "wheelTools"}
# Not in a cut: the derivations that need them take the files themselves.
BY_THEMSELVES = {"f2pytarget.py", "outputs/precompress.mjs"}


class Tree:
    """A copy of the checkout, to be changed and evaluated."""

    def __init__(self, nix: Nix, folder: Path) -> None:
        self.nix = nix
        self.folder = folder
        self.package = folder / "builder/wasmwright"

    def evaluated(self, expression: str) -> dict[str, object]:
        command = [
            self.nix.program,
            "eval",
            "--impure",
            "--json",
            "--expr",
            expression.replace("@tree@", str(self.folder)),
        ]
        done = run(command, env=self.nix.env(), cwd=self.folder, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        found: dict[str, object] = json.loads(done.stdout)
        return found

    @cached_property
    def unchanged(self) -> dict[str, object]:
        return self.derivations()

    def derivations(self) -> dict[str, object]:
        found = self.evaluated(DERIVATIONS)
        return {
            f"{name}.{attribute}": path
            for name, attributes in found.items()
            if isinstance(attributes, dict)
            for attribute, path in attributes.items()
        }

    def files(self) -> set[str]:
        found = (path for path in self.package.rglob("*") if path.is_file())
        return {str(path.relative_to(self.package)) for path in found}

    def in_a_cut(self, store: Path) -> set[str]:
        roots = [store / str(path).lstrip("/") / "wasmwright" for path in self.evaluated(CUTS).values()]
        assert all(root.is_dir() for root in roots)
        return {str(path.relative_to(root)) for root in roots for path in root.rglob("*") if path.is_file()}

    def changed_by(self, files: Iterable[str]) -> set[str]:
        """The derivations that are others when each of `files` has one more byte."""
        before = self.unchanged
        texts = {file: (self.package / file).read_bytes() for file in files}
        for file, text in texts.items():
            (self.package / file).write_bytes(text + b"\n")
        after = self.derivations()
        for file, text in texts.items():
            (self.package / file).write_bytes(text)
        assert before.keys() == after.keys()
        return {name for name, path in before.items() if after[name] != path}

    def first_felt(self, files: Sequence[str]) -> tuple[str, set[str]] | None:
        """A file of `files` of which derivations depend, found by halves, and those derivations."""
        changed = self.changed_by(files)
        if not changed:
            return None
        if len(files) == 1:
            return files[0], changed
        middle = len(files) // 2
        return self.first_felt(files[:middle]) or self.first_felt(files[middle:])


@pytest.fixture(scope="module")
def tree(nix: Nix, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    folder = tmp_path_factory.mktemp("tree")
    for name in "nix", "pkgs", "builder", "overlays", "tests":
        shutil.copytree(checkout / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in "flake.nix", "flake.lock", "pyproject.toml", "LICENSE":
        shutil.copy(checkout / name, folder / name)
    return Tree(nix, folder)


@pytest.fixture(scope="module")
def outside(tree: Tree, store: Path) -> list[str]:
    return sorted(tree.files() - tree.in_a_cut(store) - BY_THEMSELVES)


def test_the_orchestrator_is_in_no_cut(outside: list[str]):
    parts = {file.split("/")[0] for file in outside}
    assert parts >= {"cli", "recipe", "lock", "farm", "generate", "sources", "nixenv"}
    assert {"runtime/suite.py", "runtime/known.py", "sandbox/attributes.schema.json"} <= set(outside)
    assert parts >= {"errors.py", "version.py", "process.py", "nix.py", "nixfailure.py", "__main__.py"}


def test_a_cut_has_all_that_it_imports(tree: Tree, store: Path, tmp_path: Path):
    for name, path in tree.evaluated(CUTS).items():
        root = store / str(path).lstrip("/")
        files = [file.relative_to(root) for file in root.rglob("*.py") if "guest" not in file.parts]
        modules = [".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files]
        # Without what is installed beside Python.
        alone = "-IB" if name.startswith("outputs-") or name in BESIDE_WHEELS else "-ISB"
        code = (
            f"import sys, importlib; sys.path.insert(0, {str(root)!r}); [importlib.import_module(n) for n in {modules}]"
        )
        done = run([sys.executable, alone, "-c", code], env={}, cwd=tmp_path, check=False)
        assert (name, done.stderr[-2000:]) == (name, "")


def test_where_a_checkout_lies_changes_no_derivation(tree: Tree, tmp_path: Path):
    elsewhere = tmp_path / "a-checkout-that-lies-elsewhere" / "and-deeper"
    shutil.copytree(tree.folder, elsewhere)
    for path in elsewhere.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    assert Tree(tree.nix, elsewhere).unchanged == tree.unchanged


def test_what_is_in_no_cut_changes_no_derivation(tree: Tree, outside: list[str]):
    assert tree.first_felt(outside) is None


def test_a_file_that_does_is_named(tree: Tree, outside: list[str]):
    found = tree.first_felt([*outside[:2], "conformance/run.py", *outside[2:5]])
    assert found is not None
    file, changed = found
    assert file == "conformance/run.py"
    assert "checks.fortran-conformance" in changed


@pytest.mark.parametrize(
    ("file", "changed", "kept"),
    [
        ("failure.py", {"packages.toolchain", "packages.fortran", "packages.fortran-runtime"}, {"packages.sysroot"}),
        ("words.py", {"packages.toolchain", "packages.fortran"}, {"packages.sysroot"}),
        ("wrapper/rewrite.py", {"packages.toolchain", "packages.zlib-wasm"}, {"packages.sysroot"}),
        ("fortran/driver.py", {"packages.fortran", "packages.openblas-wasm"}, {"packages.toolchain", "roots.flang"}),
        ("fortran/modules.py", {"roots.flang", "packages.fortran"}, {"packages.toolchain"}),
        ("fortranruntime/build.py", {"packages.fortran-runtime"}, {"packages.fortran", "packages.toolchain"}),
        ("fortranabi/check.py", {"checks.fortran-runtime-abi"}, {"packages.fortran-runtime"}),
        ("sandbox/wheel.py", {"built.numpy", "packages.zlib-wasm"}, {"packages.toolchain", "packages.fortran"}),
        ("relocatable.py", {"built.numpy", "packages.zlib-wasm"}, {"packages.markupsafe-wasm", "packages.toolchain"}),
        ("wheel/tags.py", {"packages.numpy-wasm", "packages.zlib-wasm"}, {"built.numpy", "packages.toolchain"}),
        ("audit/wheel.py", {"packages.numpy-wasm", "packages.zlib-wasm"}, {"built.numpy", "packages.toolchain"}),
        ("plaintext.py", {"packages.numpy-wasm", "packages.zlib-wasm"}, {"built.numpy", "packages.toolchain"}),
        ("limits.py", {"built.numpy", "packages.zlib-wasm"}, {"packages.toolchain", "packages.fortran"}),
        ("runtime/imports.py", {"checks.pkg-numpy-import"}, {"packages.numpy-wasm"}),
        ("conformance/run.py", {"checks.fortran-conformance"}, {"packages.fortran"}),
        ("comparison/__main__.py", {"packages.fortran-compilers"}, {"checks.fortran-conformance"}),
        ("netlib/judge.py", {"packages.lapack-tests", "checks.blas-tests"}, {"packages.openblas-wasm"}),
        ("assemble/toolchain.py", {"packages.toolchain"}, {"packages.sysroot", "packages.pyodide-runtime"}),
        ("assemble/lacking.py", {"packages.toolchain"}, {"packages.sysroot", "packages.pyodide-runtime"}),
        ("assemble/fortran.py", {"packages.fortran"}, {"packages.toolchain"}),
        ("assemble/launcher.py", {"packages.fortran", "packages.toolchain"}, {"packages.sysroot"}),
        ("assemble/flangsource.py", {"packages.fortran-runtime"}, {"packages.fortran"}),
        ("assemble/pythontarget.py", {"packages.toolchain"}, {"packages.sysroot"}),
        ("assemble/buildenvironment.py", {"built.numpy"}, {"packages.toolchain"}),
        ("outputs/environment.py", {"packages.environment", "checks.pkg-numpy-import"}, {"packages.numpy-wasm"}),
        ("oci/blobs.py", {"packages.container-toolchain"}, {"packages.toolchain", "packages.environment"}),
        ("container/asowner.py", {"packages.container-toolchain"}, {"packages.toolchain"}),
        ("outputs/condapackage.py", {"packages.conda-channel"}, {"packages.environment"}),
        ("wheeltools/gate.py", {"packages.wheel-tools"}, {"packages.environment", "packages.numpy-wasm"}),
        ("outputs/billofmaterials.py", {"packages.conda-channel", "packages.dist"}, {"packages.environment"}),
        ("targetmarkers.py", {"packages.environment", "checks.pkg-numpy-import"}, {"packages.numpy-wasm"}),
        ("outputs/distpage.py", {"packages.dist"}, {"packages.environment", "checks.pkg-numpy-import"}),
        ("outputs/precompress.mjs", {"packages.dist"}, {"packages.environment"}),
        ("f2pytarget.py", {"packages.apexpy-wasm"}, {"built.numpy", "packages.fortran"}),
    ],
)
def test_a_part_changes_what_it_is_part_of(tree: Tree, file: str, changed: set[str], kept: set[str]):
    found = tree.changed_by([file])
    assert changed - found == set()
    assert kept & found == set()
