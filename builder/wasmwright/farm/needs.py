"""Which packages need which, as a picture's nodes and arrows, and as DOT. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.farm.overview import kind
from wasmwright.graph import closure, dependents
from wasmwright.recipe.resolve import edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wasmwright.recipe.model import WrittenRecipe

_LIBRARY = "library"


@dataclass(frozen=True, kw_only=True)
class Node:
    """A package in the picture. A library has corners, a wheel is round."""

    name: str
    version: str
    kind: str

    @property
    def is_library(self) -> bool:
        """Whether it is drawn with corners."""
        return self.kind == _LIBRARY


@dataclass(frozen=True, kw_only=True, order=True)
class Arrow:
    """`source` needs `target`: to build it, or only to run."""

    source: str
    target: str
    builds: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Packages and what they need among each other, both in the order of their names."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def needs(recipes: Mapping[str, WrittenRecipe], names: Iterable[str], *, reverse: bool = False) -> Picture:
    """These packages and all that they need, or with `reverse` all that needs them."""
    graph = edges(recipes)
    found = (dependents(graph, names) if reverse else closure(graph, names)) & recipes.keys()
    nodes = tuple(Node(name=name, version=recipes[name].version, kind=kind(recipes[name])) for name in sorted(found))
    arrows = {
        Arrow(source=name, target=need, builds=need in recipes[name].host)
        for name in found
        for need in {*graph[name]} & found
    }
    return Picture(nodes=nodes, arrows=tuple(sorted(arrows)))


def dot(found: Picture) -> str:
    """The picture in Graphviz's language. What is needed to run only is a dashed arrow."""
    lines = ["digraph packages {", "  rankdir=TB;", '  node [fontname="sans-serif"];']
    for node in found.nodes:
        shape = "box" if node.is_library else "ellipse"
        lines.append(f'  "{node.name}" [label="{node.name}\\n{node.version}", shape={shape}];')
    for arrow in found.arrows:
        style = "" if arrow.builds else " [style=dashed]"
        lines.append(f'  "{arrow.source}" -> "{arrow.target}"{style};')
    return "\n".join([*lines, "}"])
