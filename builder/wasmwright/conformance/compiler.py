"""The commands that make and run a program: pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wasmwright.conformance.case import Case


@dataclass(frozen=True, kw_only=True)
class Compiler:
    """A Fortran compiler with the C compiler and the linkers that go with it, each with its arguments.

    `link` links what needs the Fortran runtime, `link_plain` what must do without it. `launch` stands before a program
    when it is run. `hides_lengths` tells that all procedures take the lengths of CHARACTER arguments by default, and
    `takes_flags` that it understands the flags of a program's header.
    """

    fortran: tuple[str, ...]
    c: tuple[str, ...]
    link: tuple[str, ...]
    link_plain: tuple[str, ...]
    launch: tuple[str, ...] = ()
    suffix: str = ""
    hides_lengths: bool = True
    takes_flags: bool = False


# Without optimisation: at -O2 flang 19 loses derived types that are passed by value.
NATIVE = Compiler(
    fortran=("flang-new", "-O0"),
    c=("clang", "-O1"),
    link=("flang-new",),
    link_plain=("flang-new",),
)
WASM = Compiler(
    fortran=("wasm-flang", "-O2"),
    c=("emcc", "-O1"),
    link=("wasm-flang",),
    link_plain=("emcc",),
    launch=("node",),
    suffix=".js",
    hides_lengths=False,
    takes_flags=True,
)
COMPILERS = {"native": NATIVE, "wasm": WASM}

_COMPILE_LIMIT = "120"


def build_commands(case: Case, compiler: Compiler, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """What makes the program in `folder`, where the commands are run: name of the step and command."""
    for step, command in _build_commands(case, compiler, folder):
        yield step, ["timeout", _COMPILE_LIMIT, *command]


def _build_commands(case: Case, compiler: Compiler, folder: Path) -> Iterator[tuple[str, list[str]]]:
    flags = case.flags if compiler.takes_flags else ()
    objects: list[str] = []
    for source in case.fortran:
        objects.append(f"{source.stem}.o")
        yield "compile", [*compiler.fortran, *flags, "-c", str(source), "-o", objects[-1]]
    if case.c:
        objects.append("main.o")
        lengths = int(compiler.hides_lengths or case.hides_lengths)
        yield "compile C", [*compiler.c, f"-DFORTRAN_LENGTHS={lengths}", "-c", str(case.c), "-o", objects[-1]]
    linker = compiler.link if case.needs_runtime else compiler.link_plain
    yield "link", [*linker, *objects, "-o", str(program(compiler, folder))]


def run_command(case: Case, compiler: Compiler, folder: Path, *, limit: int) -> list[str]:
    """What runs the program for `limit` seconds at most, with the file `stdin` as its standard input."""
    shell = ["sh", "-c", 'exec "$@" < stdin', "sh"]
    return [*shell, "timeout", str(limit), *compiler.launch, str(program(compiler, folder)), *case.arguments]


def program(compiler: Compiler, folder: Path) -> Path:
    """The file that is run."""
    return folder / f"program{compiler.suffix}"
