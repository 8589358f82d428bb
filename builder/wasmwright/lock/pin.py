"""Files of PyPI as lock entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packageurl import PackageURL

from wasmwright.errors import MirrorUnreachable, PinUnavailable
from wasmwright.sources import pypi
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.entry import Source, make_source

if TYPE_CHECKING:
    from wasmwright.sources.client import Client
    from wasmwright.sources.mirrors import Mirrors


def pin_file(client: Client, project: str, release: pypi.Release) -> Source:
    """The lock entry of a file of PyPI."""
    size, sha256 = pypi.measured(client, release.file)
    package = PackageURL(
        type="pypi", name=project, version=str(release.version), qualifiers={"file_name": release.file.name}
    )
    return make_source(package, file=release.file.name, size=size, sha256=sha256)


def project_files(client: Client, mirrors: Mirrors, project: str) -> tuple[pypi.IndexFile, ...]:
    """What the index offers of a project."""
    try:
        return pypi.list_files(client, mirrors.pypi, project)
    except (NotThere, NoAnswer) as refusal:
        raise unreachable(project, refusal) from None


def unreachable(wanted: str, refusal: NotThere | NoAnswer) -> MirrorUnreachable | PinUnavailable:
    """The error for a registry that does not know `wanted`, or does not answer."""
    if isinstance(refusal, NotThere):
        return PinUnavailable(f"{refusal}: no registry has {wanted}", hint="check the name in the profile or recipe")
    message = f"the registry of {wanted} does not answer: {refusal}"
    return MirrorUnreachable(message, hint="check the network, or set another mirror (WASMWRIGHT_* variables)")
