"""What the programs that run inside derivations have in common: errors in one line, an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError, told
from wasmwright.plaintext import visible

if TYPE_CHECKING:
    from collections.abc import Callable


def reported(program: Callable[[], int]) -> int:
    """Run `program` and return its exit code; an error becomes text on standard error and its own exit code."""
    try:
        return program()
    except WasmwrightError as error:
        sys.stderr.write(f"wasmwright: {visible(told(error))}")
        return error.exit_code
