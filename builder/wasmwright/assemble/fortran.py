"""Puts the Fortran compiler together: a launcher in bin/, a file for Meson in share/.

From the environment: `compiler` (that part of our package), `python`, `flang`, `flangVersion`, `emscripten`,
`toolchain`, `abiFlags` (a list in JSON), `out`.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.assemble.compilers import Emscripten, read_emscripten
from wasmwright.assemble.launcher import Launcher, install

if TYPE_CHECKING:
    from collections.abc import Mapping

# Beside the toolchain's own cross file, which has all the rest.
MESON = """[binaries]
fortran = 'wasm-flang'

[built-in options]
fortran_std = 'none'
"""


@dataclass(frozen=True, kw_only=True)
class FortranSettings:
    """What the derivation hands over; `flang` is the program, `linker` the wrapped emcc."""

    out: Path
    compiler: Path
    python: Path
    emscripten: Path
    flang: Path
    linker: Path
    abi_flags: tuple[str, ...]


def read_settings(environ: Mapping[str, str]) -> FortranSettings:
    """The settings that the environment has."""
    return FortranSettings(
        out=Path(environ["out"]),
        compiler=Path(environ["compiler"]),
        python=Path(environ["python"]),
        emscripten=Path(environ["emscripten"]),
        flang=Path(environ["flang"]) / f"usr/lib/llvm-{environ['flangVersion']}/bin/flang-new",
        linker=Path(environ["toolchain"]) / "bin/emcc",
        abi_flags=tuple(json.loads(environ["abiFlags"])),
    )


def variables(settings: FortranSettings, emscripten: Emscripten, clang_flags: str) -> dict[str, str]:
    """What `wasm-flang` is told."""
    return {
        "WASMWRIGHT_FLANG": str(settings.flang),
        "WASMWRIGHT_CLANG": f"{emscripten.llvm}/clang",
        "WASMWRIGHT_CLANG_FLAGS": clang_flags,
        "WASMWRIGHT_FORTRAN_LINKER": str(settings.linker),
    }


def assemble(settings: FortranSettings, emscripten: Emscripten) -> None:
    """Write the compiler to its output."""
    out = settings.out
    bin_dir, lib, share = out / "bin", out / "lib", out / "share/wasmwright"
    bin_dir.mkdir(parents=True)
    share.mkdir(parents=True)
    # Tool roots are put on PATH by this folder.
    (out / "usr").mkdir()
    (out / "usr/bin").symlink_to("../bin")
    install(settings.compiler, lib)
    Launcher(
        python=settings.python,
        lib=lib,
        module="wasmwright.fortran.__main__",
        variables=variables(settings, emscripten, emscripten.clang_flags("emcc", settings.abi_flags)),
    ).write(bin_dir / "wasm-flang")
    (share / "fortran.ini").write_text(MESON, encoding="utf-8")


def main() -> int:
    """Put the compiler of the derivation at hand together."""
    settings = read_settings(os.environ)
    assemble(settings, read_emscripten(settings.emscripten))
    return 0


if __name__ == "__main__":
    sys.exit(main())
