"""What Emscripten says of itself: where its parts are, and the flags that it would give clang."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.spawn import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Emscripten:
    """An Emscripten: the folder of its programs, its own scripts, LLVM's programs."""

    bin: Path
    root: str
    llvm: str

    def clang_flags(self, tool: str, flags: Sequence[str]) -> str:
        """What `tool` (`emcc` or `em++`) called with `flags` tells clang, as words for a shell."""
        return run([self.bin / tool, *flags, "--cflags"], env=os.environ, cwd=self.bin).stdout.strip()


def read_emscripten(folder: Path) -> Emscripten:
    """Read the configuration in the derivation's output `folder`."""
    config = configured((folder / "etc/emscripten.py").read_text(encoding="utf-8"))
    return Emscripten(bin=folder / "bin", root=config["EMSCRIPTEN_ROOT"], llvm=config["LLVM_ROOT"])


def configured(text: str) -> Mapping[str, str]:
    """The settings of Emscripten's configuration, which is Python."""
    config: dict[str, object] = {}
    exec(text, config)  # noqa: S102 - the toolchain's own file
    return {name: value for name, value in config.items() if isinstance(value, str)}
