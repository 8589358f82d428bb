"""Compilations that need nothing of emcc: it would start Python a second time only to call clang with fixed flags."""

from __future__ import annotations

from wasmwright.wrapper.arguments import COMPILED, split, understand

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Sequence

_EMCC_ONLY = ("--use-port", "--js", "--tracing", "--cache", "--clear", "--em-config", "-fsanitize", "-flto", "-target")


def clang_arguments(argv: Sequence[str], abi: Sequence[str], emcc: Sequence[str]) -> list[str] | None:
    """The arguments for clang, or None where emcc has to look at them.

    `argv` is what emcc would get; the settings among `abi` (`-sNAME=VALUE`) are already part of the flags that
    `emcc --cflags` gave for them, and the flags `emcc` are not for clang.
    """
    words = split(argv)
    command = understand(words)
    if command.mode != "compile" or not all(name.endswith(COMPILED) for name in command.inputs):
        return None
    kept = [word for word in words if not (word.setting and word.text in abi) and word.text not in emcc]
    if any(word.setting or word.text.startswith(_EMCC_ONLY) for word in kept):
        return None
    return [argument for word in kept for argument in word.arguments()]
