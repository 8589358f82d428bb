"""What sdists and wheels on the Python package index have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packageurl import PackageURL
from packaging.version import InvalidVersion

from wasmwright.errors import Unresolvable
from wasmwright.names import quoted
from wasmwright.sources import pypi
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.kinds.kind import AskedVersion, Latest, State, probe_addresses
from wasmwright.sources.registries import Registries, unreachable
from wasmwright.standards import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.version import Version

    from wasmwright.sources.client import Client
    from wasmwright.sources.mirrors import Mirrors


def pin_file(client: Client, project: str, release: pypi.Release) -> Source:
    """The lock entry of a file of the index. Raises PinUnavailable, MirrorUnreachable and HashMismatch."""
    try:
        size, sha256 = pypi.measured(client, release.file)
    except (NotThere, NoAnswer) as refusal:
        raise unreachable(release.file.name, refusal) from None
    package = PackageURL(
        type="pypi", name=project, version=str(release.version), qualifiers={"file_name": release.file.name}
    )
    return make_source(package, file=release.file.name, size=size, sha256=sha256)


def asked_version(asked: AskedVersion, project: str) -> Version:
    """The version that is asked for, as the index counts them. Raises Unresolvable."""
    try:
        return parse_version(asked.version)
    except InvalidVersion:
        message = f"{quoted(asked.version)} of {project} is not a version (PEP 440), as all of the index are"
        raise Unresolvable(message, hint="change `version` in the recipe") from None


def page(project: str, registries: Registries) -> tuple[pypi.IndexFile, ...]:
    """What the index offers of a project, asked for once. Raises PinUnavailable and MirrorUnreachable."""
    try:
        return registries.page(project)
    except (NotThere, NoAnswer) as refusal:
        raise unreachable(project, refusal) from None


def newest(project: str, usable: pypi.Usable, registries: Registries) -> Latest:
    """The newest version with a file that can be taken. Raises PinUnavailable and MirrorUnreachable."""
    files = page(project, registries)
    found = pypi.newest_of(files, usable)
    than = None if found is None else parse_version(found)
    return Latest(version=found, passed_over=pypi.passed_over(files, usable, than=than))


@dataclass(frozen=True, kw_only=True)
class IndexKind:
    """What kinds of files of the index do alike."""

    registry: str = "Python index"
    has_version: bool = True

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:
        """Where the project's page says that the file is."""
        files = [file for file in registries.page(source.package.name) if file.name == source.file]
        if not files:
            where = f"{registries.mirrors.pypi[0]}/{source.package.name}/{source.file}"
            raise NotThere(where)
        yield files[0].url

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:
        """The newest versions that the project's page has."""
        return pypi.newest_versions(registries.page(source.package.name))

    def probe(self, source: Source, registries: Registries) -> State:
        """Whether the index has the file."""
        return probe_addresses(self.urls(source, registries), registries.client, size=source.size)

    def text(self, source: Source, path: str, registries: Registries) -> str | None:
        """A file in the folder of an sdist, or in one of a wheel's."""
        return registries.text_in(source, self.urls(source, registries), path)

    def samples(self, mirrors: Mirrors) -> list[str]:
        """The page of a project that every index has."""
        return [f"{url}/pip/" for url in mirrors.pypi]
