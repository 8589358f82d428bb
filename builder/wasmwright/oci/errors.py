"""Failures of making images."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class InvalidImage(WasmwrightError):
    """What cannot be an image: a store path without a layer, two files of one name, a program without its licence."""

    exit_code = 90
