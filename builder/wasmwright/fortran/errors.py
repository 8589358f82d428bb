"""What can go wrong with a Fortran source, as `wasm-flang` tells it."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class FortranFailed(WasmwrightError):
    """flang or clang refused a source; they have said why."""

    exit_code = 64


class Unsupported(WasmwrightError):
    """A construct or an option that has no meaning on wasm32, or that no right code is known for."""

    exit_code = 65


class FortranSetup(WasmwrightError):
    """The compiler does not find its parts."""

    exit_code = 66
