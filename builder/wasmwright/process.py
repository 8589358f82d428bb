"""The one door to other programs. Nothing else imports `subprocess`."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, NoReturn, Protocol

from wasmwright.failure import WasmwrightError
from wasmwright.limits import LOG_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# Linux asks a program to end when the one that started it is gone, if it has asked for that itself (PR_SET_PDEATHSIG).
# So another Python asks, and becomes the program: in this one's child, before exec, threads may hold locks. What Python
# ignores would stay ignored. It gets the environment in a file: libraries that this names are for the program.
_ENDS_WITH = """
import ctypes, os, signal, sys
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
with open(int(sys.argv[2]), "rb") as file:
    environment = dict(entry.split(b"=", 1) for entry in file.read().split(b"\\0") if entry)
if os.getppid() == int(sys.argv[1]):
    os.execve(sys.argv[3], sys.argv[4:], environment)
"""
# How long a program that is asked to end may take: Nix ends its builders first.
_GRACE_SECONDS = 30.0
# Stands in no text that programs write on purpose.
CUT = "\0"
_END = 300
# What runs now, also in threads: it must not outlive us.
_running: set[subprocess.Popen[str]] = set()
# Set when this process is about to end.
_ended = threading.Event()
# Held from the question whether it may start until a program is among those that run.
_starting = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Completed:
    """A program that has ended. `stdout` and `stderr` are decoded text."""

    command: tuple[str, ...]
    returncode: int
    stdout: str
    stderr: str


class ProgramMissing(WasmwrightError):
    """A program that is needed is not installed."""

    exit_code = 60


class ProgramFailed(WasmwrightError):
    """A program ended with an error, and nothing more specific is known."""

    exit_code = 61


class Runner(Protocol):
    """How the rest of wasmwright starts programs; tests pass a fake."""

    def __call__(
        self, command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True
    ) -> Completed:
        """Run `command` to its end and return what it wrote."""
        ...


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    check: bool = True,
    errors: Literal["replace", "surrogateescape"] = "replace",
) -> Completed:
    """Run `command` to its end with exactly the environment `env`.

    `errors` says how bytes that are no text are decoded: those of names of files stay what they are with the second.
    Raises ProgramMissing when it cannot be started, and with `check` ProgramFailed when it ends with an error.
    """
    argv = tuple(str(part) for part in command)
    with _started(argv, env=env, cwd=cwd, output=subprocess.PIPE, errors=errors) as process:
        stdout, stderr = process.communicate()
    completed = Completed(command=argv, returncode=process.returncode, stdout=stdout, stderr=stderr)
    if check and completed.returncode != 0:
        raise failed(completed)
    return completed


def run_streaming(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    on_stderr_line: Callable[[str], None],
) -> Completed:
    """Run `command`, handing over each line of its standard error as it comes; standard output is collected.

    Of a line longer than LOG_LINE the beginning and the end are handed over, with CUT between them. The returned
    `stderr` is empty. The program shares the terminal's process group, so Ctrl-C reaches it; it is waited for before
    KeyboardInterrupt goes on. Where this process is killed, Linux asks the program to end.
    """
    argv = tuple(str(part) for part in command)
    with _started(argv, env=env, cwd=cwd, output=subprocess.PIPE, ends_with_us=True) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        # Both at once: a program that fills one pipe while nobody reads it would wait for ever.
        collected: list[str] = []
        reader = threading.Thread(target=lambda stream: collected.append(stream.read()), args=(process.stdout,))
        reader.start()
        for line in _lines(process.stderr):
            on_stderr_line(line)
        process.wait()
        reader.join()
    return Completed(command=argv, returncode=process.returncode, stdout="".join(collected), stderr="")


def _lines(stream: IO[str]) -> Iterator[str]:
    """The lines without their ends. A build may write all it makes in one: no more of it is held than the limit."""
    most = LOG_LINE.most
    while piece := stream.readline(most):
        if piece.endswith("\n") or len(piece) < most:
            yield piece.rstrip("\n")
            continue
        end = ""
        while not end.endswith("\n") and (rest := stream.readline(most)):
            end = (end + rest)[-_END:]
        yield f"{piece}{CUT}{end}".rstrip("\n")


def attach(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run `command` on the caller's own terminal and return its exit code."""
    with _started(tuple(str(part) for part in command), env=env, cwd=cwd) as process:
        return process.wait()


def become(command: Sequence[str | Path], *, env: Mapping[str, str]) -> NoReturn:
    """Replace this process by another program, to which the terminal then belongs."""
    argv = [str(part) for part in command]
    sys.stdout.flush()
    sys.stderr.flush()
    # Python ignores it, and what is ignored stays so: a loop there would never hear that its reader has gone.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execve(_resolve(argv[0], env), argv, dict(env))  # noqa: S606 - this file is where programs start


def end_all() -> None:
    """Ask every program that was started here, and runs, to end."""
    for process in tuple(_running):
        process.terminate()


def start_no_more() -> None:
    """Let no other program start: a thread that would, as in place of one that ended, is interrupted."""
    _ended.set()


def see_off() -> None:
    """End every program that runs here, and wait for it; no other is started."""
    start_no_more()
    with _starting:
        running = tuple(_running)
    for process in running:
        _end(process)


@contextlib.contextmanager
def _started(  # noqa: PLR0913 - what a program is started with
    argv: tuple[str, ...],
    *,
    env: Mapping[str, str],
    cwd: Path,
    output: int | None = None,
    errors: str = "replace",
    ends_with_us: bool = False,
) -> Iterator[subprocess.Popen[str]]:
    """A program that is asked to end, and waited for, when the caller does not come to its end."""
    program = _resolve(argv[0], env)
    with contextlib.ExitStack() as stack, _starting:
        if _ended.is_set():
            raise KeyboardInterrupt
        started, environment = [program, *argv[1:]], dict(env)
        files: tuple[int, ...] = ()
        if ends_with_us and sys.platform == "linux":
            file = stack.enter_context(_in_memory(environment))
            asks = [sys.executable, "-I", "-S", "-c", _ENDS_WITH, str(os.getpid()), str(file), program]
            started, environment, files = [*asks, *started], {}, (file,)
        process = subprocess.Popen(
            started,
            env=environment,
            pass_fds=files,
            cwd=cwd,
            stdin=subprocess.DEVNULL if output else None,
            stdout=output,
            stderr=output,
            encoding="utf-8",
            errors=errors,
        )
        _running.add(process)
    with process:
        try:
            yield process
        except BaseException:
            _end(process)
            raise
        finally:
            _running.discard(process)


@contextlib.contextmanager
def _in_memory(environment: Mapping[str, str]) -> Iterator[int]:
    """An open file with an environment as Linux has it: `NAME=VALUE`, each with a NUL behind it."""
    file = os.memfd_create("environment")
    try:
        with open(file, "wb", closefd=False) as written:
            written.writelines(os.fsencode(f"{name}={value}\0") for name, value in environment.items())
        os.lseek(file, 0, os.SEEK_SET)
        yield file
    finally:
        os.close(file)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def failed(completed: Completed) -> ProgramFailed:
    """The error for a program that ended badly: its last lines, not all of them."""
    tail = "\n".join((completed.stderr or completed.stdout).strip().splitlines()[-8:])
    return ProgramFailed(
        f"`{' '.join(completed.command)}` ended with exit code {completed.returncode}", excerpt=tail or None
    )


def _resolve(program: str, env: Mapping[str, str]) -> str:
    found = shutil.which(program, path=env.get("PATH"))
    if found is None:
        message = f"the program `{program}` is not installed"
        raise ProgramMissing(message, hint=f"install `{Path(program).name}` and run the command again")
    return found
