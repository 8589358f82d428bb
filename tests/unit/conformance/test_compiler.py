from __future__ import annotations

from pathlib import Path

from wasmwright.conformance.case import Case
from wasmwright.conformance.compiler import NATIVE, WASM, build_commands, run_command

FOLDER = Path("build")


def case(**values: object) -> Case:
    fields: dict[str, object] = {"name": "p", "covers": "", "fortran": (Path("p.f90"),), "c": None}
    return Case(**{**fields, "expected": Path("p.expected"), **values})  # type: ignore[arg-type]


def test_a_program_without_the_runtime_is_linked_without_it():
    steps = dict(build_commands(case(c=Path("p.c")), WASM, FOLDER))
    assert steps["compile"] == ["wasm-flang", "-O2", "-c", "p.f90", "-o", "p.o"]
    assert steps["compile C"] == ["emcc", "-O1", "-DFORTRAN_LENGTHS=0", "-c", "p.c", "-o", "main.o"]
    assert steps["link"] == ["emcc", "p.o", "main.o", "-o", "build/program.js"]


def test_a_program_with_the_runtime_is_linked_by_the_fortran_compiler():
    steps = dict(build_commands(case(needs_runtime=True), WASM, FOLDER))
    assert steps["link"] == ["wasm-flang", "p.o", "-o", "build/program.js"]


def test_flags_are_for_the_cross_compiler_and_decide_on_lengths():
    hidden = case(flags=("-fhidden-lengths",), c=Path("p.c"))
    assert "-fhidden-lengths" in dict(build_commands(hidden, WASM, FOLDER))["compile"]
    assert "-fhidden-lengths" not in dict(build_commands(hidden, NATIVE, FOLDER))["compile"]
    assert "-DFORTRAN_LENGTHS=1" in dict(build_commands(hidden, WASM, FOLDER))["compile C"]
    assert "-DFORTRAN_LENGTHS=1" in dict(build_commands(case(c=Path("p.c")), NATIVE, FOLDER))["compile C"]


def test_sources_are_compiled_in_order():
    steps = list(build_commands(case(fortran=(Path("m.f90"), Path("p.f90"))), NATIVE, FOLDER))
    assert [step for step, _ in steps] == ["compile", "compile", "link"]
    assert steps[-1][1] == ["flang-new", "m.o", "p.o", "-o", "build/program"]


def test_a_program_is_run_with_its_arguments():
    command = run_command(case(arguments=("a", "b c")), WASM, FOLDER, limit=9)
    assert command[-6:] == ["timeout", "9", "node", "build/program.js", "a", "b c"]
