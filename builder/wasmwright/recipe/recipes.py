"""The recipes of a checkout. One with mistakes stops what needs it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.recipe.model import WrittenRecipe
from wasmwright.recipe.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, kw_only=True)
class Recipes(Mapping[str, WrittenRecipe]):
    """Recipes by name: those without mistakes.

    To ask for one of the `broken`, also whether it is there, raises InvalidRecipe with its mistakes.
    """

    sound: Mapping[str, WrittenRecipe]
    broken: Mapping[str, Problems] = field(default_factory=dict)

    def __getitem__(self, name: str) -> WrittenRecipe:
        if name in self.broken:
            self.broken[name].raise_if_any()
        return self.sound[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sound)

    def __len__(self) -> int:
        return len(self.sound)

    def check(self, names: Iterable[str] | None = None) -> None:
        """Raise InvalidRecipe with all mistakes of the recipes `names`; without names of all that there are."""
        problems = Problems()
        for name in self.broken if names is None else self.broken.keys() & set(names):
            problems.found.extend(self.broken[name].found)
        problems.raise_if_any()

    def including(self, recipe: WrittenRecipe) -> Recipes:
        """These and one more, such as a user's project."""
        return Recipes(sound={**self.sound, recipe.name: recipe}, broken=self.broken)
