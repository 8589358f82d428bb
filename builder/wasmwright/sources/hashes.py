"""A sha256 as people and recipes write it: in hex, or as Nix and browsers do (SRI)."""

from __future__ import annotations

import base64
import binascii
import re

from wasmwright.names import quoted

_HEX = re.compile(r"[0-9a-f]{64}")
_SRI = "sha256-"
_SHA256_BYTES = 32


def hash_fault(text: str) -> str | None:
    """Why a text is no sha256."""
    if hash_in_hex(text) is None:
        return f"{quoted(text)} is not a sha256: write 64 hexadecimal digits, or `{_SRI}` and its base64"
    return None


def hash_in_hex(text: str) -> str | None:
    """The digits of a sha256 in either form; None for anything else."""
    if _HEX.fullmatch(text):
        return text
    try:
        digest = base64.b64decode(text.removeprefix(_SRI), validate=True) if text.startswith(_SRI) else b""
    except binascii.Error:
        return None
    return digest.hex() if len(digest) == _SHA256_BYTES else None


def sri(sha256: str) -> str:
    """A sha256 in hex as Nix writes it."""
    return _SRI + base64.b64encode(bytes.fromhex(sha256)).decode()
