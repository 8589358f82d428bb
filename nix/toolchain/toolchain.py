"""Put the toolchain together: wrapped compilers and the other tools in bin/, files for Meson and CMake in share/.

From the environment: `emscripten`, `node`, `python`, `wrapper` (our Python package), `target` (python-target),
`pythonVersion`, `abiFlags`.
"""

import compileall
import json
import os
import py_compile
import shlex
import shutil
import subprocess
from pathlib import Path

out = Path(os.environ["out"])
emscripten = Path(os.environ["emscripten"])
python = Path(os.environ["python"])
target = Path(os.environ["target"])
version = os.environ["pythonVersion"]

WRAPPED = ("emcc", "em++")

LAUNCHER = """#!{python}/usr/bin/python3 -ISB
import os, sys
sys.path.insert(0, {lib!r})
os.environ.setdefault("WASMWRIGHT_EMSCRIPTEN", {emscripten!r})
os.environ.setdefault("WASMWRIGHT_ABI_FLAGS", {abi!r})
os.environ.setdefault("WASMWRIGHT_PYTHON_INCLUDE", {include!r})
os.environ.setdefault("WASMWRIGHT_CLANG", {clang!r})
os.environ.setdefault("WASMWRIGHT_CLANG_FLAGS", {clang_flags!r})
from wasmwright.wrapper.__main__ import main
sys.exit(main({tool!r}))
"""

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

CMAKE = """# For CMAKE_TOOLCHAIN_FILE: Emscripten's own platform file, led to our compilers.
list(APPEND CMAKE_MODULE_PATH "{root}/cmake/Modules")
set(EMSCRIPTEN_ROOT_PATH "{bin}")
# Libraries built for the target are named by CMAKE_PREFIX_PATH, and lie outside the sysroot.
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY BOTH)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE BOTH)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
# The platform file empties it.
set(wasmwright_pkg_config "$ENV{{PKG_CONFIG_LIBDIR}}")
include("{root}/cmake/Modules/Platform/Emscripten.cmake")
set(ENV{{PKG_CONFIG_LIBDIR}} "${{wasmwright_pkg_config}}")
set(CMAKE_NM "{bin}/llvm-nm" CACHE FILEPATH "" FORCE)
set(CMAKE_STRIP "{bin}/emstrip" CACHE FILEPATH "" FORCE)
set(CMAKE_CROSSCOMPILING_EMULATOR "{bin}/node" CACHE FILEPATH "")
# Shared objects are side modules here.
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS TRUE)
foreach(language C CXX)
  set(CMAKE_SHARED_LIBRARY_CREATE_${{language}}_FLAGS "-shared")
  set(CMAKE_SHARED_MODULE_CREATE_${{language}}_FLAGS "-shared")
endforeach()
set(CMAKE_SHARED_LIBRARY_SUFFIX ".so")
set(CMAKE_SHARED_MODULE_SUFFIX ".so")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# The Python of the target is described, the Python that runs is the host's.
foreach(python Python Python3)
  set(${{python}}_EXECUTABLE "{python}/usr/bin/python3" CACHE FILEPATH "")
  set(${{python}}_INCLUDE_DIR "{include}" CACHE PATH "")
endforeach()
"""

bin_dir, lib, share = out / "bin", out / "lib", out / "share/wasmwright"
bin_dir.mkdir(parents=True)
share.mkdir(parents=True)

shutil.copytree(os.environ["wrapper"], lib, copy_function=shutil.copyfile)
for path in lib.rglob("*"):
    path.chmod(0o755 if path.is_dir() else 0o644)
lib.chmod(0o755)
compileall.compile_dir(
    lib, quiet=2, stripdir=str(out), prependdir="/", invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
)

for program in sorted((emscripten / "bin").iterdir()):
    if program.name not in WRAPPED:
        (bin_dir / program.name).symlink_to(program)
(bin_dir / "node").symlink_to(Path(os.environ["node"]) / "bin/node")
abi = json.loads(os.environ["abiFlags"])
config: dict[str, object] = {}
exec((emscripten / "etc/emscripten.py").read_text(), config)
for tool in WRAPPED:
    # What emcc itself would tell clang, asked once.
    asked = subprocess.run([emscripten / "bin" / tool, *abi, "--cflags"], capture_output=True, text=True, check=True)
    launcher = bin_dir / tool
    launcher.write_text(
        LAUNCHER.format(
            python=python,
            lib=str(lib),
            emscripten=str(emscripten / "bin"),
            abi=shlex.join(abi),
            tool=tool,
            include=str(target / f"include/python{version}"),
            clang=f"{config['LLVM_ROOT']}/{'clang++' if tool == 'em++' else 'clang'}",
            clang_flags=asked.stdout.strip(),
        )
    )
    launcher.chmod(0o755)

values = {
    "bin": bin_dir,
    "python": python,
    "include": target / f"include/python{version}",
    "root": config["EMSCRIPTEN_ROOT"],
}
(share / "cross.ini").write_text(MESON)
(share / "toolchain.cmake").write_text(CMAKE.format(**values))
