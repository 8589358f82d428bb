"""What recipes may name that is no recipe: the tools and profiles of a checkout."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Known:
    """The tools that a recipe may ask for, and the profiles that it may be limited to."""

    tools: tuple[str, ...]
    profiles: tuple[str, ...]
