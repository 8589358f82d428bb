"""The command line of `run.mjs`, and what comes back."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import spawn
from wasmwright.runtime.errors import RuntimeCrashed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.spawn import Said, Starter

CRASHED = 70
UNUSABLE = 64
_SHOWN = 25


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """A stock runtime and what is unpacked into it.

    `folder` holds the npm package, `node` is the program; `mounts` maps host folders to guest ones, `env` are
    the guest's variables. A run is ended when the file of `watch` has not changed for its number of seconds.
    `keep_memory` is written with the memory of Python as it is at its start; a run with such a file as `memory` begins
    there, in a tenth of the time, and with the variables that were given then. `start` starts Node.
    """

    folder: Path
    node: Path
    wheels: tuple[Path, ...] = ()
    mounts: Mapping[Path, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    watch: tuple[Path, int] | None = None
    keep_memory: Path | None = None
    memory: Path | None = None
    start: Starter = spawn.run


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A Python run that ended: by itself, or with the runtime (`crash`). `seconds` counts from the start of Node."""

    exit_code: int
    stdout: str
    stderr: str
    seconds: float
    crash: RuntimeCrashed | None = None


def command(runtime: Runtime, python: Sequence[str]) -> list[str]:
    """The command line that runs `python` (as after `python3`) in the runtime."""
    script = Path(__file__).with_name("run.mjs")
    words = [str(runtime.node), str(script), "--runtime", str(runtime.folder)]
    for wheel in runtime.wheels:
        words += ["--wheel", str(wheel)]
    for host, guest in runtime.mounts.items():
        words += ["--mount", f"{host}:{guest}"]
    for name, value in runtime.env.items():
        words += ["--env", f"{name}={value}"]
    if runtime.watch:
        words += ["--watch", "{}:{}".format(*runtime.watch)]
    if runtime.keep_memory:
        words += ["--keep-memory", str(runtime.keep_memory)]
    if runtime.memory:
        words += ["--memory", str(runtime.memory)]
    return [*words, "--", *python]


def execute(runtime: Runtime, python: Sequence[str]) -> Finished:
    """Run Python to its end. Raises RuntimeCrashed when the runtime dies or cannot be started."""
    done = attempt(runtime, python)
    if done.crash:
        raise done.crash
    return done


def attempt(runtime: Runtime, python: Sequence[str]) -> Finished:
    """Run Python to its end or the runtime's. Raises RuntimeCrashed only when it cannot be started."""
    began = time.monotonic()
    done = runtime.start(command(runtime, python), env=dict(os.environ), cwd=Path.cwd(), check=False)
    seconds = time.monotonic() - began
    crash = None
    # A program may well end with one of these codes itself.
    if done.returncode < 0 or (done.returncode in {CRASHED, UNUSABLE} and "runtime: " in done.stderr):
        crash = _crashed(done)
    if crash and done.returncode == UNUSABLE:
        raise crash
    return Finished(exit_code=done.returncode, stdout=done.stdout, stderr=done.stderr, seconds=seconds, crash=crash)


def _crashed(done: Said) -> RuntimeCrashed:
    lines = done.stderr.strip().splitlines() or done.stdout.strip().splitlines()
    if done.returncode == UNUSABLE:
        message = "the runtime did not start"
    elif done.returncode < 0:
        message = f"the runtime was ended by signal {-done.returncode}"
    else:
        message = "the WebAssembly runtime could not go on"
    # What it died of stands above its frames.
    told = next((at for at, line in enumerate(lines) if line.startswith("runtime: ")), len(lines))
    begin = min(told, max(len(lines) - _SHOWN, 0))
    return RuntimeCrashed(message, excerpt="\n".join(lines[begin : begin + _SHOWN]))
