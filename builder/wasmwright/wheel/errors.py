"""Failures of reading and writing wheels."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class InvalidWheel(WasmwrightError):
    """A file that is not a readable wheel."""

    exit_code = 41


class UnsafeWheel(WasmwrightError):
    """A wheel with members that would lie outside its own folder."""

    exit_code = 45


class OtherWheel(WasmwrightError):
    """A build left a wheel of another name or version than its recipe says."""

    exit_code = 49
