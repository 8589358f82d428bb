"""The sdist of a project on the Python package index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from wasmwright import names
from wasmwright.sources import pypi
from wasmwright.sources.archivetext import text_in
from wasmwright.sources.kinds import pypifiles
from wasmwright.sources.kinds.kind import AskedVersion, Option, State, probe_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.sources.entry import Source
    from wasmwright.sources.mirrors import Mirrors
    from wasmwright.sources.registries import Registries


@dataclass(frozen=True, kw_only=True)
class PypiSdist:
    """The sdist of a project on the Python package index."""

    project: str
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:
        """The sdist of that version; of two, the tar archive."""
        files = pypifiles.page(self.project, registries)
        found = [release for release in pypi.sdists(files) if release.version == Version(asked.version)]
        if not found:
            raise pypi.no_file(self.project, SpecifierSet(f"=={asked.version}"), files, "source distribution")
        chosen = min(found, key=lambda release: not release.file.name.endswith(".tar.gz"))
        return pypifiles.pin_file(registries.client, canonicalize_name(self.project), chosen)


@dataclass(frozen=True, kw_only=True)
class PypiSdistKind:
    """See the module."""

    key: str = "pypi"
    registry: str = "Python index"
    has_version: bool = True
    options: tuple[Option, ...] = (
        Option(
            name="pypi",
            check=names.fault,
            example='"numpy"',
            meaning="A project on the Python package index; its sdist is taken.",
        ),
    )

    def origin(self, said: Mapping[str, str]) -> PypiSdist:
        """A project."""
        return PypiSdist(project=said["pypi"])

    def owns(self, source: Source) -> bool:
        """All of the index that is no wheel."""
        return source.package.type == "pypi" and not source.file.endswith(".whl")

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:
        """As the project's page says."""
        return pypifiles.urls(source, registries)

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:
        """As the project's page says."""
        return pypi.newest_versions(registries.page(source.package.name))

    def probe(self, source: Source, registries: Registries) -> State:
        """Whether the index has the file."""
        return probe_addresses(self.urls(source, registries), registries.client, size=source.size)

    def text(self, source: Source, path: str, registries: Registries) -> str | None:
        """A file of the sdist."""
        return text_in(registries.content(source, self.urls(source, registries)), source.file, path)

    def samples(self, mirrors: Mirrors) -> list[str]:
        """The page of a project that every index has."""
        return pypifiles.samples(mirrors)
