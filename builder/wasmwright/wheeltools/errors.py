"""Failures of build-wheel and test-wheel, besides those of the steps that they share with builds."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class NoProject(WasmwrightError):
    """A folder that is no Python project, or that cannot be read."""

    exit_code = 74


class FolderRefused(WasmwrightError):
    """A folder that the user of the program, or of the container, cannot write."""

    exit_code = 75


class RequirementsMissing(WasmwrightError):
    """What a project needs to be built, or its wheel to be imported, is not inside, nor anywhere that was named."""

    exit_code = 76


class InvalidBuildLock(WasmwrightError):
    """A `pylock.toml` that cannot be understood, or that names a file which is another one."""

    exit_code = 77


class NoWorkSpace(WasmwrightError):
    """The program has no folder for its temporary files, or that is full."""

    exit_code = 78
