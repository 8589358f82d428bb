"""An archive that makes links fail where a program uses what the runtime lacks.

A program, such as a test of a configure script, is linked with the compiler's own C library, which may have functions
that the C library of the runtime has not. The archive has them too and comes first. What comes out of it calls a
function that nothing defines, whose name is the message.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from wasmwright.spawn import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.assemble.compilers import Emscripten

# A function by itself calls: the linker forgets a definition whose type is not the caller's, and those that configure
# scripts write seldom are.
_SOURCE = """extern void lacking(void) __asm__("{name}, which the runtime of {runtime} has not");
void {name}(void) {{}}
__attribute__((used)) void wasmwright_without_{name}(void) {{ lacking(); }}
"""


def source(name: str, profile: str) -> str:
    """The C code of a function that cannot be linked."""
    return _SOURCE.format(name=name, runtime=profile or "the profile")


def write_archive(
    path: Path, names: Sequence[str], *, profile: str, emscripten: Emscripten, flags: Sequence[str]
) -> None:
    """Write the archive of the functions `names` to `path`, compiled with `flags`."""
    sources, objects = [f"{name}.c" for name in names], [f"{name}.o" for name in names]
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, file in zip(names, sources, strict=True):
            (folder / file).write_text(source(name, profile), encoding="utf-8")
        # Some of them the compiler knows by itself, with another type.
        run([emscripten.bin / "emcc", *flags, "-fno-builtin", "-c", *sources], env=os.environ, cwd=folder)
        run([emscripten.bin / "emar", "rcsD", path, *objects], env=os.environ, cwd=folder)
