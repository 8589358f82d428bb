"""What sdists and wheels on the Python package index have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packageurl import PackageURL

from wasmwright.sources import pypi
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.registries import Registries, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.sources.client import Client
    from wasmwright.sources.mirrors import Mirrors


def pin_file(client: Client, project: str, release: pypi.Release) -> Source:
    """The lock entry of a file of the index."""
    size, sha256 = pypi.measured(client, release.file)
    package = PackageURL(
        type="pypi", name=project, version=str(release.version), qualifiers={"file_name": release.file.name}
    )
    return make_source(package, file=release.file.name, size=size, sha256=sha256)


def project_files(client: Client, mirrors: Mirrors, project: str) -> tuple[pypi.IndexFile, ...]:
    """What the index offers of a project. Raises PinUnavailable and MirrorUnreachable."""
    try:
        return pypi.list_files(client, mirrors.pypi, project)
    except (NotThere, NoAnswer) as refusal:
        raise unreachable(project, refusal) from None


def page(project: str, registries: Registries) -> tuple[pypi.IndexFile, ...]:
    """The same, asked for once."""
    try:
        return registries.page(project)
    except (NotThere, NoAnswer) as refusal:
        raise unreachable(project, refusal) from None


def urls(source: Source, registries: Registries) -> Iterator[str]:
    """Where the project's page says that the file is."""
    files = [file for file in registries.page(source.package.name) if file.name == source.file]
    if not files:
        where = f"{registries.mirrors.pypi[0]}/{source.package.name}/{source.file}"
        raise NotThere(where)
    yield files[0].url


def samples(mirrors: Mirrors) -> list[str]:
    """The page of a project that every index has."""
    return [f"{url}/pip/" for url in mirrors.pypi]
