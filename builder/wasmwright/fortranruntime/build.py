"""Builds the archive and the C header of the runtime from flang's sources, into the derivation's output."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wasmwright.failure import WasmwrightError, told
from wasmwright.fortranruntime.upstream import binding_header, listed_sources, prelude, system_headers
from wasmwright.spawn import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_FOLDERS = ("runtime", "runtime/Float128Math", "lib/Decimal")
_INCLUDED = (*_FOLDERS, "include/flang/Runtime", "include/flang/Common", "include/flang/Decimal")
# musl computes these in double precision for any long double, and has no Bessel functions for it at all. A program that
# needs one does not link: better than digits that are wrong.
_INEXACT = "acosh asinh atanh cosh erf erfc exp j0 j1 jn lgamma log log10 pow sinh tanh tgamma y0 y1 yn"
_WITHOUT = {
    *(f"runtime/Float128Math/{name}.cpp" for name in _INEXACT.split()),
    # Half of it is inexact likewise, and the compiler passes no complex numbers of this precision.
    "runtime/Float128Math/complex-math.c",
    # The compiler calls none of it, and it calls the others by types that they do not have.
    "runtime/complex-reduction.c",
}
_CONFIG = "#define HAVE_STRERROR_R 1\n#define HAVE_DECL_STRERROR_S 0\n"
# Hidden: each linked module keeps what it uses of the runtime, and only that, to itself.
_FLAGS = ("-O2", "-g0", "-ffunction-sections", "-fdata-sections", "-fvisibility=hidden")
_DEFINES = ("-DFLANG_LITTLE_ENDIAN=1", "-DHAS_LIBM=1")
# Upstream's own choice: no exceptions and no run-time types, so that Fortran programs need no C++ library.
CXX = ("-std=c++17", "-fno-exceptions", "-fno-rtti", "-Wno-c++11-narrowing")


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The folder of LLVM's programs, and the flags that make them compile for the target."""

    llvm: Path
    flags: tuple[str, ...]
    env: Mapping[str, str]

    def c(self, *arguments: str | Path, cwd: Path) -> str:
        """Compile C; returns what the compiler prints."""
        return run([self.llvm / "clang", *self.flags, *arguments], env=self.env, cwd=cwd).stdout

    def cxx(self, *arguments: str | Path, cwd: Path) -> str:
        """Compile C++; returns what the compiler prints."""
        return run([self.llvm / "clang++", *self.flags, *arguments], env=self.env, cwd=cwd).stdout


def find_tools(emscripten: Path, llvm: Path, abi: Iterable[str], env: Mapping[str, str]) -> Tools:
    """The compilers that Emscripten uses, and what it would tell them, asked once."""
    abi = tuple(abi)
    asked = run([emscripten / "bin/em++", *abi, "--cflags"], env=env, cwd=Path.cwd()).stdout
    own = [flag for flag in abi if not flag.startswith("-s")]
    return Tools(llvm=llvm, flags=(*shlex.split(asked), *own), env=env)


def patched(source: Path, into: Path, patches: Iterable[Path], env: Mapping[str, str]) -> Path:
    """A copy of the source with patches applied, without fuzz; returns its folder `flang`."""
    shutil.copytree(source, into, copy_function=shutil.copyfile)
    for folder in (into, *(path for path in into.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    for patch in patches:
        run(["patch", "-p1", "--fuzz=0", "--no-backup-if-mismatch", "--batch", "-i", patch], env=env, cwd=into)
    return into / "flang"


def sources(flang: Path) -> tuple[Path, ...]:
    """The files to compile, as upstream lists them."""
    listed = (
        f"{folder}/{name}"
        for folder in _FOLDERS
        for name in listed_sources((flang / folder / "CMakeLists.txt").read_text(encoding="utf-8"))
    )
    return tuple(flang / name for name in listed if name not in _WITHOUT)


def write_headers(flang: Path, build: Path, *, wide: bool = True) -> None:
    """What CMake would write, and the prelude (`wide` as there)."""
    files = (path for folder in _INCLUDED for path in sorted((flang / folder).iterdir()) if path.is_file())
    (build / "config.h").write_text(_CONFIG, encoding="utf-8")
    headers = system_headers(path.read_text(encoding="utf-8") for path in files)
    (build / "prelude.h").write_text(prelude(headers, wide=wide), encoding="utf-8")


def precompile(tools: Tools, flang: Path, build: Path) -> Path:
    """The prelude, read once for all sources."""
    made = build / "prelude.pch"
    tools.cxx(*arguments(flang, build), *CXX, "-x", "c++-header", build / "prelude.h", "-o", made, cwd=build)
    return made


def arguments(flang: Path, build: Path) -> tuple[str, ...]:
    """The flags of every compilation, C and C++."""
    includes = (build, flang / "include", flang / "runtime", flang / "runtime/Float128Math")
    # A failed check of the runtime names its source file: the same on every machine.
    return (*_FLAGS, *_DEFINES, f"-ffile-prefix-map={flang.parent}=.", *(f"-I{folder}" for folder in includes))


def compile_all(tools: Tools, flang: Path, build: Path, jobs: int) -> list[Path]:
    """Compile everything, `jobs` files at a time; returns the objects in upstream's order."""
    flags, precompiled = arguments(flang, build), precompile(tools, flang, build)

    def compile_one(source: Path) -> Path:
        made = build / (str(source.relative_to(flang)).replace("/", "-") + ".o")
        if source.suffix == ".c":
            tools.c(*flags, "-c", source, "-o", made, cwd=build)
        else:
            tools.cxx(*flags, *CXX, "-include-pch", precompiled, "-c", source, "-o", made, cwd=build)
        return made

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(compile_one, sources(flang)))


@dataclass(frozen=True, kw_only=True)
class RuntimeBuild:
    """The derivation at hand: its attributes, and the folder that it may write to."""

    attributes: Mapping[str, Any]
    out: Path
    top: Path
    jobs: int
    env: Mapping[str, str]

    @classmethod
    def load(cls) -> RuntimeBuild:
        """From the file and the variables that Nix gives."""
        with Path(os.environ["NIX_ATTRS_JSON_FILE"]).open(encoding="utf-8") as file:
            attributes = json.load(file)
        top = Path(os.environ["NIX_BUILD_TOP"])
        return cls(
            attributes=attributes,
            out=Path(attributes["outputs"]["out"]),
            top=top,
            jobs=int(os.environ.get("NIX_BUILD_CORES") or 0) or (os.cpu_count() or 1),
            env={"PATH": attributes["path"], "HOME": str(top), "LC_ALL": "C"},
        )

    def prepare(self, *, wide: bool = True) -> tuple[Tools, Path, Path]:
        """The compilers, the patched sources, and a build folder with all headers."""
        attributes = self.attributes
        tools = find_tools(Path(attributes["emscripten"]), Path(attributes["llvm"]), attributes["abiFlags"], self.env)
        patches = tuple(Path(patch) for patch in attributes["patches"])
        flang = patched(Path(attributes["source"]), self.top / "source", patches, self.env)
        build = self.top / "build"
        build.mkdir()
        write_headers(flang, build, wide=wide)
        return tools, flang, build


def install(derivation: RuntimeBuild) -> None:
    """Build the archive and the header into the output."""
    tools, flang, build = derivation.prepare()
    objects = compile_all(tools, flang, build, derivation.jobs)
    library, include = derivation.out / "lib", derivation.out / "include"
    library.mkdir(parents=True)
    include.mkdir()
    run([tools.llvm / "llvm-ar", "rcsD", library / "libFortranRuntime.a", *objects], env=tools.env, cwd=build)
    # Upstream has two archives, and build systems name both; everything is in the first.
    run([tools.llvm / "llvm-ar", "rcsD", library / "libFortranDecimal.a"], env=tools.env, cwd=build)
    header = (flang / "include/flang/ISO_Fortran_binding.h").read_text(encoding="utf-8")
    (include / "ISO_Fortran_binding.h").write_text(binding_header(header), encoding="utf-8")


def reported(work: Callable[[RuntimeBuild], None]) -> int:
    """Do `work` for the derivation at hand; an error becomes text and an exit code."""
    try:
        work(RuntimeBuild.load())
    except WasmwrightError as error:
        sys.stderr.write(f"wasmwright: {told(error)}")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(reported(install))
