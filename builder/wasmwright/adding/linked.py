"""Libraries that build files name, as the recipes here that bring them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.names import normalize
from wasmwright.recipe.model import BuildType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.recipe.model import WrittenRecipe

# In every build, or part of what compiles: nothing has to bring these.
_THERE = {
    *("m", "c", "dl", "rt", "util", "pthread", "threads", "thread", "openmp", "stdc++", "atomic", "math", "libm"),
    *("python", "python3", "pythoninterp", "pythonlibs", "pythonextensions", "git", "cython", "numpy", "pybind11"),
    *("nanobind", "f2py", "unixcommands", "pkgconfig", "doxygen", "cmake", "gtest", "benchmark"),
}
# Of systems that the target is none of.
_ELSEWHERE = re.compile(r"\w*32|appleframeworks|frameworks?|psapi|uuid|msvcrt|x11|gdiplus")
# Where the name that is linked is not that of the library.
_CALLED = {
    "z": "zlib",
    "bz2": "bzip2",
    "lzma": "xz",
    "liblzma": "xz",
    "png": "libpng",
    "png16": "libpng",
    "jpeg": "libjpeg-turbo",
    "libjpeg": "libjpeg-turbo",
    "yaml": "libyaml",
    "yaml-0-1": "libyaml",
    "ffi": "libffi",
    "xml2": "libxml2",
    "libxml-2-0": "libxml2",
    "xslt": "libxslt",
    "tiff": "libtiff",
    "webp": "libwebp",
    "geos-c": "geos",
    "blas": "openblas",
    "lapack": "openblas",
    "qhull-r": "qhull",
    "freetype2": "freetype",
    "sqlite3": "sqlite",
}


def library_for(name: str, recipes: Mapping[str, WrittenRecipe]) -> str | None:
    """The recipe of a library that a build file names, or the name that it would have; None for what needs none."""
    plain = normalize(re.sub(r"[^A-Za-z0-9._-]", "", name))
    if plain in _THERE or not plain or _ELSEWHERE.fullmatch(plain):
        return None
    called = _CALLED.get(plain, plain)
    near = (called, f"lib{called}", called.removeprefix("lib"))
    return next((one for one in near if is_library(one, recipes)), called)


def is_library(name: str, recipes: Mapping[str, WrittenRecipe]) -> bool:
    """Whether a recipe of that name makes a library."""
    return name in recipes and recipes[name].build.type is BuildType.LIBRARY
