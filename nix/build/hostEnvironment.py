"""Unpack wheels into $out/lib, make their console scripts in $out/bin, bind native parts to the host's C library.

From the environment: `wheels`, `patchelf`, `python` and `libraries` (tool roots), `out`.
"""

import compileall
import configparser
import os
import py_compile
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

out = Path(os.environ["out"])
python = Path(os.environ["python"])
lib, bin_dir = out / "lib", out / "bin"
lib.mkdir(parents=True)
bin_dir.mkdir()

SCRIPT = """#!{python}
import sys
if {lib!r} not in sys.path:
    sys.path.insert(0, {lib!r})
from {module} import {first}
sys.exit({function}())
"""


def unpack(wheel: str) -> None:
    """Unpack one wheel: purelib and platlib together, scripts to bin/, headers and data left out."""
    with zipfile.ZipFile(wheel) as zipped:
        for info in zipped.infolist():
            parts = PurePosixPath(info.filename).parts
            if info.is_dir() or ".." in parts or info.filename.startswith("/"):
                continue
            target = lib.joinpath(*parts)
            if parts[0].endswith(".data"):
                if parts[1] == "scripts":
                    target = bin_dir.joinpath(*parts[2:])
                elif parts[1] in ("purelib", "platlib"):
                    target = lib.joinpath(*parts[2:])
                else:
                    continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(zipped.read(info))
            target.chmod(0o755 if target.is_relative_to(bin_dir) else 0o644)


def console_scripts() -> None:
    """Make the programs that the wheels' entry points name."""
    for file in sorted(lib.glob("*.dist-info/entry_points.txt")):
        points = configparser.ConfigParser(delimiters=("=",), interpolation=None)
        points.optionxform = str  # type: ignore[assignment]
        points.read_string(file.read_text())
        if not points.has_section("console_scripts"):
            continue
        for name, target in points["console_scripts"].items():
            module, _, function = target.split("[")[0].strip().partition(":")
            script = bin_dir / name
            script.write_text(
                SCRIPT.format(
                    python=python / "usr/bin/python3",
                    lib=str(lib),
                    module=module,
                    first=function.split(".")[0],
                    function=function,
                )
            )
            script.chmod(0o755)


def bind(file: Path) -> None:
    """Give an ELF file the host Python's loader and libraries."""
    with file.open("rb") as opened:
        if opened.read(4) != b"\x7fELF":
            return
    folder = "usr/lib/x86_64-linux-gnu"
    libraries = python / folder
    patchelf = os.environ["patchelf"]
    if subprocess.run([patchelf, "--print-interpreter", file], capture_output=True, check=False).returncode == 0:
        subprocess.run([patchelf, "--set-interpreter", libraries / "ld-linux-x86-64.so.2", file], check=True)
        file.chmod(0o755)
    rpath = f"{libraries}:{Path(os.environ['libraries']) / folder}"
    subprocess.run([patchelf, "--add-rpath", rpath, file], capture_output=True, check=False)


for wheel in os.environ["wheels"].split():
    unpack(wheel)
console_scripts()
for path in out.rglob("*"):
    if path.is_file() and not path.is_symlink():
        bind(path)
    if path.is_file() and path.parent == bin_dir and path.read_bytes().startswith(b"#!python"):
        lines = path.read_text().split("\n", 1)
        found = f"import sys; {str(lib)!r} in sys.path or sys.path.insert(0, {str(lib)!r})"
        path.write_text(f"#!{python}/usr/bin/python3\n{found}\n{lines[1]}")
sys.stdout.flush()
compileall.compile_dir(
    lib, quiet=2, stripdir=str(out), prependdir="/", invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
)
