"""How what runs inside derivations starts other programs. The orchestrator has `process`, which can do more."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A program that has ended. `stdout` and `stderr` are decoded text."""

    returncode: int
    stdout: str
    stderr: str


class ToolMissing(WasmwrightError):
    """A program that a build needs is not on its PATH."""

    exit_code = 70


class ToolFailed(WasmwrightError):
    """A program that a build needs ended with an error."""

    exit_code = 71


class Said(Protocol):
    """What is asked of a program that has ended, whoever started it."""

    @property
    def returncode(self) -> int:
        """Its exit code, or the negated number of the signal that ended it."""
        ...

    @property
    def stdout(self) -> str:
        """What it wrote to standard output."""
        ...

    @property
    def stderr(self) -> str:
        """What it wrote to standard error."""
        ...


class Starter(Protocol):
    """How programs are started; the orchestrator passes its own, so that an interruption ends them."""

    def __call__(self, command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True) -> Said:
        """Run `command` to its end and return what it wrote."""
        ...


def run(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True) -> Ended:
    """Run `command` to its end with exactly the environment `env`.

    Raises ToolMissing when it cannot be started, and with `check` ToolFailed when it ends with an error.
    """
    argv = _resolved(command, env)
    done = subprocess.run(
        argv,
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if check and done.returncode != 0:
        tail = "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:])
        shown = " ".join(str(word) for word in command)
        message = f"`{shown}` ended with exit code {done.returncode}"
        raise ToolFailed(message, excerpt=tail or None)
    return Ended(returncode=done.returncode, stdout=done.stdout, stderr=done.stderr)


def attach(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run `command` on the caller's own standard streams and return its exit code."""
    return subprocess.run(_resolved(command, env), env=dict(env), cwd=cwd, check=False).returncode


def _resolved(command: Sequence[str | Path], env: Mapping[str, str]) -> list[str]:
    program, *arguments = (str(word) for word in command)
    found = shutil.which(program, path=env.get("PATH"))
    if found is None:
        message = f"the program `{program}` is not on the PATH of this build"
        raise ToolMissing(message, hint="name the tool that has it in `build.tools` of recipe.toml")
    return [found, *arguments]
