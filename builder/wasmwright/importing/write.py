"""Imported recipes, put where recipes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import files
from wasmwright.importing.errors import RecipeInTheWay
from wasmwright.names import first_few, quoted
from wasmwright.recipe.parse import RECIPE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.importing.compose import ImportedRecipe

_NAMED = 10


def write_recipes(imported: Sequence[ImportedRecipe], folder: Path, *, force: bool) -> list[Path]:
    """Write FOLDER/NAME/recipe.toml for each that became a recipe; the files that were written.

    Raises RecipeInTheWay, and then nothing is written, where one is there already, unless `force`.
    """
    wanted = [(folder / one.name / RECIPE, one.text) for one in imported if one.name and one.text is not None]
    there = [] if force else [path.parent.name for path, _ in wanted if path.exists() or path.is_symlink()]
    if there:
        names = first_few([quoted(name) for name in there], _NAMED)
        message = f"{folder} has a recipe already of {names}; nothing is written"
        raise RecipeInTheWay(message, hint="give --force to replace recipes, or another folder with --out")
    for path, text in wanted:
        files.write_text(path, text)
    return [path for path, _ in wanted]
