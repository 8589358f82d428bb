"""Failures of carrying images."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class DestinationUnreachable(WasmwrightError):
    """Nobody answers where an image is to go: a registry, a Docker daemon."""

    exit_code = 91


class DestinationRefused(WasmwrightError):
    """A registry or daemon answers, and does not take the image."""

    exit_code = 92


class ImageNotCopied(WasmwrightError):
    """An image could not be copied, for another reason."""

    exit_code = 93
