"""Builds a C or C++ library for the target with its own build system, installed into the derivation's output."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.sandbox.attributes import Attributes, load
from wasmwright.sandbox.environment import cross_environment, jobs, prepare_home
from wasmwright.sandbox.errors import StepFailed
from wasmwright.sandbox.report import phase, reported
from wasmwright.sandbox.unpack import patch, unpack_all
from wasmwright.spawn import attach

if TYPE_CHECKING:
    from collections.abc import Mapping


def steps(attributes: Attributes, source: Path, build: Path, count: int) -> dict[str, list[str]]:
    """The command lines of each phase, in order; `count` compilers at a time."""
    share = attributes.toolchain / "share/wasmwright"
    out = attributes.out
    flags = [*attributes.settings.get(attributes.system, {}).get("flags", []), *attributes.flags]
    match attributes.system:
        case "cmake":
            configure = ["cmake", "-S", str(source), "-B", str(build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"]
            configure += [f"-DCMAKE_TOOLCHAIN_FILE={share / 'toolchain.cmake'}", f"-DCMAKE_INSTALL_PREFIX={out}"]
            configure += ["-DCMAKE_INSTALL_LIBDIR=lib", "-DBUILD_SHARED_LIBS=OFF", *flags]
            return {
                "configure": configure,
                "build": ["cmake", "--build", str(build), "-j", str(count)],
                "install": ["cmake", "--install", str(build)],
            }
        case "autotools":
            configure = [str(source / "configure"), f"--prefix={out}", "--host=wasm32-unknown-emscripten"]
            return {
                "configure": [*configure, "--enable-static", "--disable-shared", *flags],
                "build": ["make", f"-j{count}"],
                "install": ["make", "install"],
            }
        case "make":
            make = ["make", "-C", str(source), f"PREFIX={out}", *flags]
            return {"build": [*make, f"-j{count}"], "install": [*make, "install"]}
        case unknown:
            message = f"{attributes.name}: no way to build a library with `{unknown}`"
            raise StepFailed(message)


def run_steps(commands: Mapping[str, list[str]], *, env: Mapping[str, str], cwd: Path) -> None:
    """Run each phase; raises StepFailed at the first that fails."""
    for name, command in commands.items():
        with phase(name):
            if attach(command, env=env, cwd=cwd) != 0:
                message = f"the {name} phase failed"
                raise StepFailed(message, excerpt=" ".join(command))


@reported
def main() -> None:
    """Build the library of the derivation at hand into its output."""
    attributes = load()
    top = Path(os.environ["NIX_BUILD_TOP"])
    with phase("unpack"):
        source, epoch = unpack_all(attributes.sources, top / "source")
    environment = cross_environment(attributes, epoch=epoch, home=prepare_home())
    with phase("patch"):
        patch(source, attributes.patches, env=environment)
    # configure scripts compile and link before they know of any flag: the wrapper adds the ABI's.
    build = top / "build"
    build.mkdir()
    run_steps(steps(attributes, source / attributes.folder, build, jobs()), env=environment, cwd=build)


if __name__ == "__main__":
    sys.exit(main())
