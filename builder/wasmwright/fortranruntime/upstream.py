"""What is taken from flang's own files: which sources there are, which headers they include. Pure functions of texts.

The compiler runs on a 64-bit machine and lays out everything by its `size_t`: arguments of the runtime's entries,
descriptors, tables. The runtime is compiled so that `size_t` and `ptrdiff_t` mean 64 bits in its own sources, and keep
their 32 bits in the C and C++ libraries' headers: the prelude includes all of those first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOURCES = re.compile(r"^set\(sources\s([^)]*)\)", re.MULTILINE)
_INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+)>", re.MULTILINE)
_WIDE = {"size_t": "uint64_t", "ptrdiff_t": "int64_t"}
# The C library's headers for C only, and headers of others.
_NOT_FOR_PRELUDE = {"complex.h", "stdbool.h"}

_AFTER = """
// WebAssembly has no floating-point exception flags.
#define FE_INVALID 0
#define FE_DIVBYZERO 0
#define FE_OVERFLOW 0
#define FE_UNDERFLOW 0
#define FE_INEXACT 0
// The runtime would define the C++ library's own function anew.
#undef _LIBCPP_VERBOSE_ABORT
// A header of flang names Bessel functions of quadruple precision. No C library here has them: what calls them is left
// out of the archive.
extern "C" {
long double j0l(long double);
long double j1l(long double);
long double jnl(int, long double);
long double y0l(long double);
long double y1l(long double);
long double ynl(int, long double);
}
"""


class UnexpectedSource(WasmwrightError):
    """Flang's files are not as this program knows them."""

    exit_code = 67


def listed_sources(cmake: str) -> tuple[str, ...]:
    """The C and C++ files that a CMakeLists.txt of flang compiles. Raises UnexpectedSource when it lists none."""
    found = _SOURCES.search(cmake)
    files = [] if found is None else [word for word in found[1].split() if word.endswith((".c", ".cpp"))]
    if not files:
        message = "a CMakeLists.txt of flang's runtime lists no sources"
        raise UnexpectedSource(message, hint="look at what changed upstream, and at fortranruntime/upstream.py")
    return tuple(files)


def system_headers(texts: Iterable[str]) -> tuple[str, ...]:
    """The headers that the files include with angle brackets, flang's own aside."""
    names = {name for text in texts for name in _INCLUDE.findall(text)}
    return tuple(sorted(name for name in names - _NOT_FOR_PRELUDE if not name.startswith(("flang/", "cuda"))))


def prelude(headers: Iterable[str], *, wide: bool = True) -> str:
    """A C++ header to be included before all others: the system's headers, then what holds for flang's own.

    `wide` says whether `size_t` and `ptrdiff_t` are to be 64 bits although the target's are not.
    """
    lines = ["#pragma once"]
    for header in headers:
        lines += [f"#if __has_include(<{header}>)", f"#include <{header}>", "#endif"]
    if wide:
        lines += [f"#define {name} {meaning}" for name, meaning in _WIDE.items()]
    return "\n".join(lines) + "\n" + _AFTER


def binding_header(text: str) -> str:
    """ISO_Fortran_binding.h for C programs: `size_t` and `ptrdiff_t` become 64 bits wide, as in the runtime."""
    widened = re.sub(rf"\b({'|'.join(_WIDE)})\b", lambda match: _WIDE[match[1]], text)
    start = "#include <stddef.h>\n"
    if start not in widened:
        message = "ISO_Fortran_binding.h does not include <stddef.h>"
        raise UnexpectedSource(message, hint="look at what changed upstream, and at fortranruntime/upstream.py")
    return widened.replace(start, f"{start}#include <stdint.h>\n", 1)
