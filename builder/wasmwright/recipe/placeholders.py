"""`{host:NAME}` in texts of `[build]`: the folder that the library NAME is in while the package is built.

Nix puts it in (`nix/build/mkWasmDerivation.nix`). All other braces are a text's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.names import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from wasmwright.recipe.model import Build

_PLACEHOLDER = re.compile(r"\{host:([^{}]*)(\}?)")
LISTS = ("flags", "cflags", "cxxflags", "ldflags")
TABLES = ("env", "config-settings")


def faults(text: str, host: Collection[str]) -> Iterator[str]:
    """What is wrong with the placeholders of a text, where `host` are the dependencies that it may name."""
    for found in _PLACEHOLDER.finditer(text):
        if not found[2]:
            yield f"{quoted(text)} has a `{{host:` without its `}}`"
        elif found[1] not in host:
            yield f"{quoted(found[0])} names no dependency of `host`"


def named(build: Build) -> frozenset[str]:
    """The dependencies whose folders a build is told."""
    texts = [*build.flags, *build.cflags, *build.cxxflags, *build.ldflags, *build.env.values()]
    texts += _flat(build.config_settings)
    return frozenset(found[1] for text in texts for found in _PLACEHOLDER.finditer(text))


def _flat(settings: Mapping[str, str | tuple[str, ...]]) -> list[str]:
    lists = [(value,) if isinstance(value, str) else value for value in settings.values()]
    return [text for texts in lists for text in texts]
