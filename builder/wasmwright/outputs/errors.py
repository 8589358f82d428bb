"""Failures of making outputs."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class InvalidEnvironment(WasmwrightError):
    """Wheels that do not make an environment: one needs what is not there, or is not what was locked."""

    exit_code = 80


class UnknownOrigin(WasmwrightError):
    """Something went into an output of which nothing tells what it is."""

    exit_code = 89


class CondaPackageFailed(WasmwrightError):
    """A wheel of which no conda package can be made."""

    exit_code = 88
