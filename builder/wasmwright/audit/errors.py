"""Failures of the audit itself."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class AuditFailed(WasmwrightError):
    """A wheel or library breaks the ABI it claims."""

    exit_code = 40


class LibraryMissing(WasmwrightError):
    """A library that a wheel is audited with is not there."""

    exit_code = 46
