"""Which sources a build needs, where the store has what was made of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wasmwright.farm.run import evaluate
from wasmwright.progress import short_name

if TYPE_CHECKING:
    from wasmwright.checkout import Checkout
    from wasmwright.farm.preview import Planner
    from wasmwright.packagebuild import Wish
    from wasmwright.sources.wanted import Wanted


def needed(wanted: Wanted, wish: Wish, *, checkout: Checkout, nix: Planner) -> Wanted:
    """Those of the sources that Nix would take now for what is wished. Raises what evaluation raises."""
    found = evaluate(wish, checkout=checkout, nix=nix)
    if found.error is not None:
        raise found.error
    planned = {short_name(path) for path in nix.planned(found.wanted(wish.names))}
    names = planned & wanted.sources.keys()
    shell = wanted.busybox if wanted.busybox is not None and wanted.busybox.name in planned else None
    if shell is not None:
        names.add(shell.source)
    sources = {name: source for name, source in wanted.sources.items() if name in names}
    return replace(wanted, sources=sources, busybox=shell)
