"""`python -m wasmwright.serving DIR [--host ADDRESS] [--port PORT]`: for images, where the command line is not."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError, told
from wasmwright.plaintext import visible
from wasmwright.serving.run import ServeWish, run
from wasmwright.serving.server import LOOPBACK, PORT

if TYPE_CHECKING:
    from wasmwright.serving.folder import Folder
    from wasmwright.serving.server import Listening


def main(argv: list[str]) -> int:
    """Serve until a signal ends it; the exit code is 0 then, and otherwise that of the error."""
    options = _parser().parse_args(argv)
    try:
        run(ServeWish(folder=options.folder, host=options.host, port=options.port), announce=_announce)
    except WasmwrightError as error:
        sys.stderr.write(f"wasmwright: {visible(told(error))}")
        return error.exit_code
    return 0


def _announce(folder: Folder, listening: Listening) -> None:
    sys.stdout.write(visible(f"serving {folder.root} on {listening.host} port {listening.port}\n"))
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wasmwright.serving", allow_abbrev=False)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--host", default=LOOPBACK, help="the address to listen on; 0.0.0.0 for every one")
    parser.add_argument("--port", type=_port, default=PORT, help="0 for any free one")
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:  # noqa: PLR2004 - the largest that there is
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
