"""Put the Fortran compiler together: a launcher in bin/, a file for Meson in share/.

From the environment: `compiler` (our Python package), `python`, `flang`, `flangVersion`, `emscripten`, `toolchain`,
`abiFlags`.
"""

import compileall
import json
import os
import py_compile
import shutil
import subprocess
from pathlib import Path

out = Path(os.environ["out"])
emscripten = Path(os.environ["emscripten"])

LAUNCHER = """#!{python}/usr/bin/python3 -ISB
import os, sys
sys.path.insert(0, {lib!r})
os.environ.setdefault("WASMWRIGHT_FLANG", {flang!r})
os.environ.setdefault("WASMWRIGHT_CLANG", {clang!r})
os.environ.setdefault("WASMWRIGHT_CLANG_FLAGS", {clang_flags!r})
os.environ.setdefault("WASMWRIGHT_FORTRAN_LINKER", {linker!r})
from wasmwright.fortran.__main__ import main
sys.exit(main())
"""

# Beside the toolchain's own cross file, which has all the rest.
MESON = """[binaries]
fortran = 'wasm-flang'
"""

bin_dir, lib, share = out / "bin", out / "lib", out / "share/wasmwright"
bin_dir.mkdir(parents=True)
share.mkdir(parents=True)
# Tool roots are put on PATH by this folder.
(out / "usr").mkdir()
(out / "usr/bin").symlink_to("../bin")

shutil.copytree(os.environ["compiler"], lib, copy_function=shutil.copyfile)
for path in lib.rglob("*"):
    path.chmod(0o755 if path.is_dir() else 0o644)
lib.chmod(0o755)
compileall.compile_dir(
    lib, quiet=2, stripdir=str(out), prependdir="/", invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
)

config: dict[str, object] = {}
exec((emscripten / "etc/emscripten.py").read_text(), config)
asked = subprocess.run(
    [emscripten / "bin/emcc", *json.loads(os.environ["abiFlags"]), "--cflags"],
    capture_output=True,
    text=True,
    check=True,
)
launcher = bin_dir / "wasm-flang"
launcher.write_text(
    LAUNCHER.format(
        python=os.environ["python"],
        lib=str(lib),
        flang=f"{os.environ['flang']}/usr/lib/llvm-{os.environ['flangVersion']}/bin/flang-new",
        clang=f"{config['LLVM_ROOT']}/clang",
        clang_flags=asked.stdout.strip(),
        linker=f"{os.environ['toolchain']}/bin/emcc",
    )
)
launcher.chmod(0o755)
(share / "fortran.ini").write_text(MESON)
