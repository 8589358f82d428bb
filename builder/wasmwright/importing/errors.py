"""Failures of importing recipes."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class NotImported(WasmwrightError):
    """No recipe came of a foreign one, or of some of a folder of them."""

    exit_code = 85


class RecipeInTheWay(WasmwrightError):
    """A recipe of that name is there already."""

    exit_code = 86
