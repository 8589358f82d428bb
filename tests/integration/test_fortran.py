"""Fortran as its users meet it: the conformance suite, and what the compiler says of sources that are wrong."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from wasmwright.conformance.case import load_cases
from wasmwright.process import run
from wasmwright.sources.fetch import ensure_sources

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix
    from wasmwright.process import Completed

pytestmark = pytest.mark.nix

NOISE = ("loc(", "LLVM", "BISECT", "define ", "getelementptr", "%", "Stack dump", "/nix/store", "Traceback")


@dataclass(frozen=True)
class Tools:
    """The compilers, and a folder to work in."""

    path: str
    folder: Path
    runtime: str

    def __call__(self, *command: str) -> Completed:
        env = {"PATH": self.path, "HOME": str(self.folder), "WASMWRIGHT_FORTRAN_RUNTIME": self.runtime}
        return run(command, env=env, cwd=self.folder, check=False)

    def write(self, name: str, *lines: str) -> str:
        (self.folder / name).write_text("".join(f"{line}\n" for line in lines))
        return name


@pytest.fixture(scope="module")
def fortran_nix(nix: Nix) -> Nix:
    """With the sources of the whole toolchain, which builds of packages without Fortran do not ask for."""
    ensure_sources(None, nix=nix)
    return nix


@pytest.fixture(scope="module")
def built(fortran_nix: Nix) -> tuple[str, str]:
    fortran, runtime, toolchain = fortran_nix.build([".#fortran", ".#fortran-runtime", ".#toolchain"])
    path = os.pathsep.join([str(fortran.out / "bin"), str(toolchain.out / "bin"), os.environ["PATH"]])
    return path, str(runtime.out / "lib" / "libFortranRuntime.a")


@pytest.fixture
def tools(built: tuple[str, str], tmp_path: Path) -> Tools:
    path, runtime = built
    return Tools(path, tmp_path, runtime)


def assert_refused(done: Completed, *told: str) -> None:
    assert done.returncode == 1
    text = done.stdout + done.stderr
    for part in told:
        assert part in text
    assert [noise for noise in NOISE if noise in text] == []
    assert len(text.splitlines()) < 20


@pytest.mark.parametrize("check", ["fortran-conformance", "fortran-native"])
def test_conformance_suite(fortran_nix: Nix, checkout: Path, check: str):
    (suite,) = fortran_nix.build([f".#checks.x86_64-linux.{check}"])
    outcomes = json.loads((suite.out / "outcomes.json").read_text())
    summary = (suite.out / "table.txt").read_text().splitlines()[-1]
    print(summary)  # noqa: T201 - shown by pytest -rP
    assert sorted(outcomes) == [case.name for case in load_cases(checkout / "tests" / "fortran")]
    assert ", 0 failed, " in summary
    assert sum(outcome == "passed" for outcome in outcomes.values()) >= 70


@pytest.mark.long
def test_table_of_compilers_is_what_they_pass(fortran_nix: Nix, checkout: Path):
    (built,) = fortran_nix.build([".#fortran-compilers"])
    page = (checkout / "docs" / "reference" / "fortran-compilers.md").read_text()
    assert page.endswith((built.out / "table.md").read_text())


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(["program p", "  integer :: i", "  i = (1 + 2", "end"], "wrong.f90:3:", id="syntax"),
        pytest.param(
            ["program p", "  implicit none", "  i = 1", "end"], "No explicit type declared for 'i'", id="name"
        ),
        pytest.param(
            ["program p", "  call s(1, 2)", "contains", "subroutine s(a)", "end", "end"], "wrong.f90:2:", id="call"
        ),
        pytest.param(["program p", "  print *, 'abc", "end"], "wrong.f90:2:", id="open-string"),
    ],
)
def test_errors_of_a_source_are_flangs_own(tools: Tools, lines: list[str], told: str):
    assert_refused(tools("wasm-flang", "-c", tools.write("wrong.f90", *lines)), "error", told)
    assert not (tools.folder / "wrong.o").exists()


def test_missing_module_is_named(tools: Tools):
    source = tools.write("user.f90", "program p", "  use grids, only: cell", "end")
    assert_refused(tools("wasm-flang", "-c", source), "user.f90:2:", "grids.mod is in none of the folders")


def test_missing_source_is_named(tools: Tools):
    assert_refused(tools("wasm-flang", "-c", "nowhere.f90"), "nowhere.f90")


@pytest.mark.parametrize("flag", ["-m64", "--target=x86_64-linux-gnu", "-fopenmp", "-fcoarray=lib", "-fno-such-flag"])
def test_flags_that_cannot_be_followed_are_refused(tools: Tools, flag: str):
    source = tools.write("fine.f90", "subroutine s", "end")
    assert_refused(tools("wasm-flang", flag, "-c", source), flag.partition("=")[0])


def test_extended_precision_is_refused_with_the_line(tools: Tools):
    source = tools.write("wide.f90", "real(10) function f(x)", "  real(10) :: x", "  f = x * 2", "end")
    assert_refused(tools("wasm-flang", "-c", source), "wide.f90:1", "REAL(10)")


def test_a_function_that_quad_precision_lacks_is_named_by_the_linker(tools: Tools):
    source = tools.write("quad.f90", "program p", "  real(16) :: x", "  read *, x", "  print *, gamma(x)", "end")
    done = tools("wasm-flang", source, "-o", "quad.js")
    assert done.returncode != 0
    assert "_FortranATgammaF128" in done.stderr
