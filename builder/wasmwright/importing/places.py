"""Folders and variables that build scripts of others have, as marks that no text of a recipe has."""

from __future__ import annotations

import re

# The folder that all libraries are installed in there, one of tools or of the compiler, one that is copied out of,
# the recipe's own, and one of Python's.
HOST, NATIVE, OUT, RECIPE, PYTHON = "\ue010", "\ue011", "\ue012", "\ue013", "\ue014"
_MARK = re.compile("[\ue010-\ue014]")
# Stand for a dollar sign that means itself, and for what cannot be known without running it.
DOLLAR, OPAQUE = "\ue000", "\ue001"
# Variables that are there on other platforms only.
OTHERS = (
    *("LIBRARY_PREFIX_M", "LIBRARY_PREFIX_U", "BUILD_PREFIX_M", "BUILD_PREFIX_U", "CYGWIN_PREFIX", "PATH_OVERRIDE"),
    *("MSYSTEM", "VSINSTALLDIR", "CONDA_BUILD_SYSROOT", "MACOSX_DEPLOYMENT_TARGET", "OSX_ARCH", "SDKROOT"),
)
# What is known of the variables that a script finds.
VARIABLES = {
    **dict.fromkeys(("WASM_LIBRARY_DIR", "PREFIX", "HOSTINSTALLDIR", "LIBRARY_PREFIX", "TARGETINSTALLDIR"), HOST),
    **dict.fromkeys(
        (
            *("BUILD_PREFIX", "CONDA_PREFIX", "CMAKE_TOOLCHAIN_FILE", "MESON_CROSS_FILE", "EMSDK", "EMSDK_PATH"),
            *("EMSDK_DIR", "EMSDK_HOME", "EMSCRIPTEN", "EMSCRIPTEN_ROOT", "EMSCRIPTEN_FORGE_EMSDK_DIR"),
            *("CONDA_EMSDK_DIR", "PYODIDE_ROOT"),
        ),
        NATIVE,
    ),
    **dict.fromkeys(("DISTDIR",), OUT),
    **dict.fromkeys(("RECIPE_DIR", "PKGDIR"), RECIPE),
    **dict.fromkeys(
        ("PYTHONINCLUDE", "PYTHON_INCLUDE", "SP_DIR", "STDLIB_DIR", "HOSTSITEPACKAGES", "NUMPY_LIB"), PYTHON
    ),
    **dict.fromkeys(("SRC_DIR", "PKG_BUILD_DIR", "PWD"), "."),
    **dict.fromkeys(("CPU_COUNT", "PYODIDE_JOBS", "MAKEFLAGS_JOBS"), "1"),
    **dict.fromkeys(
        (
            *("CMAKE_ARGS", "MESON_ARGS", "PIP_ARGS", "R_ARGS", "SIDE_MODULE_CFLAGS", "SIDE_MODULE_CXXFLAGS"),
            *("SIDE_MODULE_LDFLAGS", "EM_FORGE_SIDE_MODULE_LDFLAGS", "EM_FORGE_SIDE_MODULE_CFLAGS", "RUSTFLAGS"),
            *("EM_FORGE_CFLAGS_BASE", "EM_FORGE_LDFLAGS_BASE", "EM_FORGE_OPTFLAGS", "EM_FORGE_DBGFLAGS"),
            *("CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "FFLAGS", "LIBS", "PKG_CONFIG_PATH", "PATH", "PYTHONPATH"),
            *("CMAKE_PREFIX_PATH", "LD_LIBRARY_PATH", "CFLAGS_BASE", "LDFLAGS_BASE", "STDLIB_MODULE_CFLAGS"),
            *("FCFLAGS", "EMCC_CFLAGS", "VERBOSE_AT", "VERBOSE_CM", "HOST", "BUILD", "DEBUG_CFLAGS", "DEBUG_CXXFLAGS"),
        ),
        "",
    ),
    **{name: name.lower() for name in ("PYTHON", "CC", "CXX", "AR", "RANLIB", "NM")},
    **dict.fromkeys(OTHERS, ""),
    "SHLIB_EXT": ".so",
    "CC_FOR_BUILD": "cc",
    "CXX_FOR_BUILD": "c++",
    "PKG_CONFIG": "pkg-config",
    "R": "R",
}
_CROSS_FILE = re.compile(r"(?i)(?:.*/)?[^/]*(?:\.cross|cross[^/]*\.(?:ini|txt|cross|build|conf)|meson[^/]*\.ini)")


def has_place(text: str) -> bool:
    """Whether a text names a folder that is not here."""
    return _MARK.search(text) is not None


def shown(text: str) -> str:
    """A text as messages have it, without marks."""
    return re.sub(_MARK.pattern + "/?", ".../", text).replace(DOLLAR, "$").replace(OPAQUE, "$(...)")


def is_cross_file(path: str) -> bool:
    """Whether a path is one of Meson's files that describe a platform, of which builds here have their own."""
    return _CROSS_FILE.fullmatch(path) is not None
