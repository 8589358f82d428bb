"""Fortran as its users meet it: the conformance suite, and what the compiler says of sources that are wrong."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from wasmwright.audit.fortran import SECTION, check_fortran
from wasmwright.cli.session import fetch_sources, open_checkout
from wasmwright.conformance.case import load_cases
from wasmwright.f2pytarget import with_record
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.wasm.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix
    from wasmwright.process import Completed

ROOT = project_root()

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
    fetch_sources(open_checkout(), (), nix=nix)
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


@pytest.mark.parametrize("flag", ["-m64", "--target=x86_64-linux-gnu", "-fopenacc", "-fcoarray=lib", "-fno-such-flag"])
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


def test_quad_precision_is_right_to_its_last_digits(tools: Tools):
    source = tools.write(
        "quad.f90", "program p", "  real(16) :: x", "  x = 2", "  print '(f37.33)', sqrt(x), 1 / (x + 1)", "end"
    )
    assert tools("wasm-flang", source, "-o", "quad.js").returncode == 0
    digits = ["1.414213562373095048801688724209698", "0.333333333333333333333333333333333"]
    assert tools("node", "quad.js").stdout.split() == digits


def test_damaged_module_file_is_named(tools: Tools):
    tools.write("grids.mod", "!mod$ v1 sum:0123456789abcdef", "module grids", "end")
    source = tools.write("user.f90", "program p", "  use grids, only: cell", "end")
    assert_refused(tools("wasm-flang", "-c", source), "user.f90:2:", "grids.mod, or it is cut short")


@pytest.mark.parametrize("words", [["-o", "nowhere/fine.o"], ["-J", "fine.f90/mods"]])
def test_folder_that_cannot_be_written_to_is_named(tools: Tools, words: list[str]):
    source = tools.write("fine.f90", "subroutine s", "end")
    assert_refused(tools("wasm-flang", "-c", source, *words), words[1].partition("/")[0])


CHARACTERS = {
    "caller.f90": ["subroutine caller()", "  call told('abcd', 3)", "end"],
    "told.f90": ["subroutine told(text, n)", "  character(4) :: text", "  integer :: n", "  text(n:n) = 'x'", "end"],
}


def findings_of(tools: Tools, *objects: str) -> list[str]:
    """What the audit says of the record of conventions in the side module of some objects."""
    done = tools("emcc", "-shared", "-Wl,--export-all", *objects, "-o", "x.so")
    assert done.returncode == 0, done.stderr
    module = parse((tools.folder / "x.so").read_bytes(), "x.so")
    findings = check_fortran("x.so", [module.notes[SECTION]])
    return [f"{finding.code.id} {finding.message}" for finding in findings]


@pytest.mark.parametrize(("caller", "told"), [("-fhidden-lengths", ""), ("", "-fhidden-lengths")])
def test_mix_of_character_conventions_is_found(tools: Tools, caller: str, told: str):
    for (name, lines), flag in zip(CHARACTERS.items(), (caller, told), strict=True):
        done = tools("wasm-flang", *([flag] if flag else []), "-c", tools.write(name, *lines))
        assert done.returncode == 0, done.stderr
    hidden = "with 2 arguments and 1 lengths, as with -fhidden-lengths"
    plain = "with 2 arguments, as without -fhidden-lengths"
    sides = (hidden, plain) if caller else (plain, hidden)
    assert findings_of(tools, "caller.o", "told.o") == ["WW304 calls told_ {}, but defines it {}".format(*sides)]


@pytest.mark.parametrize(
    ("flags", "codes"), [([], ["WW304"]), (["-fhidden-lengths"], []), (["-fstar-lengths=told"], [])]
)
def test_lengths_that_f2py_passes_are_compared(tools: Tools, flags: list[str], codes: list[str]):
    declared = "extern void F_FUNC(told,TOLD)(char*,int*,size_t);"
    used = ["#include <stddef.h>", "#define F_FUNC(f,F) f##_", declared, "void *table[] = {(void *)F_FUNC(told,TOLD)};"]
    tools.write("module.c", with_record("\n".join(used)))
    assert tools("emcc", "-O2", "-c", "module.c").returncode == 0
    assert tools("wasm-flang", *flags, "-c", tools.write("told.f90", *CHARACTERS["told.f90"])).returncode == 0
    assert [found.split()[0] for found in findings_of(tools, "module.o", "told.o")] == codes
