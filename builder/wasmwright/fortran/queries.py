"""What `wasm-flang` says about itself, in the words by which build systems recognise LLVM's flang."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.fortran.retarget import TRIPLE

if TYPE_CHECKING:
    from wasmwright.fortran.settings import Parts

VERSION = "19.1.7"

_HELP = """usage: wasm-flang [options] FILE...

Compiles Fortran for wasm32-unknown-emscripten: flang's options, and gfortran's common ones. Besides:
  -fhidden-lengths     pass the length of every CHARACTER argument, also to and from C
  -fstar-lengths=A,B   the external procedures A and B have CHARACTER*(*) dummies and may lie in another library
"""


def answer(query: str, parts: Parts) -> str:
    """The text that answers a query such as `--version`."""
    folder = str(PurePosixPath(parts.runtime).parent) if parts.runtime else ""
    if query in {"-dumpversion", "-dumpfullversion"}:
        return f"{VERSION}\n"
    if query == "-dumpmachine":
        return f"{TRIPLE}\n"
    if query in {"--help", "-help"}:
        return _HELP
    if query == "-Wl,--version":
        return "LLD 22.1.8 (compatible with GNU linkers)\n"
    name = query.lstrip("-").partition("=")[0]
    value = query.partition("=")[2]
    if name == "print-search-dirs":
        return f"programs: =\nlibraries: ={folder}\n"
    if name in {"print-file-name", "print-prog-name"}:
        return f"{value}\n"
    if name.startswith("print-"):
        return f"{TRIPLE}\n" if "target" in name else "\n"
    return f"flang-new version {VERSION} (wasmwright)\nTarget: {TRIPLE}\nThread model: single\n"
