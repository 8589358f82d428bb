"""Checks the archive of the Fortran runtime against the compiler: no entry missing, each of the type it is called by.

flang derives the types of its calls from the runtime's own C++ prototypes, as its 64-bit machine sees them. The same
sources compiled for wasm64, which has the integers of that machine, therefore tell what flang calls; the archive,
linked as a whole, tells what it offers.
"""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from wasmwright.failure import WasmwrightError
from wasmwright.fortranabi.signatures import defined_entries, differences, missing
from wasmwright.fortranruntime.build import CXX, RuntimeBuild, Tools, arguments, precompile, reported, sources
from wasmwright.spawn import run
from wasmwright.wasm.model import FunctionType
from wasmwright.wasm.parse import parse

_ENTRY = re.compile(rb"_FortranA\w+")
# As the front end leaves it: the types are all there.
_IR = ("-Xclang", "-disable-llvm-passes", "-S", "-emit-llvm", "-o", "-")


class AbiDiffers(WasmwrightError):
    """The runtime does not offer what the compiler calls."""

    exit_code = 68


def called_by_compiler(tools: Tools, flang: Path, build: Path, jobs: int) -> dict[str, FunctionType]:
    """The entries as a 64-bit machine sees them."""
    wide = tuple("wasm64-unknown-emscripten" if flag.startswith("wasm32-") else flag for flag in tools.flags)
    tools, flags = replace(tools, flags=wide), arguments(flang, build)
    precompiled = precompile(tools, flang, build)

    def of(source: Path) -> str:
        if source.suffix == ".c":
            return tools.c(*flags, *_IR, source, cwd=build)
        return tools.cxx(*flags, *CXX, "-include-pch", precompiled, *_IR, source, cwd=build)

    with ThreadPoolExecutor(jobs) as pool:
        return {name: kind for ir in pool.map(of, sources(flang)) for name, kind in defined_entries(ir)}


def offered_by(archive: Path, tools: Tools, build: Path) -> dict[str, FunctionType]:
    """The entries of the archive with their types."""
    nm: list[str | Path] = [tools.llvm / "llvm-nm", "--defined-only", "--extern-only", "--format=just-symbols", archive]
    listed = run(nm, env=tools.env, cwd=build).stdout.split()
    names = sorted({name for name in listed if _ENTRY.fullmatch(name.encode())})
    (build / "exports").write_text("\n".join(f"--export={name}" for name in names), encoding="utf-8")
    linked = build / "all.wasm"
    link: list[str | Path] = [tools.llvm / "wasm-ld", "-shared", "--experimental-pic", "--no-entry", "--fatal-warnings"]
    link += ["--unresolved-symbols=import-dynamic", "--whole-archive", archive, f"@{build / 'exports'}", "-o", linked]
    run(link, env=tools.env, cwd=build)
    return {
        export.name: export.type
        for export in parse(linked.read_bytes(), archive.name).exports
        if isinstance(export.type, FunctionType) and export.name in names
    }


def check(derivation: RuntimeBuild) -> None:
    """Compare, and write a table of entries and types. Raises AbiDiffers."""
    tools, flang, build = derivation.prepare(wide=False)
    offered = offered_by(Path(derivation.attributes["archive"]), tools, build)
    compiler = Path(derivation.attributes["compiler"]).read_bytes()
    known = {name.decode() for name in _ENTRY.findall(compiler)}
    problems = [f"{name} is missing, and the compiler calls it" for name in missing(known, offered)]
    problems += differences(called_by_compiler(tools, flang, build, derivation.jobs), offered)
    if problems or not offered:
        message = f"{len(problems)} of {len(offered)} entries of the Fortran runtime are not what the compiler calls"
        raise AbiDiffers(message, excerpt="\n".join(problems))
    derivation.out.write_text("".join(f"{name} {kind}\n" for name, kind in sorted(offered.items())), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(reported(check))
