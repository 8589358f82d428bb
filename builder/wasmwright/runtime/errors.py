"""Failures of tests in the runtime."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class RuntimeCrashed(WasmwrightError):
    """The WebAssembly runtime died."""

    exit_code = 50


class TestsFailed(WasmwrightError):
    """Tests failed, or a listed known failure passed."""

    exit_code = 51


class InvalidKnownFailures(WasmwrightError):
    """A mistake in a list of known failures."""

    exit_code = 54
