"""The lock of an environment, with a wheel of ours and one of the index."""

from __future__ import annotations

from wasmwright.environment.pylock import EnvironmentLock, LockedWheel
from wasmwright.sources.entry import Source

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
