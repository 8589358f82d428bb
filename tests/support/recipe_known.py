"""What recipes of tests may name that is no recipe."""

from __future__ import annotations

from wasmwright.recipe.known import Known

KNOWN = Known(
    tools=(
        *("autotools", "bison", "cmake", "flang", "flang-compiler", "flex", "m4", "meson", "native-cc", "ninja"),
        *("perl", "pkgconf", "sqlite3"),
    ),
    profiles=("pyemscripten_2026_0", "pyemscripten_2026_5"),
)
