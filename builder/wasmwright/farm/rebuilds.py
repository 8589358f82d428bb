"""What a change of a package would rebuild, by the graph of its derivations, and how long that took before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wasmwright.farm.estimate import TIMES, read_times
from wasmwright.farm.outcome import Owners
from wasmwright.farm.preview import Planner, Preview, by_package
from wasmwright.farm.run import evaluate
from wasmwright.graph import dependents
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
    graph = nix.needs([derivation.drv_path for derivation in found.wanted(wish.names)])
    owners = Owners.of(found.parts, graph, toolchain=found.tools)
    files, names = {*sources}, {*changed}
    own = [path for path in graph if short_name(path) not in files and owners.owner(path) in names]
    anew = sorted(dependents(graph, own), key=short_name)
    shown = by_package(anew, owners, wish=wish, parts=found.parts, times=read_times(checkout.state / TIMES))
    steps = tuple(replace(step, wanted=step.name in names) for step in shown.steps if step.derivations)
    return replace(shown, steps=steps)
