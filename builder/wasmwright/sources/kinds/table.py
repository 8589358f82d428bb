"""All kinds of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.errors import InvalidLock
from wasmwright.sources.kinds.debian import DebianKind
from wasmwright.sources.kinds.folder import FolderKind
from wasmwright.sources.kinds.github import GithubKind
from wasmwright.sources.kinds.npm import NpmKind
from wasmwright.sources.kinds.pypi_sdist import PypiSdistKind
from wasmwright.sources.kinds.pypi_wheel import PypiWheelKind
from wasmwright.sources.kinds.tarball import TarballKind

if TYPE_CHECKING:
    from wasmwright.sources.entry import Source
    from wasmwright.sources.kinds.kind import Kind

KINDS: tuple[Kind, ...] = (
    PypiSdistKind(),
    PypiWheelKind(),
    DebianKind(),
    GithubKind(),
    NpmKind(),
    TarballKind(),
    FolderKind(),
)
NAMED = tuple(kind for kind in KINDS if kind.key)
"""Those that a recipe can name."""


def kind_of(source: Source) -> Kind:
    """The kind of a pinned source. Raises InvalidLock for one that none of them owns."""
    found = next((kind for kind in KINDS if kind.owns(source)), None)
    if found is None:
        message = f"{source.name} comes from `{source.package.type}`, which is no registry that wasmwright knows"
        raise InvalidLock(message, hint="lock it again with this version of wasmwright")
    return found
