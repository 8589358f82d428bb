"""Builds a project's wheel: source, patches, and the project's own back end through a PEP 517 front end."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from wasmwright.sandbox.attributes import Attributes, load
from wasmwright.sandbox.environment import cross_environment, jobs, prepare_home
from wasmwright.sandbox.errors import BackendFailed
from wasmwright.sandbox.report import phase, reported
from wasmwright.sandbox.unpack import patch, unpack
from wasmwright.spawn import attach


def frontend_command(attributes: Attributes, source: Path, out: Path) -> list[str]:
    """The command line of the front end: one wheel, no isolation (the environment is already right)."""
    command = [str(attributes.host_python / "usr/bin/python3"), "-m", "build", "--wheel", "--no-isolation"]
    command += ["--skip-dependency-check", "--outdir", str(out)]
    command += [f"-C{key}={value}" for key, values in config_settings(attributes).items() for value in values]
    return [*command, str(source)]


def config_settings(attributes: Attributes) -> dict[str, list[str]]:
    """The recipe's settings, and what a cross build must tell meson-python (known by its being in the environment)."""
    settings = {key: list(values) for key, values in attributes.config_settings.items()}
    if any((env / "lib/mesonpy").is_dir() for env in attributes.host_environments):
        cross = attributes.toolchain / "share/wasmwright/cross.ini"
        settings["setup-args"] = [f"--cross-file={cross}", *settings.get("setup-args", [])]
        settings.setdefault("compile-args", [f"-j{jobs()}"])
    return settings


@reported
def main() -> None:
    """Build the wheel of the derivation at hand into its output."""
    attributes = load()
    with phase("unpack"):
        source, epoch = unpack(attributes.source, Path(os.environ["NIX_BUILD_TOP"]) / "source")
    environment = cross_environment(attributes, epoch=epoch, home=prepare_home())
    with phase("patch"):
        patch(source, attributes.patches, env=environment)
    wheels = Path(os.environ["NIX_BUILD_TOP"]) / "wheels"
    with phase("build"):
        if attach(frontend_command(attributes, source, wheels), env=environment, cwd=source) != 0:
            message = f"the build back end of {attributes.name} {attributes.version} failed"
            raise BackendFailed(message)
    attributes.out.mkdir(parents=True)
    built = sorted(wheels.glob("*.whl"))
    if len(built) != 1:
        message = f"the back end made {len(built)} wheels, not one: {', '.join(path.name for path in built)}"
        raise BackendFailed(message)
    shutil.copyfile(built[0], attributes.out / built[0].name)
    (attributes.out / "epoch").write_text(f"{epoch}\n")


if __name__ == "__main__":
    sys.exit(main())
