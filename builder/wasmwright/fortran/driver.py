"""One command of `wasm-flang` carried out: flang, retargeting and clang for each source, then perhaps the linker."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from errno import ENOTDIR
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from wasmwright import spawn
from wasmwright.fortran import diagnostics, queries
from wasmwright.fortran.arguments import Mode
from wasmwright.fortran.errors import FortranFailed
from wasmwright.fortran.retarget import SOURCE_TRIPLE, relative_names, retarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.fortran.arguments import Request
    from wasmwright.fortran.settings import Parts

# Macros of the machine that flang believes to compile for, and of the one it does.
_MACROS = ("-U__i386__", "-U__i686__", "-D__wasm__=1", "-D__wasm32__=1", "-D__EMSCRIPTEN__=1")
# flang optimises Fortran; LLVM's passes wait for clang, which knows the target. Debugging records tell what a value is
# in the source: lengths of CHARACTER dummies, lines for messages. They do not reach the object.
_FRONT = (
    "-mrelocation-model",
    "pic",
    "-pic-level",
    "2",
    "-mllvm",
    "-opt-bisect-limit=0",
    "-debug-info-kind=standalone",
)


# Fortran puts automatic arrays on the stack, of which Emscripten's programs have 64 KB. What the user says comes later.
_PROGRAM = ("-sSTACK_SIZE=8MB", "-sALLOW_MEMORY_GROWTH=1")


def carry_out(request: Request, parts: Parts) -> int:
    """Do what is asked; the exit code. Raises FortranFailed or Unsupported for a source that cannot be compiled."""
    if request.mode is Mode.QUERY:
        sys.stdout.write(queries.answer(request.query, parts))
        return 0
    if request.mode in {Mode.PREPROCESSED, Mode.CHECKED}:
        return _front_only(request, parts)
    with _scratch() as folder:
        if request.mode is not Mode.LINKED:
            for source in request.sources:
                _compile(source, Path(request.object_of(source)), request, parts, folder)
            return 0
        objects = []
        for number, source in enumerate(request.sources):
            target = folder / f"{number}-{Path(source).stem}.o"
            _compile(source, target, request, parts, folder)
            objects.append(str(target))
        return _link(objects, request, parts)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder of this process's own. The module for it would take a tenth of a small file's time to import."""
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"wasm-flang-{os.getpid()}-{time.monotonic_ns()}"  # noqa: S108
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def front_arguments(request: Request) -> list[str]:
    """What flang gets, apart from the action, the source and the output."""
    folder = request.module_folder
    modules = ["-module-dir", folder, *([f"-I{folder}"] if folder != "." else [])]
    level = "-O2" if request.optimization in {"-Os", "-Oz"} else request.optimization
    return ["-triple", SOURCE_TRIPLE, *_MACROS, level, *modules, *request.front]


def _front_only(request: Request, parts: Parts) -> int:
    action = ["-E"] if request.mode is Mode.PREPROCESSED else ["-fsyntax-only"]
    output = ["-o", request.output or "-"] if request.mode is Mode.PREPROCESSED else []
    for source in request.sources:
        done = _run([parts.flang, "-fc1", *action, *front_arguments(request), *output, source])
        sys.stdout.write(done.stdout)
        _tell(done)
    return 0


def _compile(source: str, target: Path, request: Request, parts: Parts, folder: Path) -> None:
    if not target.parent.is_dir():
        raise NotADirectoryError(ENOTDIR, "no such folder to write to", str(target.parent))
    ir, wasm_ir = folder / "flang.ll", folder / "wasm32.ll"
    modules = Path(request.module_folder)
    modules.mkdir(parents=True, exist_ok=True)
    arguments = [*_FRONT, *front_arguments(request)]
    _tell(_run([parts.flang, "-fc1", "-emit-llvm", *arguments, "-o", str(ir), source]))
    text = relative_names(ir.read_text(encoding="utf-8", errors="surrogateescape"), str(Path.cwd()))
    changed = retarget(text, request.retargeting, source=source)
    wasm_ir.write_text(changed, encoding="utf-8", errors="surrogateescape")
    part = target.with_name(f".{target.name}.{os.getpid()}")
    action = "-S" if request.mode is Mode.ASSEMBLY else "-c"
    flags = [*parts.clang_flags, "-fPIC", "-Wno-unused-command-line-argument", *request.back, *parts.back]
    try:
        done = _run([parts.clang, *flags, request.optimization, action, "-x", "ir", str(wasm_ir), "-o", str(part)])
        if done.returncode != 0:
            message = f"{source}: clang cannot compile what flang made of it"
            raise FortranFailed(message, hint="report it with the source", excerpt=done.stderr[-2000:])
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    if request.dependencies:
        rule = f"{request.target or target}: {source}\n"
        Path(request.dependencies).write_text(rule, encoding="utf-8")


def _link(objects: Sequence[str], request: Request, parts: Parts) -> int:
    output = ["-o", request.output or "a.out.js"]
    runtime = [parts.runtime] if parts.runtime else []
    settings = () if "-shared" in request.link else _PROGRAM
    command = [parts.linker, request.optimization, *settings, *objects, *request.link, *request.back, *runtime, *output]
    return spawn.attach(command, env=os.environ, cwd=Path.cwd())


def _run(command: Sequence[str]) -> spawn.Ended:
    return spawn.run(command, env=os.environ, cwd=Path.cwd(), check=False)


def _tell(done: spawn.Ended) -> None:
    """Show flang's messages; raises FortranFailed if it failed."""
    text = diagnostics.shown(done.stderr, str(Path.cwd()))
    sys.stderr.write(text)
    if done.returncode != 0:
        raise FortranFailed("" if text else f"flang ended with exit code {done.returncode} and said nothing")
