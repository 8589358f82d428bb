"""Globs over member names: `*` and `?` within a folder, `**` over any number of folders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WILD = {"*": "[^/]*", "?": "[^/]"}


def matcher(globs: Sequence[str]) -> Callable[[str], bool]:
    """Whether a name matches one of `globs` as a whole."""
    patterns = [re.compile(_pattern(glob)) for glob in globs]
    return lambda name: any(pattern.fullmatch(name) for pattern in patterns)


def _pattern(glob: str) -> str:
    *folders, last = glob.split("/")
    leading = ["(?:[^/]+/)*" if part == "**" else f"{_segment(part)}/" for part in folders]
    return "".join(leading) + (".+" if last == "**" else _segment(last))


def _segment(part: str) -> str:
    return "".join(_WILD.get(character) or re.escape(character) for character in part)
