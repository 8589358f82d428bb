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
  -fconstant-lengths   no other external procedure of another file has any
"""


def answer(query: str, parts: Parts) -> str:
    """The text that answers a query such as `--version`."""
    folder = str(PurePosixPath(parts.runtime).parent) if parts.runtime else ""
    fixed = {
        "-dumpversion": VERSION,
        "-dumpfullversion": VERSION,
        "-dumpmachine": TRIPLE,
        "--help": _HELP,
        "-help": _HELP,
        # Meson asks so for the kind of linker.
        "-Wl,--version": "LLD 22.1.8 (compatible with GNU linkers)",
        "--print-search-dirs": f"programs: =\nlibraries: ={folder}",
    }
    name, _, value = query.removeprefix("-").partition("=")
    if name.startswith(("print-file-name", "-print-file-name", "print-prog-name", "-print-prog-name")):
        text = value
    elif name.startswith(("print-", "-print-")):
        text = fixed.get(f"--{name.lstrip('-')}", TRIPLE if "target" in name else "")
    else:
        text = fixed.get(query, f"flang-new version {VERSION} (wasmwright)\nTarget: {TRIPLE}\nThread model: single")
    return f"{text}\n"
