"""What packages there are, and in which profiles. Pure: recipes say it, and nothing is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.recipe.offer import why_not

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.recipe.model import WrittenRecipe

PREBUILT = "prebuilt"
"""The kind of a wheel that was finished before it came here."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """A package in a line. `reasons` says for each profile why it is not built there, or None."""

    name: str
    version: str
    kind: str
    sets: tuple[str, ...]
    license: str | None
    summary: str | None
    reasons: Mapping[str, str | None]

    @property
    def is_offered(self) -> bool:
        """Whether any of the profiles has it."""
        return None in self.reasons.values()

    def to_json(self) -> dict[str, object]:
        """The package as `--json` prints it."""
        return {
            "name": self.name,
            "version": self.version,
            "kind": self.kind,
            "sets": list(self.sets),
            "license": self.license,
            "summary": self.summary,
            "profiles": {
                profile: {"offered": reason is None, "reason": reason} for profile, reason in self.reasons.items()
            },
        }


def overview(recipe: WrittenRecipe, profiles: Sequence[str]) -> Overview:
    """A recipe, as these profiles see it."""
    return Overview(
        name=recipe.name,
        version=recipe.version,
        kind=kind(recipe),
        sets=recipe.sets,
        license=recipe.license,
        summary=recipe.summary,
        reasons={profile: why_not(recipe, profile) for profile in profiles},
    )


def kind(recipe: WrittenRecipe) -> str:
    """What a recipe makes: a wheel, a library, or a wheel of what was finished before."""
    return PREBUILT if recipe.is_prebuilt else str(recipe.build.type)
