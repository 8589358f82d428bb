"""Unpacks wheels into $out/lib, makes their console scripts in $out/bin, binds native parts to the tool roots'.

From the environment: `wheels` (paths, separated by spaces), `patchelf`, `python` and `libraries` (tool roots), `out`.
"""

from __future__ import annotations

import configparser
import os
import sys
import zipfile
from pathlib import Path, PurePosixPath

from wasmwright.spawn import run

_SCRIPT = """#!{python}
import sys
if {lib!r} not in sys.path:
    sys.path.insert(0, {lib!r})
from {module} import {first}
sys.exit({function}())
"""
_LIBRARIES = "usr/lib/x86_64-linux-gnu"
_ELF = b"\x7fELF"
_ANY_PYTHON = b"#!python"


def target_of(member: str, lib: Path, scripts: Path) -> Path | None:
    """Where a wheel's member goes: purelib and platlib together, scripts to bin/; None for headers and data."""
    parts = PurePosixPath(member).parts
    if ".." in parts or member.startswith("/"):
        return None
    if not parts[0].endswith(".data"):
        return lib.joinpath(*parts)
    match parts[1:]:
        case "scripts", *inside:
            return scripts.joinpath(*inside)
        case (("purelib" | "platlib"), *inside):
            return lib.joinpath(*inside)
        case _:
            return None


def unpack(wheel: Path, lib: Path, scripts: Path) -> None:
    """Unpack one wheel."""
    with zipfile.ZipFile(wheel) as zipped:
        for info in zipped.infolist():
            target = None if info.is_dir() else target_of(info.filename, lib, scripts)
            if target is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(zipped.read(info))
                target.chmod(0o755 if target.is_relative_to(scripts) else 0o644)


def console_scripts(entry_points: str, *, python: Path, lib: Path) -> dict[str, str]:
    """The programs that a wheel's entry points name, as scripts."""
    points = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    points.optionxform = str  # type: ignore[assignment]
    points.read_string(entry_points)
    scripts = {}
    for name, target in points["console_scripts"].items() if points.has_section("console_scripts") else ():
        module, _, function = target.split("[")[0].strip().partition(":")
        first = function.split(".")[0]
        scripts[name] = _SCRIPT.format(python=python, lib=str(lib), module=module, first=first, function=function)
    return scripts


def with_python(script: str, *, python: Path, lib: Path) -> str:
    """A wheel's own script (`#!python`), started by `python` and finding `lib`."""
    rest = script.split("\n", 1)[1]
    return f"#!{python}\nimport sys; {str(lib)!r} in sys.path or sys.path.insert(0, {str(lib)!r})\n{rest}"


def bind(file: Path, *, patchelf: Path, python: Path, libraries: Path) -> None:
    """Give an ELF file the loader and libraries of the tool roots `python` and `libraries`; others are left alone."""
    with file.open("rb") as opened:
        if opened.read(len(_ELF)) != _ELF:
            return
    loader = python / _LIBRARIES / "ld-linux-x86-64.so.2"
    if _patchelf(patchelf, "--print-interpreter", file, check=False):
        _patchelf(patchelf, "--set-interpreter", loader, file)
        file.chmod(0o755)
    _patchelf(patchelf, "--add-rpath", f"{python / _LIBRARIES}:{libraries / _LIBRARIES}", file, check=False)


def _patchelf(program: Path, *arguments: str | Path, check: bool = True) -> bool:
    return run([program, *arguments], env=os.environ, cwd=Path.cwd(), check=check).returncode == 0


def assemble(wheels: list[Path], out: Path, *, patchelf: Path, root: Path, libraries: Path) -> None:
    """Write the environment to `out`, for the Python of the tool root `root`."""
    lib, scripts, python = out / "lib", out / "bin", root / "usr/bin/python3"
    lib.mkdir(parents=True)
    scripts.mkdir()
    for wheel in wheels:
        unpack(wheel, lib, scripts)
    for file in sorted(lib.glob("*.dist-info/entry_points.txt")):
        for name, text in console_scripts(file.read_text(encoding="utf-8"), python=python, lib=lib).items():
            (scripts / name).write_text(text, encoding="utf-8")
            (scripts / name).chmod(0o755)
    for path in out.rglob("*"):
        if path.is_file() and not path.is_symlink():
            bind(path, patchelf=patchelf, python=root, libraries=libraries)
    for path in scripts.iterdir():
        if path.read_bytes().startswith(_ANY_PYTHON):
            path.write_text(with_python(path.read_text(encoding="utf-8"), python=python, lib=lib), encoding="utf-8")
    # By the Python that will read it, which need not be the one that runs this.
    compiler: list[str | Path] = [python, "-I", "-B", "-m", "compileall", "-q", "-q", "-s", out, "-p", "/"]
    run([*compiler, "--invalidation-mode", "unchecked-hash", lib], env=os.environ, cwd=out, check=False)


def main() -> int:
    """Make the environment of the derivation at hand."""
    assemble(
        [Path(wheel) for wheel in os.environ["wheels"].split()],
        Path(os.environ["out"]),
        patchelf=Path(os.environ["patchelf"]),
        root=Path(os.environ["python"]),
        libraries=Path(os.environ["libraries"]),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
