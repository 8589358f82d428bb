"""Locks of packages that need no wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.lock.fresh import lock_digest, made_for
from wasmwright.lock.model import Answer, OwnSource, PackageLock
from wasmwright.sources.entry import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.lock.target import Target
    from wasmwright.recipe.model import WrittenRecipe


def empty_lock(recipe: WrittenRecipe, targets: Iterable[Target] = (), source: Source | None = None) -> PackageLock:
    """A fresh lock, in which nothing is required."""
    source = source or Source(
        purl=f"pkg:pypi/{recipe.name}@1.0", file="x.tar.gz", name="x.tar.gz", size=1, sha256="0" * 64
    )
    return PackageLock(
        name=recipe.name,
        package_version=recipe.version,
        recipe_sha256=lock_digest(recipe),
        own=(OwnSource(source=source),),
        profiles={
            target.profile.name: Answer(made_for=made_for(recipe, target, {}), build_requires=(), test_requires=())
            for target in targets
        },
    )
