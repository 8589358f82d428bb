"""Failures of unpacking and building."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class PatchRefused(WasmwrightError):
    """A patch does not apply to the source."""

    exit_code = 27


class BackendFailed(WasmwrightError):
    """The project's build back end ended with an error; its own messages stand above."""

    exit_code = 62


class StepFailed(WasmwrightError):
    """A step of the library's build ended with an error; its own messages stand above."""

    exit_code = 63
