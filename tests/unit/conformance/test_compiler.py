from __future__ import annotations

from pathlib import Path

from wasmwright.conformance.case import Case
from wasmwright.conformance.compiler import NATIVE, WASM, Compiler, build_commands, run_command

FOLDER = Path("build")


def case(**values: object) -> Case:
    fields: dict[str, object] = {"name": "p", "covers": "", "fortran": (Path("p.f90"),), "c": None}
    return Case(**{**fields, "expected": Path("p.expected"), **values})  # type: ignore[arg-type]


def steps_of(given: Case, compiler: Compiler) -> dict[str, list[str]]:
    """The commands by step, without what limits their time."""
    commands = dict(build_commands(given, compiler, FOLDER))
    assert all(command[:2] == ["timeout", "120"] for command in commands.values())
    return {step: command[2:] for step, command in commands.items()}


def test_a_program_without_the_runtime_is_linked_without_it():
    steps = steps_of(case(c=Path("p.c")), WASM)
    assert steps["compile"] == ["wasm-flang", "-O2", "-c", "p.f90", "-o", "p.o"]
    assert steps["compile C"] == ["emcc", "-O1", "-DFORTRAN_LENGTHS=0", "-c", "p.c", "-o", "main.o"]
    assert steps["link"] == ["emcc", "p.o", "main.o", "-o", "build/program.js"]


def test_a_program_with_the_runtime_is_linked_by_the_fortran_compiler():
    steps = steps_of(case(needs_runtime=True), WASM)
    assert steps["link"] == ["wasm-flang", "p.o", "-o", "build/program.js"]


def test_flags_are_for_the_cross_compiler_and_decide_on_lengths():
    hidden = case(flags=("-fhidden-lengths",), c=Path("p.c"))
    assert "-fhidden-lengths" in steps_of(hidden, WASM)["compile"]
    assert "-fhidden-lengths" not in steps_of(hidden, NATIVE)["compile"]
    assert "-DFORTRAN_LENGTHS=1" in steps_of(hidden, WASM)["compile C"]
    assert "-DFORTRAN_LENGTHS=1" in steps_of(case(c=Path("p.c")), NATIVE)["compile C"]


def test_sources_are_compiled_in_order():
    steps = list(build_commands(case(fortran=(Path("m.f90"), Path("p.f90"))), NATIVE, FOLDER))
    assert [step for step, _ in steps] == ["compile", "compile", "link"]
    assert steps[-1][1][2:] == ["flang-new", "m.o", "p.o", "-o", "build/program"]


def test_a_program_is_run_with_its_arguments():
    command = run_command(case(arguments=("a", "b c")), WASM, FOLDER, limit=9)
    assert command[-6:] == ["timeout", "9", "node", "build/program.js", "a", "b c"]
