"""Builds a C or C++ library for the target with its own build system, installed into the derivation's output."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.sandbox.attributes import Attributes, load
from wasmwright.sandbox.environment import cross_environment, jobs, prepare_home
from wasmwright.sandbox.errors import StepFailed
from wasmwright.sandbox.report import phase, reported
from wasmwright.sandbox.traces import clean_folder, traces_of
from wasmwright.sandbox.unpack import patch, unpack_all
from wasmwright.spawn import attach

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class BuildStep:
    """A command of a phase, and what is installed by it into `staged`, before it is moved to its place."""

    command: list[str]
    staged: Path | None = None

    @property
    def words(self) -> list[str]:
        """As it is typed."""
        return [*([f"DESTDIR={self.staged}"] if self.staged else []), *self.command]


def plan(attributes: Attributes, source: Path, build: Path, *, count: int, path: str) -> dict[str, BuildStep]:
    """What is run in each phase for a `source` that is there, with programs of PATH, which is `path`; as `steps`."""
    commands = steps(attributes, source, build, count)
    made = configure_script(source, path) if attributes.system == "autotools" else None
    return {"autoreconf": BuildStep(command=made), **commands} if made else commands


def steps(attributes: Attributes, source: Path, build: Path, count: int) -> dict[str, BuildStep]:
    """What is run in each phase, in order; `count` compilers at a time.

    A library looks for settings and state where a machine has them, not below its own store path, which no machine has
    that it will run on. What it installs there comes to `etc` and `var` of the output.
    """
    share = attributes.toolchain / "share/wasmwright"
    out, staged = attributes.out, build.with_name("staged")
    flags = [*attributes.settings.get(attributes.system, {}).get("flags", []), *attributes.flags]
    match attributes.system:
        case "cmake":
            configure = ["cmake", "-S", str(source), "-B", str(build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"]
            configure += [f"-DCMAKE_TOOLCHAIN_FILE={share / 'toolchain.cmake'}", f"-DCMAKE_INSTALL_PREFIX={out}"]
            configure += ["-DCMAKE_INSTALL_LIBDIR=lib", "-DCMAKE_INSTALL_SYSCONFDIR=/etc"]
            configure += ["-DCMAKE_INSTALL_LOCALSTATEDIR=/var", "-DBUILD_SHARED_LIBS=OFF", *flags]
            return {
                "configure": BuildStep(command=configure),
                "build": BuildStep(command=["cmake", "--build", str(build), "-j", str(count)]),
                "install": BuildStep(command=["cmake", "--install", str(build)], staged=staged),
            }
        case "meson":
            configure = ["meson", "setup", str(build), str(source), f"--cross-file={share / 'cross.ini'}"]
            configure += [f"--prefix={out}", "--libdir=lib", "--sysconfdir=/etc", "--localstatedir=/var"]
            configure += ["--buildtype=release", "--default-library=static", "--wrap-mode=nodownload", *flags]
            return {
                "configure": BuildStep(command=configure),
                "build": BuildStep(command=["ninja", "-C", str(build), f"-j{count}"]),
                "install": BuildStep(command=["meson", "install", "-C", str(build), "--no-rebuild"], staged=staged),
            }
        case "autotools":
            configure = [str(source / "configure"), f"--prefix={out}", "--sysconfdir=/etc", "--localstatedir=/var"]
            configure += [f"--build={os.uname().machine}-pc-linux-gnu", "--host=wasm32-unknown-emscripten"]
            return {
                "configure": BuildStep(command=[*configure, "--enable-static", "--disable-shared", *flags]),
                "build": BuildStep(command=["make", f"-j{count}"]),
                "install": BuildStep(command=["make", "install", f"sysconfdir={out}/etc", f"localstatedir={out}/var"]),
            }
        case "make":
            make = ["make", "-C", str(source), f"PREFIX={out}", *flags]
            return {"build": BuildStep(command=[*make, f"-j{count}"]), "install": BuildStep(command=[*make, "install"])}
        case unknown:
            message = f"{attributes.name}: no way to build a library with `{unknown}`"
            raise StepFailed(message)


def configure_script(source: Path, path: str) -> list[str] | None:
    """The command that makes `configure` in `source`, where PATH, which is `path`, has autoconf; else None.

    Raises StepFailed where there is neither the script nor autoconf.
    """
    described = any((source / name).exists() for name in ("configure.ac", "configure.in"))
    if described and shutil.which("autoreconf", path=path):
        return ["autoreconf", "--force", "--install", str(source)]
    if (source / "configure").exists():
        return None
    message = f"the source has no script `configure` in {source.name}"
    hint = "set `folder` of [source], or another `system` in [build]"
    if described:
        hint = 'autoconf makes it from what is there: add "autotools" to `tools` of [build]'
    raise StepFailed(message, hint=hint)


def run_steps(commands: Mapping[str, BuildStep], *, env: Mapping[str, str], cwd: Path) -> None:
    """Run each phase; raises StepFailed at the first that fails."""
    for name, step in commands.items():
        with phase(name):
            given = {**env, "DESTDIR": str(step.staged)} if step.staged else env
            if attach(step.command, env=given, cwd=cwd) != 0:
                message = f"the {name} phase failed"
                raise StepFailed(message, excerpt=" ".join(step.command))


def settle(staged: Path, out: Path) -> None:
    """Move what was installed below `staged` to `out`: its own folders, and those of a machine beside them.

    Raises StepFailed for a file that belongs to neither.
    """
    homes = {staged / out.relative_to("/"): out} | {staged / name: out / name for name in ("etc", "var")}
    for path in sorted(staged.rglob("*")):
        if not any(path.is_relative_to(home) for home in homes) and (path.is_symlink() or not path.is_dir()):
            message = f"the library installs /{path.relative_to(staged)}, which is not below its prefix"
            raise StepFailed(message, hint="choose another folder for it by `flags` of [build], or leave it out")
    for home, target in homes.items():
        if home.is_dir():
            shutil.copytree(home, target, symlinks=True, dirs_exist_ok=True)


@reported
def main() -> None:
    """Build the library of the derivation at hand into its output."""
    attributes = load()
    top = Path(os.environ["NIX_BUILD_TOP"])
    traces = traces_of(attributes, top)
    with phase("unpack"):
        source, epoch = unpack_all(attributes.sources, top / "source")
    environment = cross_environment(attributes, epoch=epoch, home=prepare_home())
    project = source / attributes.folder
    with phase("patch"):
        patch(source, attributes.patches, env=environment)
        traces.lead(source, environment["PATH"])
    # configure scripts compile and link before they know of any flag: the wrapper adds the ABI's.
    build = top / "build"
    build.mkdir()
    commands = plan(attributes, project, build, count=jobs(), path=environment["PATH"])
    run_steps(commands, env=environment, cwd=build)
    settle(top / "staged", attributes.out)
    clean_folder(attributes.out, traces)


if __name__ == "__main__":
    sys.exit(main())
