"""The sdist of a project on the Python package index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from packaging.specifiers import SpecifierSet

from wasmwright import names
from wasmwright.sources import pypi
from wasmwright.sources.kinds import pypifiles
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, Option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries

_SDIST = "source distribution"


@dataclass(frozen=True, kw_only=True)
class PypiSdist:
    """The sdist of a project on the Python package index."""

    project: str
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:
        """The sdist of that version; of two, the tar archive."""
        version = pypifiles.asked_version(asked, self.project)
        files = pypifiles.page(self.project, registries)
        found = [release for release in pypi.sdists(files) if release.version == version]
        if not found:
            raise pypi.no_file(self.project, SpecifierSet(f"=={version}"), files, _SDIST)
        chosen = min(found, key=lambda release: not release.file.name.endswith(".tar.gz"))
        return pypifiles.pin_file(registries.client, names.normalize(self.project), chosen)

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:
        """The newest release with an sdist."""
        usable = pypi.Usable(fits=lambda release: not release.tags, what=_SDIST, pythons=fitting.pythons)
        return pypifiles.newest(self.project, usable, registries)


@dataclass(frozen=True, kw_only=True)
class PypiSdistKind(pypifiles.IndexKind):
    """See the module."""

    key: str = "pypi"
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
