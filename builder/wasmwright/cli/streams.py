"""Standard input, output and error as they may be found: closed, on a full disk, or with a reader that has gone."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from _typeshed import ReadableBuffer

_HANDLER = "wasmwright-escaped"
_SIZE = re.compile(r"[1-9][0-9]{0,3}")


def open_streams() -> None:
    """Have all three streams open.

    The next file to be opened would get the number of a closed one, and what is told. Text that is none, such as names
    of files in another encoding, goes out as it came in.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is given, which is this one.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # noqa: FBT003 - as os has it
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as we live
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    codecs.register_error(_HANDLER, _escaped)
    if sys.stdout is sys.__stdout__ and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _named(sys.stdout)
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors=_HANDLER)


def forget_odd_sizes(environ: MutableMapping[str, str]) -> None:
    """Drop sizes of a terminal that are none: Rich fails for some, and makes lines as long as they say."""
    for name in ("COLUMNS", "LINES"):
        if not _SIZE.fullmatch(environ.get(name, "")):
            environ.pop(name, None)


def write_held() -> None:
    """Write what is still held for standard output. Raises OSError where that cannot be written."""
    sys.stdout.flush()


def give_up_on_lost() -> None:
    """Whatever Python still holds for streams that cannot be written must not fail again at its exit."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(ValueError):  # it is closed
            try:
                stream.flush()
            except OSError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Output(io.FileIO):
    """What cannot be written to it is told with its name, as that of other files is."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            error.filename = "standard output"
            raise


def _named(stream: TextIO) -> TextIO:
    stream.flush()
    buffer = io.BufferedWriter(_Output(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(buffer, encoding=stream.encoding, errors=_HANDLER, line_buffering=stream.isatty())


def _escaped(error: UnicodeError) -> tuple[str | bytes, int]:
    """Bytes that were no text as they were, characters that the encoding lacks by their numbers."""
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.backslashreplace_errors(error)
