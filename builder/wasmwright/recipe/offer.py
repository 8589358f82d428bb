"""Which recipes are built: not the disabled ones, and in a profile not those that leave it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.errors import PackageNotOffered
from wasmwright.recipe.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wasmwright.recipe.model import WrittenRecipe


def offered(recipes: Mapping[str, WrittenRecipe], profile: str | None = None) -> dict[str, WrittenRecipe]:
    """What "all" means, in a profile or, without one, in any."""
    return {name: recipe for name, recipe in recipes.items() if why_not(recipe, profile) is None}


def check_offered(recipes: Iterable[WrittenRecipe], profile: str | None = None, *, others: str = "") -> None:
    """Raise PackageNotOffered with all of the recipes that are not built, and the reasons that they give.

    `others` says how to get the rest of them; without it they have to be named alone.
    """
    recipes = tuple(recipes)
    refused = not_offered(recipes, profile)
    if not refused:
        return
    first = next(iter(refused.values()))
    if len(recipes) == 1:
        raise first
    lines = [str(error) for error in refused.values()]
    message = lines[0] if len(lines) == 1 else "\n  ".join([f"{len(lines)} packages are not built:", *lines])
    rest = "leave them out" if len(lines) > 1 else f"leave {next(iter(refused))} out"
    hint = f"{others or rest}; {first.hint}" if len(refused) < len(recipes) else first.hint
    raise PackageNotOffered(message, hint=hint)


def not_offered(recipes: Iterable[WrittenRecipe], profile: str | None = None) -> dict[str, PackageNotOffered]:
    """Those that are not built, each with the error that says so, and what to do."""
    found = {}
    for recipe in recipes:
        reason = why_not(recipe, profile)
        if reason is not None:
            key = "disabled" if recipe.disabled is not None else "profiles"
            hint = f"the reason stands in {shown(recipe.path)}: take `{key}` out when it is gone"
            if recipe.disabled is None and recipe.profiles:
                hint = f"`--profile {recipe.profiles[0]}` has it; {hint}"
            found[recipe.name] = PackageNotOffered(reason, hint=hint)
    return found


def why_not(recipe: WrittenRecipe, profile: str | None = None) -> str | None:
    """Why the recipe is not built, or None where it is."""
    if recipe.disabled is not None:
        return f"{recipe.name} is disabled: {recipe.disabled}"
    if profile is None or recipe.profiles is None or profile in recipe.profiles:
        return None
    return f"{recipe.name} is not for profile {profile}: {recipe.profiles_reason}"
