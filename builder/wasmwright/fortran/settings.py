"""Where `wasm-flang` finds its parts, through the environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.fortran.errors import FortranSetup
from wasmwright.fortran.options import for_clang
from wasmwright.words import words_from

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The programs: flang, clang with its flags for the target, the wrapped emcc that links, and the runtime's library.

    `runtime` is empty where programs do without; `back` are the recipe's flags about the processor: they override those
    of a project.
    """

    flang: str
    clang: str
    clang_flags: tuple[str, ...]
    linker: str
    runtime: str = ""
    back: tuple[str, ...] = ()


def parts_from(environment: Mapping[str, str]) -> Parts:
    """Read the WASMWRIGHT_* variables; raises FortranSetup for one that is missing."""
    return Parts(
        flang=_named(environment, "WASMWRIGHT_FLANG"),
        clang=_named(environment, "WASMWRIGHT_CLANG"),
        clang_flags=words_from(environment, "WASMWRIGHT_CLANG_FLAGS"),
        linker=environment.get("WASMWRIGHT_FORTRAN_LINKER", "emcc"),
        runtime=environment.get("WASMWRIGHT_FORTRAN_RUNTIME", ""),
        back=tuple(flag for word in words_from(environment, "WASMWRIGHT_CFLAGS") for flag in for_clang(word)),
    )


def _named(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        message = f"{name} does not say which program to use"
        raise FortranSetup(message, hint="start the wasm-flang of the toolchain's bin folder, or use `nix develop`")
    return value
