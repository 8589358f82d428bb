"""Wheels for an environment, and the lock of one: with a wheel of ours and one of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wheel_writer import PLATFORM, write_wheel

from wasmwright.environment.pylock import EnvironmentLock, LockedWheel
from wasmwright.outputs.documents import WheelOrigin
from wasmwright.outputs.environment import Candidate, TargetRuntime
from wasmwright.sources.entry import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RUNTIME = TargetRuntime(profile="pyemscripten_2026_5", python="3.15", python_full="3.15.0rc1", platform=PLATFORM)
PURE = "py3-none-any"
OURS = LockedWheel(
    name="numpy",
    version="2.5.5",
    file="numpy-2.5.5-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
    size=3,
    sha256="a" * 64,
    depends=("openblas",),
)
FOREIGN = LockedWheel(
    name="rich",
    version="14.0.0",
    file="rich-14.0.0-py3-none-any.whl",
    size=5,
    sha256="b" * 64,
    depends=(),
    extras=("jupyter",),
    source=Source(
        purl="pkg:pypi/rich@14.0.0?file_name=rich-14.0.0-py3-none-any.whl",
        file="rich-14.0.0-py3-none-any.whl",
        name="rich-14.0.0-py3-none-any.whl",
        size=5,
        sha256="b" * 64,
    ),
)
LOCK = EnvironmentLock(
    profile="pyemscripten_2026_0", python="3.14", requirements=("numpy", "rich[jupyter]>=14"), wheels=(OURS, FOREIGN)
)


def candidate(
    folder: Path, name: str, *fields: str, version: str = "1.0", tag: str = PURE, files: Sequence[str] = ()
) -> Candidate:
    """A wheel of the index, in a folder that may be new; `fields` are lines of its METADATA."""
    folder.mkdir(exist_ok=True)
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *fields, "", "Text."]
    members = dict.fromkeys(files or (f"{name}/__init__.py",), b"")
    path = write_wheel(folder, members, name=name, tag=tag, metadata="\n".join(lines).encode())
    return Candidate(path=path, file=None, origin=WheelOrigin.INDEX, purl=f"pkg:pypi/{name}@{version}")
