"""What to build, in which order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from wasmwright.errors import UnknownPackage
from wasmwright.graph import closure, dependents, topological_order
from wasmwright.names import find, known_ones, meant, quoted
from wasmwright.recipe.offer import check_offered, not_offered, why_not
from wasmwright.recipe.resolve import edges

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from wasmwright.errors import PackageNotOffered
    from wasmwright.farm.changes import Changes
    from wasmwright.recipe.model import WrittenRecipe

_GLOB = frozenset("*?[")


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which packages were asked for: by name or glob, all, or by set.

    `without` takes the packages of sets out, but for those that are named. `changes` leaves of the rest, or of all
    where nothing else is said, what has changed and what needs that.
    """

    patterns: tuple[str, ...] = ()
    everything: bool = False
    sets: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    changes: Changes | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The packages to build, each after all that it needs.

    `left_out` are those that were meant by a glob, a set or all, and are not built, with the reason; `refused` those
    that were named. `note` says what a reader would otherwise wonder about.
    """

    names: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, PackageNotOffered] = field(default_factory=dict)
    note: str | None = None


def plan(selection: Selection, recipes: Mapping[str, WrittenRecipe], *, profile: str, keep_going: bool = False) -> Plan:
    """Choose and order.

    Raises UnknownPackage or InvalidName for a name, glob or set that is none, and PackageNotOffered for named packages
    that are not built in this profile; with `keep_going` the plan holds that for each.
    """
    named = [recipes[name] for name in sorted(_named(selection, recipes))]
    if not keep_going:
        check_offered(named, profile, others="--keep-going builds the others")
    refused = not_offered(named, profile)
    chosen, note = selected(selection, recipes)
    left = sorted(chosen - {*refused})
    reasons = {name: reason for name in left if (reason := why_not(recipes[name], profile)) is not None}
    graph = edges(recipes)
    order = topological_order({name: graph[name] for name in closure(graph, chosen) & graph.keys()})
    names = tuple(name for name in order if name in chosen - {*reasons, *refused})
    return Plan(names=names, left_out=reasons, refused=refused, note=note)


def selected(selection: Selection, recipes: Mapping[str, WrittenRecipe]) -> tuple[set[str], str | None]:
    """What is asked for, built in any profile or not, and what a reader would otherwise wonder about.

    Raises UnknownPackage or InvalidName.
    """
    chosen = _named(selection, recipes) | _meant(selection, recipes)
    if selection.changes is None:
        return chosen, None
    touched, note = _touched(selection.changes, recipes)
    return chosen & touched, note


def _named(selection: Selection, recipes: Mapping[str, WrittenRecipe]) -> set[str]:
    return {find(name, recipes) for name in selection.patterns if not is_glob(name)}


def _meant(selection: Selection, recipes: Mapping[str, WrittenRecipe]) -> set[str]:
    """What is meant without being named."""
    sets = _sets(recipes)
    found = {name for word in selection.sets for name in sets[_known_set(word, sets)]}
    for glob in filter(is_glob, selection.patterns):
        found |= _matching(glob, recipes)
    changed_only = selection.changes is not None and not selection.patterns and not selection.sets
    if selection.everything or changed_only:
        found = {*recipes}
    return found - {name for word in selection.without for name in sets[_known_set(word, sets)]}


def _touched(changes: Changes, recipes: Mapping[str, WrittenRecipe]) -> tuple[set[str], str | None]:
    if changes.everywhere is not None:
        file, reason = changes.everywhere.file, changes.everywhere.reason
        note = f"{file} has changed since {changes.since} and {reason}: all packages"
        return {*recipes}, note
    touched = dependents(edges(recipes), changes.names & {*recipes})
    return touched, None if touched else f"no package has changed since {changes.since}"


def _sets(recipes: Mapping[str, WrittenRecipe]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, recipe in recipes.items():
        for word in recipe.sets:
            found.setdefault(word, set()).add(name)
    return found


def _known_set(word: str, sets: Mapping[str, Iterable[str]]) -> str:
    if word in sets:
        return word
    message = f"no recipe is in the set {quoted(word)}"
    raise UnknownPackage(message, hint=_meaning(word, sets, what="sets"))


def _matching(glob: str, recipes: Mapping[str, WrittenRecipe]) -> set[str]:
    found = {name for name in recipes if fnmatchcase(name, glob)}
    if found:
        return found
    message = f"no recipe's name matches {quoted(glob)}"
    bare = "".join(character for character in glob if character not in "*?[]")
    raise UnknownPackage(message, hint=_meaning(bare, recipes, what="packages"))


def _meaning(word: str, known: Collection[str], *, what: str) -> str:
    return meant(word, known, otherwise=known_ones(known, what))


def is_glob(pattern: str) -> bool:
    """Whether it is a pattern of names, and no name."""
    return not _GLOB.isdisjoint(pattern)
