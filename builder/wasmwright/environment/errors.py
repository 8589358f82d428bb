"""Failures of environments and of writing outputs where users want them."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class OutputInTheWay(WasmwrightError):
    """Where an output is to be written is something that may not be replaced."""

    exit_code = 81


class InvalidRequirements(WasmwrightError):
    """A mistake in what an environment is asked for: a file of requirements, a project, an option."""

    exit_code = 82


class InvalidEnvironmentLock(WasmwrightError):
    """A pylock.toml that cannot be read, or that wasmwright has not made."""

    exit_code = 83


class OutdatedEnvironment(WasmwrightError):
    """Resolving an environment again gives other wheels than its lock names."""

    exit_code = 84
