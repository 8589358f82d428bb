"""What recipes of tests may name that is no recipe."""

from __future__ import annotations

from wasmwright.recipe.known import Known

KNOWN = Known(
    tools=("cmake", "flang", "flang-compiler", "m4", "ninja", "perl", "pkgconf"),
    profiles=("pyemscripten_2026_0", "pyemscripten_2026_5"),
)
