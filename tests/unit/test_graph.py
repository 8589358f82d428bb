from __future__ import annotations

import pytest

from wasmwright.errors import DependencyCycle
from wasmwright.graph import closure, dependents, find_cycle, topological_order

DIAMOND = {"app": ["left", "right"], "left": ["base"], "right": ["base"], "base": [], "alone": []}


def test_order_puts_needs_first_and_sorts_the_rest() -> None:
    assert topological_order(DIAMOND) == ["alone", "base", "left", "right", "app"]


def test_order_does_not_depend_on_the_order_of_entries() -> None:
    assert topological_order(dict(reversed(DIAMOND.items()))) == topological_order(DIAMOND)


def test_needed_node_without_entry_is_in_the_order() -> None:
    assert topological_order({"a": ["b"]}) == ["b", "a"]


def test_cycle_is_named_from_its_smallest_node() -> None:
    with pytest.raises(DependencyCycle, match="`b` -> `d` -> `c` -> `b`"):
        topological_order({"a": ["c"], "c": ["b"], "b": ["d"], "d": ["c"]})


def test_no_cycle_in_a_diamond() -> None:
    assert find_cycle(DIAMOND) is None


def test_self_need_is_a_cycle() -> None:
    assert find_cycle({"a": ["a"]}) == ["a", "a"]


def test_closure_has_roots_and_all_they_need() -> None:
    assert closure(DIAMOND, ["left"]) == {"left", "base"}
    assert closure({"a": ["b"], "b": ["a"]}, ["a"]) == {"a", "b"}


def test_dependents_are_all_that_need_a_node() -> None:
    assert dependents(DIAMOND, ["base"]) == {"base", "left", "right", "app"}


def test_deep_chain_needs_no_recursion() -> None:
    deep = {str(number): [str(number + 1)] for number in range(3000)}
    assert len(topological_order(deep)) == 3001
