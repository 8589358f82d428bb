"""Unpacks and patches where that was not done, makes the environment of the build, and becomes a shell in it.

Run by the Python of the derivation, with the very part of wasmwright that built it: `python inside.py PART MODULE
[COMMAND...]`. Nix's own variables are set as in a build.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wasmwright.sandbox.attributes import Attributes


def main(arguments: list[str]) -> None:
    """Become the command, or an interactive shell."""
    part, module, *command = arguments
    sys.path.insert(0, part)
    from wasmwright.sandbox.attributes import load  # noqa: PLC0415 - that part's, and not ours
    from wasmwright.sandbox.environment import cross_environment  # noqa: PLC0415
    from wasmwright.sandbox.traces import traces_of  # noqa: PLC0415
    from wasmwright.sandbox.unpack import patch, unpack_all  # noqa: PLC0415
    from wasmwright.unpacking import EARLIEST  # noqa: PLC0415

    top = Path(os.environ["NIX_BUILD_TOP"])
    attributes = replace(load(), out=top / "out")
    home, unpacked, done = top / "home", top / "source", top / ".epoch"
    home.mkdir(exist_ok=True)
    if done.exists() or (top / ".attrs.json").exists():
        # A build that failed does not tell its epoch, which is but a time stamp in what is made.
        source, epoch = _top_folder(unpacked), int(done.read_text()) if done.exists() else EARLIEST
        environment = cross_environment(attributes, epoch=epoch, home=home)
    else:
        shutil.rmtree(unpacked, ignore_errors=True)
        source, epoch = unpack_all(attributes.sources, unpacked)
        environment = cross_environment(attributes, epoch=epoch, home=home)
        patch(source, attributes.patches, env=environment)
        traces_of(attributes, top).lead(source, environment["PATH"])
        done.write_text(str(epoch), encoding="ascii")
    project = source / attributes.folder
    sys.stderr.write(_greeting(attributes, module, project, environment["PATH"]))
    sys.stderr.flush()
    environment |= {"TERM": os.environ.get("TERM", "dumb"), "PS1": rf"[{attributes.name}] \w\$ "}
    os.chdir(project)
    shell = attributes.path[-1] / "usr/bin/bash"
    if command:
        _become(command, environment)
    os.execve(shell, [str(shell), "--norc", "--noprofile", "-i"], environment)  # noqa: S606


def _become(command: list[str], environment: dict[str, str]) -> None:
    """Become a program of the build's PATH. Ends as a shell does where there is none, or it cannot be run."""
    try:
        os.execvpe(command[0], command, environment)  # noqa: S606 - this program has done its part
    except OSError as error:
        sys.stderr.write(f"error: `{command[0]}` cannot be run in the build's environment: {error.strerror}\n")
        sys.exit(127 if isinstance(error, FileNotFoundError) else 126)


def _top_folder(folder: Path) -> Path:
    found = [path for path in folder.iterdir() if path.name != "pax_global_header"]
    return found[0] if len(found) == 1 and found[0].is_dir() else folder


def _greeting(attributes: Attributes, module: str, project: Path, path: str) -> str:
    lines = [f"{attributes.name} {attributes.version} in {project}; the build runs there:"]
    lines += [f"  {shlex.join(command)}" for command in _commands(attributes, module, project, path)]
    return "\n".join([*lines, ""])


def _commands(attributes: Attributes, module: str, project: Path, path: str) -> list[list[str]]:
    """What the build itself runs, to be repeated by hand."""
    top = Path(os.environ["NIX_BUILD_TOP"])
    if module.endswith(".wheel"):
        from wasmwright.sandbox.wheel import frontend_command  # noqa: PLC0415

        return [frontend_command(attributes, project, top / "wheels")]
    from wasmwright.sandbox.environment import jobs  # noqa: PLC0415
    from wasmwright.sandbox.library import plan  # noqa: PLC0415

    (top / "build").mkdir(exist_ok=True)
    planned = plan(attributes, project, top / "build", count=jobs(), path=path)
    return [["cd", str(top / "build")], *(step.words for step in planned.values())]


if __name__ == "__main__":
    main(sys.argv[1:])
