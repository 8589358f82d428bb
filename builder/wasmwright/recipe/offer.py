"""Which recipes are built: not the disabled ones, and in a profile not those that leave it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.errors import PackageNotOffered
from wasmwright.recipe.problems import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.recipe.model import WrittenRecipe


def offered(recipes: Mapping[str, WrittenRecipe], profile: str | None = None) -> dict[str, WrittenRecipe]:
    """What "all" means, in a profile or, without one, in any."""
    return {name: recipe for name, recipe in recipes.items() if why_not(recipe, profile) is None}


def check_offered(recipe: WrittenRecipe, profile: str | None = None) -> None:
    """Raise PackageNotOffered where the recipe is not built, with the reason that it gives."""
    reason = why_not(recipe, profile)
    if reason is None:
        return
    key = "disabled" if recipe.disabled is not None else "profiles"
    raise PackageNotOffered(reason, hint=f"the reason stands in {shown(recipe.path)}: take `{key}` out when it is gone")


def why_not(recipe: WrittenRecipe, profile: str | None = None) -> str | None:
    """Why the recipe is not built, or None where it is."""
    if recipe.disabled is not None:
        return f"{recipe.name} is disabled: {recipe.disabled}"
    if profile is None or recipe.profiles is None or profile in recipe.profiles:
        return None
    return f"{recipe.name} is not for profile {profile}: {recipe.profiles_reason}"
