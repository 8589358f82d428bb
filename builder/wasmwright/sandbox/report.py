"""How a build inside the sandbox speaks: phases that Nix's log knows, errors in one line."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def phase(name: str) -> Iterator[None]:
    """A named phase: Nix shows it as the derivation's current one."""
    log_file = os.environ.get("NIX_LOG_FD")
    if log_file:
        message = json.dumps({"action": "setPhase", "phase": name})
        os.write(int(log_file), f"@nix {message}\n".encode())
    print(f"phase: {name}", flush=True)  # noqa: T201 - the build log is this program's output
    yield


def reported(main: Callable[[], None]) -> Callable[[], int]:
    """A main function whose errors become text and an exit code."""

    @wraps(main)
    def wrapper() -> int:
        try:
            main()
        except WasmwrightError as error:
            sys.stdout.flush()
            sys.stderr.write(f"wasmwright: {told(error)}")
            return error.exit_code
        return 0

    return wrapper
