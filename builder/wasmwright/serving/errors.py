"""What keeps a folder from being served."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class PortInUse(WasmwrightError):
    """The port to serve a folder on belongs to another program."""

    exit_code = 120


class CannotListen(WasmwrightError):
    """The address or port to serve a folder on cannot be had on this machine, or not by this user."""

    exit_code = 121


class NotServable(WasmwrightError):
    """What is to be served is no folder, or none that this user can read."""

    exit_code = 122
