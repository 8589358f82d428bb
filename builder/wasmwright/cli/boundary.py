"""Where exceptions become text and an exit code. Nothing else prints `error:` or `hint:`."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from wasmwright import paths, process
from wasmwright.cli import streams
from wasmwright.cli.output import say
from wasmwright.errors import AccessDenied, DiskFull, InternalError
from wasmwright.failure import WasmwrightError
from wasmwright.plaintext import plain, shortened

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

INTERRUPTED = 130
BROKEN_PIPE = 141
# Of a line of a log: some hold a whole file.
_SHOWN_CHARACTERS = 500
_SIGNALLED = 128
_ENDING = (signal.SIGTERM, signal.SIGHUP)
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


class Signalled(KeyboardInterrupt):
    """A signal such as SIGTERM, from `kill`, a CI service or a terminal that closes.

    It is like Ctrl-C, which alone reaches the programs below by itself.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = _SIGNALLED + number


def heed_signals() -> None:
    """Have signals end what was started, and then this process in order. What is ignored (`nohup`) stays so."""

    def handle(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        process.start_no_more()
        process.end_all()
        raise Signalled(number)

    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        # As builder/__main__.py left it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handle)


def guarded(action: Callable[[], int], *, debug: bool) -> int:
    """Run `action` and return its exit code, or that of the error which it raised and which is now printed."""
    try:
        code = action()
        streams.write_held()
    except click.ClickException as error:
        with contextlib.suppress(BrokenPipeError):
            _show_usage(error)
        code = error.exit_code
    except KeyboardInterrupt as interruption:
        with contextlib.suppress(BrokenPipeError):
            say("interrupted; run the same command again to go on", err=True)
        code = interruption_code(interruption)
    except BrokenPipeError:
        code = BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - this is the last door
        known = as_known(error)
        with contextlib.suppress(OSError):
            if debug:
                say(traceback.format_exc().rstrip("\n"), err=True)
            show(known)
        code = known.exit_code
    return code


def interruption_code(interruption: BaseException) -> int:
    """The exit code after an interruption."""
    return interruption.exit_code if isinstance(interruption, Signalled) else INTERRUPTED


def leave(code: int) -> NoReturn:
    """End the process at once: after an interruption Python would wait for threads, which wait for the network."""
    streams.give_up_on_lost()
    if code > _SIGNALLED:
        # Ctrl-C reached them by itself, but not what a thread started since.
        process.see_off()
        os._exit(code)
    raise SystemExit(code)


def as_known(error: Exception) -> WasmwrightError:
    """The error that the user sees for any exception."""
    if isinstance(error, WasmwrightError):
        return error
    if isinstance(error, OSError) and (known := _known_of_the_system(error)) is not None:
        return known
    where = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" ({frame.filename}:{frame.lineno})" for frame in where)
    return InternalError(
        f"a fault of wasmwright: {type(error).__name__}: {error}{place}",
        hint="run it again as `./wasmwright --debug ...` and report what it prints",
    )


def _known_of_the_system(error: OSError) -> WasmwrightError | None:
    if error.errno in _FULL:
        where = f" for {error.filename}" if error.filename else ""
        hint = f"free some space{_elsewhere(error)}, and run the same command again"
        return DiskFull(f"no space left{where}", hint=hint)
    if error.filename is None:
        return None
    message = f"{error.strerror}: {error.filename}"
    if error.errno in _DENIED:
        return AccessDenied(message, hint=f"let this user read and write there{_elsewhere(error)}")
    return WasmwrightError(message)


def _elsewhere(error: OSError) -> str:
    return paths.elsewhere(Path(error.filename)) if isinstance(error.filename, str) else ""


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
