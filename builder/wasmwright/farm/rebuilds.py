"""What a change of a package would rebuild, by the graph of its derivations, and how long that took before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.farm.estimate import TIMES, estimate, read_times
from wasmwright.farm.outcome import Owners, PackageParts
from wasmwright.farm.preview import Planner, Preview, Step
from wasmwright.farm.run import evaluate
from wasmwright.graph import dependents, topological_order
from wasmwright.progress import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.checkout import Checkout
    from wasmwright.packagebuild import Wish


def rebuilds(
    wish: Wish, changed: Iterable[str], *, checkout: Checkout, nix: Planner, sources: Iterable[str]
) -> Preview:
    """What of `wish` is made anew when all that builds the packages `changed` is.

    `sources` are the names of files that builds want of the store: they stay. Raises the error of a package that cannot
    be evaluated.
    """
    found = evaluate(wish, checkout=checkout, nix=nix)
    if found.error is not None:
        raise found.error
    parts = {name: one for name, one in found.parts.items() if isinstance(one, PackageParts)}
    graph = nix.needs([derivation.drv_path for derivation in found.wanted(wish.names)])
    owners = Owners.of(parts, graph, toolchain=found.tools)
    files, names, times = {*sources}, {*changed}, read_times(checkout.state / TIMES)
    own = [path for path in graph if short_name(path) not in files and owners.owner(path) in names]
    by_owner: dict[str | None, list[str]] = {}
    for path in sorted(dependents(graph, own), key=short_name):
        by_owner.setdefault(owners.owner(path), []).append(path)
    steps = [
        Step(
            name=name,
            wanted=name in names,
            needs=wish.needs.get(name, ()),
            derivations=tuple(map(short_name, by_owner.get(name, []))),
            estimate=estimate(by_owner.get(name, []), times),
        )
        for name in topological_order({name: wish.needs.get(name, ()) for name in parts})
        if name in by_owner
    ]
    shared = by_owner.get(None, [])
    return Preview(
        steps=tuple(steps),
        shared=tuple(map(short_name, shared)),
        shared_estimate=estimate(shared, times),
        sources=(),
    )
