"""Wheels for tests, right or wrong in one way."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLATFORM = "pyemscripten_2026_5_wasm32"


def wheel_files(
    files: Mapping[str, bytes], *, name: str = "demo", tag: str, metadata: bytes | None = None
) -> dict[str, bytes]:
    """`files` and the metadata that belongs to them, with a right RECORD."""
    info = f"{name}-1.0.dist-info"
    tags = "".join(f"Tag: {tag.rsplit('-', 1)[0]}-{platform}\n" for platform in tag.rsplit("-", 1)[1].split("."))
    members = {
        **files,
        f"{info}/METADATA": metadata
        or f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nLicense: MIT\n\nText.\n".encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n{tags}".encode(),
    }
    lines = [f"{path},{_digest(data)},{len(data)}\n" for path, data in members.items()]
    return {**members, f"{info}/RECORD": "".join([*lines, f"{info}/RECORD,,\n"]).encode()}


def write_wheel(  # noqa: PLR0913 - options
    folder: Path,
    files: Mapping[str, bytes],
    *,
    name: str = "demo",
    tag: str = f"cp315-cp315-{PLATFORM}",
    metadata: bytes | None = None,
    changed: Mapping[str, bytes | None] | None = None,
) -> Path:
    """Write a wheel; `changed` replaces members behind RECORD's back, None takes one out."""
    members: dict[str, bytes | None] = {**wheel_files(files, name=name, tag=tag, metadata=metadata), **(changed or {})}
    path = folder / f"{name}-1.0-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in members.items():
            if data is not None:
                archive.writestr(member, data)
    return path


def _digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
