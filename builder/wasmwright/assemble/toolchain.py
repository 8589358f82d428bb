"""Puts the toolchain together: wrapped compilers and the other tools in bin/, files for Meson and CMake in share/.

From the environment: `emscripten`, `node`, `python` (the tool root that runs the wrapper), `wrapper` (that part of our
package), `abiFlags`, `out`. Where they are given: `pythonInclude` (the folder of the target's Python.h), without which
it knows no Python, and `buildPython` (the tool root whose Python CMake is told of); `systemIncludes` (header folders
before the compiler's own), `emccFlags` (for emcc alone), `programLdflags` (for links of programs) and `lacking`
(functions that the runtime has not); `profile`, whose runtime that is. Lists are in JSON.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.assemble.compilers import Emscripten, read_emscripten
from wasmwright.assemble.lacking import write_archive
from wasmwright.assemble.launcher import Launcher, install

if TYPE_CHECKING:
    from collections.abc import Mapping

WRAPPED = {"emcc": "clang", "em++": "clang++"}

# Bare names: what a package records of its compilers then holds no path of the store.
MESON = """[binaries]
c = 'emcc'
cpp = 'em++'
ar = 'emar'
ranlib = 'emranlib'
nm = 'llvm-nm'
strip = 'emstrip'
pkg-config = 'pkg-config'
cmake = 'cmake'
python = 'python3'
exe_wrapper = 'node'

[properties]
needs_exe_wrapper = true
longdouble_format = 'IEEE_QUAD_LE'
skip_sanity_check = true

[host_machine]
system = 'emscripten'
cpu_family = 'wasm32'
cpu = 'wasm32'
endian = 'little'
"""

_CMAKE = """# For CMAKE_TOOLCHAIN_FILE: Emscripten's own platform file, led to our compilers.
list(APPEND CMAKE_MODULE_PATH "{root}/cmake/Modules")
set(EMSCRIPTEN_ROOT_PATH "{bin}")
# Libraries built for the target are named by CMAKE_PREFIX_PATH, and lie outside the sysroot.
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY BOTH)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE BOTH)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
# The platform file sets it where nothing else has.
set(CMAKE_CROSSCOMPILING_EMULATOR "{bin}/wasmwright-emulate" CACHE FILEPATH "")
# The platform file empties it.
set(wasmwright_pkg_config "$ENV{{PKG_CONFIG_LIBDIR}}")
include("{root}/cmake/Modules/Platform/Emscripten.cmake")
set(ENV{{PKG_CONFIG_LIBDIR}} "${{wasmwright_pkg_config}}")
set(CMAKE_NM "{bin}/llvm-nm" CACHE FILEPATH "" FORCE)
set(CMAKE_STRIP "{bin}/emstrip" CACHE FILEPATH "" FORCE)
set(CMAKE_USER_MAKE_RULES_OVERRIDE "{rules}")
# Shared objects are side modules here.
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS TRUE)
foreach(language C CXX)
  set(CMAKE_SHARED_LIBRARY_CREATE_${{language}}_FLAGS "-shared")
  set(CMAKE_SHARED_MODULE_CREATE_${{language}}_FLAGS "-shared")
endforeach()
set(CMAKE_SHARED_LIBRARY_SUFFIX ".so")
set(CMAKE_SHARED_MODULE_SUFFIX ".so")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
"""

# Read after CMake's own file about the platform, which says that there are no run paths.
_CMAKE_RULES = """# That cannot be said in CMake before 3.19.
if(CMAKE_VERSION VERSION_LESS 3.19)
  return()
endif()
foreach(language C CXX Fortran)
  set(CMAKE_SHARED_LIBRARY_RUNTIME_${language}_FLAG "-Wl,-rpath,")
  set(CMAKE_SHARED_LIBRARY_RUNTIME_${language}_FLAG_SEP ":")
endforeach()
set(CMAKE_SHARED_LIBRARY_RPATH_ORIGIN_TOKEN "\\$ORIGIN")
# They cannot be changed in a module that is linked: it gets those for where it is installed, whatever a project says.
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
function(wasmwright_install_rpaths folder)
  get_property(targets DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type MATCHES "^(MODULE_LIBRARY|SHARED_LIBRARY|EXECUTABLE)$")
      set_property(TARGET ${target} PROPERTY BUILD_WITH_INSTALL_RPATH ON)
    endif()
  endforeach()
  get_property(folders DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
  foreach(inner IN LISTS folders)
    wasmwright_install_rpaths("${inner}")
  endforeach()
endfunction()
get_property(is_try_compile GLOBAL PROPERTY IN_TRY_COMPILE)
if(NOT is_try_compile)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL wasmwright_install_rpaths "${CMAKE_SOURCE_DIR}")
endif()
"""

_CMAKE_PYTHON = """# The Python of the target is described, the Python that runs is the build machine's.
foreach(python Python Python3)
  set(${{python}}_EXECUTABLE "{python}/usr/bin/python3" CACHE FILEPATH "")
  set(${{python}}_INCLUDE_DIR "{include}" CACHE PATH "")
endforeach()
"""


@dataclass(frozen=True, kw_only=True)
class ToolchainSettings:
    """What the derivation hands over; `python_include` and `build_python` are None in a toolchain without Python."""

    out: Path
    emscripten: Path
    node: Path
    python: Path
    wrapper: Path
    abi_flags: tuple[str, ...]
    python_include: Path | None = None
    build_python: Path | None = None
    system_includes: tuple[str, ...] = ()
    emcc_flags: tuple[str, ...] = ()
    program_ldflags: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    profile: str = ""

    @property
    def archive(self) -> Path:
        """What programs are linked with where functions are lacking."""
        return self.out / "share/wasmwright/lacking.a"

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags of all that is compiled: the ABI's, then the folders of headers that it asks for."""
        return (*self.abi_flags, *(word for folder in self.system_includes for word in ("-isystem", folder)))


def read_settings(environ: Mapping[str, str]) -> ToolchainSettings:
    """The settings that the environment has."""

    def listed(name: str) -> tuple[str, ...]:
        return tuple(json.loads(environ.get(name) or "[]"))

    def path(name: str) -> Path | None:
        return Path(environ[name]) if environ.get(name) else None

    return ToolchainSettings(
        out=Path(environ["out"]),
        emscripten=Path(environ["emscripten"]),
        node=Path(environ["node"]),
        python=Path(environ["python"]),
        wrapper=Path(environ["wrapper"]),
        abi_flags=listed("abiFlags"),
        python_include=path("pythonInclude"),
        build_python=path("buildPython"),
        system_includes=listed("systemIncludes"),
        emcc_flags=listed("emccFlags"),
        program_ldflags=listed("programLdflags"),
        lacking=listed("lacking"),
        profile=environ.get("profile", ""),
    )


def program_ldflags(settings: ToolchainSettings) -> tuple[str, ...]:
    """The flags for links of programs."""
    return (*settings.program_ldflags, *([str(settings.archive)] if settings.lacking else []))


def variables(settings: ToolchainSettings, emscripten: Emscripten, tool: str, clang_flags: str) -> dict[str, str]:
    """What the wrapper of `tool` is told; empty is what it need not know."""
    return {
        "WASMWRIGHT_EMSCRIPTEN": str(emscripten.bin),
        "WASMWRIGHT_ABI_FLAGS": shlex.join(settings.flags),
        "WASMWRIGHT_PYTHON_INCLUDE": str(settings.python_include or ""),
        "WASMWRIGHT_EMCC_FLAGS": shlex.join(settings.emcc_flags),
        "WASMWRIGHT_PROGRAM_LDFLAGS": shlex.join(program_ldflags(settings)),
        "WASMWRIGHT_LACKING": shlex.join(settings.lacking),
        "WASMWRIGHT_PROFILE": settings.profile,
        "WASMWRIGHT_CLANG": f"{emscripten.llvm}/{WRAPPED[tool]}",
        "WASMWRIGHT_CLANG_FLAGS": clang_flags,
    }


def cmake_file(settings: ToolchainSettings, emscripten: Emscripten) -> str:
    """The file for CMAKE_TOOLCHAIN_FILE."""
    rules = settings.out / "share/wasmwright/rules.cmake"
    text = _CMAKE.format(bin=settings.out / "bin", root=emscripten.root, rules=rules)
    if settings.python_include is None:
        return text
    return text + _CMAKE_PYTHON.format(python=settings.build_python or settings.python, include=settings.python_include)


def assemble(settings: ToolchainSettings, emscripten: Emscripten) -> None:
    """Write the toolchain to its output."""
    bin_dir, lib, share = settings.out / "bin", settings.out / "lib", settings.out / "share/wasmwright"
    bin_dir.mkdir(parents=True)
    share.mkdir(parents=True)
    install(settings.wrapper, lib)
    for program in sorted(emscripten.bin.iterdir()):
        if program.name not in WRAPPED:
            (bin_dir / program.name).symlink_to(program)
    (bin_dir / "node").symlink_to(settings.node / "bin/node")
    Launcher(
        python=settings.python,
        lib=lib,
        module="wasmwright.wrapper.emulate",
        variables={},
        arguments=(str(bin_dir / "node"),),
    ).write(bin_dir / "wasmwright-emulate")
    for tool in WRAPPED:
        # What emcc itself would tell clang, asked once.
        clang_flags = emscripten.clang_flags(tool, settings.flags)
        Launcher(
            python=settings.python,
            lib=lib,
            module="wasmwright.wrapper.__main__",
            variables=variables(settings, emscripten, tool, clang_flags),
            arguments=(tool,),
        ).write(bin_dir / tool)
    if settings.lacking:
        write_archive(
            settings.archive,
            settings.lacking,
            profile=settings.profile,
            emscripten=emscripten,
            flags=settings.flags,
        )
    (share / "cross.ini").write_text(MESON, encoding="utf-8")
    (share / "toolchain.cmake").write_text(cmake_file(settings, emscripten), encoding="utf-8")
    (share / "rules.cmake").write_text(_CMAKE_RULES, encoding="utf-8")


def main() -> int:
    """Put the toolchain of the derivation at hand together."""
    settings = read_settings(os.environ)
    assemble(settings, read_emscripten(settings.emscripten))
    return 0


if __name__ == "__main__":
    sys.exit(main())
