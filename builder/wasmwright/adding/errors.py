"""Failures of adding projects as packages."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class NotAdded(WasmwrightError):
    """A project of the index cannot become a package, for the reason that is told. Nothing is written."""

    exit_code = 57


class UnknownProject(WasmwrightError):
    """The package index has no project of that name, or not the version that is asked for."""

    exit_code = 58


class Unconfirmed(WasmwrightError):
    """Nobody said yes to what else would be added."""

    exit_code = 59
