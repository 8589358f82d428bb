"""The environment markers (PEP 508) of a runtime: what its own Python would say of itself."""

from __future__ import annotations


def cpython_markers(version: str, full: str) -> dict[str, str]:
    """Markers that every CPython has; `version` is major.minor, `full` what the interpreter says."""
    return {
        "python_version": version,
        "python_full_version": full,
        "implementation_version": full,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "os_name": "posix",
    }


def target_markers(version: str, full: str) -> dict[str, str]:
    """The markers of a WebAssembly runtime."""
    platform = {"sys_platform": "emscripten", "platform_system": "Emscripten", "platform_machine": "wasm32"}
    # They are those of the browser's system. A requirement that asks for them is not for us, whatever machine this is.
    unknown = {"platform_release": "", "platform_version": ""}
    return {**cpython_markers(version, full), **platform, **unknown}
