"""What both programs have in common: options, what they say, errors and signals as exit codes."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from wasmwright.failure import WasmwrightError, told
from wasmwright.plaintext import visible
from wasmwright.wheeltools.errors import NoWorkSpace

if TYPE_CHECKING:
    from collections.abc import Callable


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class _Terminated(BaseException):
    """SIGTERM has come."""


def say(text: str) -> None:
    """Tell of progress: standard output is for the result."""
    sys.stderr.write(f"{visible(text)}\n")
    sys.stderr.flush()


def program(main: Callable[[], int]) -> int:
    """Run a program; what goes wrong becomes text on standard error, and an exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return main()
    except WasmwrightError as error:
        return _told(error)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        if error.errno in _FULL:
            message = f"{where}no space is left"
            return _told(NoWorkSpace(message, hint="make room, or name another folder in TMPDIR"))
        return _told(WasmwrightError(f"{where}{error.strerror or error}"))
    except (KeyboardInterrupt, _Terminated) as end:
        number = signal.SIGINT if isinstance(end, KeyboardInterrupt) else signal.SIGTERM
        sys.stderr.write("interrupted\n")
        _end_others(number)
        return 128 + number


def parser(name: str, description: str, epilog: str) -> argparse.ArgumentParser:
    """A parser of a program's command line; `epilog` has its examples, as they stand."""
    return argparse.ArgumentParser(
        prog=name,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_sources(options: argparse.ArgumentParser) -> None:
    """The options that say where requirements come from."""
    options.add_argument(
        "--wheels",
        type=folder_of_wheels,
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of wheels to take requirements from, before those inside; may be given several times",
    )
    options.add_argument("--offline", action="store_true", help="ask no index for what is not inside")


def absolute(text: str) -> Path:
    """A path, seen from where the program was started."""
    return Path(text).absolute()


def folder_of_wheels(text: str) -> Path:
    """A folder that is there."""
    path = Path(text).absolute()
    if not path.is_dir():
        message = f"{text} is no folder"
        raise argparse.ArgumentTypeError(message)
    return path


def assignment(text: str) -> tuple[str, str]:
    """`NAME=VALUE`."""
    name, mark, value = text.partition("=")
    if not mark or not name:
        message = f"{text!r} is not of the form NAME=VALUE"
        raise argparse.ArgumentTypeError(message)
    return name, value


def _terminate(*_: object) -> NoReturn:
    raise _Terminated


def _told(error: WasmwrightError) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"error: {visible(told(error))}")
    return error.exit_code


def _end_others(number: int) -> None:
    """End what was started, compilers that run beside each other too, where the program has its own process group."""
    if os.getpgrp() == os.getpid():
        signal.signal(number, signal.SIG_IGN)
        os.killpg(0, number)
