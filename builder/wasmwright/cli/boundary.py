"""Where exceptions become text and an exit code. Nothing else prints `error:` or `hint:`."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, NoReturn

import click

from wasmwright import process
from wasmwright.cli.output import say
from wasmwright.errors import DiskFull, InternalError
from wasmwright.failure import WasmwrightError
from wasmwright.plaintext import plain, shortened

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

INTERRUPTED = 130
TERMINATED = 143
BROKEN_PIPE = 141
# Of a line of a log: some hold a whole file.
_SHOWN_CHARACTERS = 500
_FULL = {errno.ENOSPC, errno.EDQUOT}


class Terminated(KeyboardInterrupt):
    """SIGTERM, as from `kill` or a CI service: like Ctrl-C, which alone reaches the programs below by itself."""


def heed_termination() -> None:
    """Have SIGTERM end what was started, and then this process in order."""

    def handle(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        process.end_all()
        raise Terminated

    signal.signal(signal.SIGTERM, handle)


def guarded(action: Callable[[], int], *, debug: bool) -> int:
    """Run `action` and return its exit code, or that of the error which it raised and which is now printed."""
    try:
        return action()
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return error.exit_code
    except click.ClickException as error:
        _show_usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as interruption:
        say("interrupted; run the same command again to go on", err=True)
        return interruption_code(interruption)
    except BrokenPipeError:
        # The reader has gone; whatever Python still holds for it must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - this is the last door
        if debug:
            traceback.print_exc()
        known = as_known(error)
        show(known)
        return known.exit_code


def interruption_code(interruption: BaseException) -> int:
    """The exit code after an interruption; click hides it behind an Abort."""
    is_termination = isinstance(interruption, Terminated) or isinstance(interruption.__cause__, Terminated)
    return TERMINATED if is_termination else INTERRUPTED


def leave(code: int) -> NoReturn:
    """End the process. After an interruption at once: Python would wait for threads, which wait for the network."""
    if code in {INTERRUPTED, TERMINATED}:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def as_known(error: Exception) -> WasmwrightError:
    """The error that the user sees for any exception."""
    if isinstance(error, WasmwrightError):
        return error
    if isinstance(error, OSError) and error.errno in _FULL:
        place = f" for {error.filename}" if error.filename else ""
        return DiskFull(f"no space left{place}", hint="free some space and run the same command again")
    if isinstance(error, OSError) and error.filename is not None:
        return WasmwrightError(f"{error.strerror}: {error.filename}")
    where = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" ({frame.filename}:{frame.lineno})" for frame in where)
    return InternalError(
        f"a fault of wasmwright: {type(error).__name__}: {error}{place}",
        hint="run it again as `./wasmwright --debug ...` and report what it prints",
    )


def show(error: WasmwrightError) -> None:
    """Print an error, what matters of its log, where the log is, and what to do next."""
    say(error, label="error:", color="red", err=True)
    for line in plain(error.excerpt).split("\n") if error.excerpt else ():
        say(f"  | {shortened(line, _SHOWN_CHARACTERS)}", err=True)
    if error.log is not None:
        say(error.log, label="log:", color="cyan", err=True)
    if error.hint:
        say(error.hint, label="hint:", color="green", err=True)


def _show_usage(error: click.ClickException) -> None:
    say(error.format_message(), label="error:", color="red", err=True)
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        say(f"`./{context.command_path} --help` lists what it takes", label="hint:", color="green", err=True)
