"""The graph of what needs what: order, closure, cycles. Pure; nodes are names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.errors import DependencyCycle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Edges = Mapping[str, Iterable[str]]


def topological_order(edges: Edges) -> list[str]:
    """Every node after all that it needs; among equals by name. `edges` maps a node to what it needs.

    What is needed but is no key of `edges` counts as a node that needs nothing. Raises DependencyCycle.
    """
    cycle = find_cycle(edges)
    if cycle is not None:
        message = f"packages need each other: {chain(cycle)}"
        raise DependencyCycle(message)
    order: dict[str, None] = {}
    stack = [(node, False) for node in sorted(edges, reverse=True)]
    while stack:
        node, is_expanded = stack.pop()
        if node in order:
            continue
        if is_expanded:
            order[node] = None
        else:
            stack.append((node, True))
            stack.extend((need, False) for need in sorted(edges.get(node, ()), reverse=True))
    return list(order)


def closure(edges: Edges, roots: Iterable[str]) -> set[str]:
    """The roots and all that they need, directly or not. Cycles do no harm."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(edges.get(node, ()))
    return found


def dependents(edges: Edges, names: Iterable[str]) -> set[str]:
    """The named nodes and all that need them, directly or not."""
    reverse: dict[str, list[str]] = {}
    for node, needs in edges.items():
        for need in needs:
            reverse.setdefault(need, []).append(node)
    return closure(reverse, names)


def find_cycle(edges: Edges) -> list[str] | None:
    """A cycle as a list that begins and ends with the same node, its smallest; None when there is none."""
    done: set[str] = set()
    for start in sorted(edges):
        cycle = _cycle_from(start, edges, done)
        if cycle is not None:
            return _turned(cycle)
    return None


def chain(names: Iterable[str]) -> str:
    """A path through the graph as people read it."""
    return " -> ".join(f"`{name}`" for name in names)


def _cycle_from(start: str, edges: Edges, done: set[str]) -> list[str] | None:
    """A depth-first walk without recursion; `done` gains every node that lies on no cycle."""
    path: list[str] = []
    stack = [(start, False)]
    while stack:
        node, is_left = stack.pop()
        if is_left:
            path.pop()
            done.add(node)
        elif node in path:
            return [*path[path.index(node) :], node]
        elif node not in done:
            path.append(node)
            stack.append((node, True))
            stack.extend((need, False) for need in sorted(edges.get(node, ()), reverse=True))
    return None


def _turned(cycle: list[str]) -> list[str]:
    ring = cycle[:-1]
    first = ring.index(min(ring))
    turned = ring[first:] + ring[:first]
    return [*turned, turned[0]]
