"""A finished wheel of the Python package index: a pure one, or upstream's own for WebAssembly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from packaging.specifiers import SpecifierSet

from wasmwright import names
from wasmwright.sources import pypi
from wasmwright.sources.kinds import pypifiles
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, Option

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packaging.version import Version

    from wasmwright.sources.entry import Source
    from wasmwright.sources.registries import Registries


@dataclass(frozen=True, kw_only=True)
class PypiWheel:
    """A wheel of a project on the Python package index."""

    project: str
    is_wheel: ClassVar[bool] = True

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:
        """The pure wheel of that version, else the one for the platform that is asked for."""
        version = pypifiles.asked_version(asked, self.project)
        files = pypifiles.page(self.project, registries)
        found = [release for release in pypi.wheels(files) if release.version == version]
        pure = [release for release in found if release.is_pure]
        fitting = pure or [release for release in found if asked.platform in _platforms(release)]
        if not fitting:
            what = _wanted([asked.platform] if asked.platform else [])
            raise pypi.no_file(self.project, SpecifierSet(f"=={version}"), files, what)
        chosen = min(fitting, key=lambda release: release.file.name)
        return pypifiles.pin_file(registries.client, names.normalize(self.project), chosen)

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:
        """The newest release with a pure wheel, or one for each platform."""
        platforms: dict[Version, set[str]] = {}
        for release in pypi.wheels(pypifiles.page(self.project, registries)):
            platforms.setdefault(release.version, set()).update(_platforms(release))
        wanted = {*fitting.platforms}

        def fits(release: pypi.Release) -> bool:
            own = _platforms(release) & wanted
            return release.is_pure or (bool(own) and wanted <= platforms[release.version])

        usable = pypi.Usable(fits=fits, what=_wanted(fitting.platforms))
        return pypifiles.newest(self.project, usable, registries)


@dataclass(frozen=True, kw_only=True)
class PypiWheelKind(pypifiles.IndexKind):
    """See the module."""

    key: str = "pypi-wheel"
    options: tuple[Option, ...] = (
        Option(
            name="pypi-wheel",
            check=names.fault,
            example='"packaging"',
            meaning="A project on the Python package index, of which the finished wheel is taken: a pure one "
            "(`py3-none-any`), or upstream's own, for each profile of the recipe the one for its platform: "
            "`profiles` limits it to those that upstream publishes one for. "
            "Nothing is built: a recipe with it has no `[build]`. The gate treats it as a wheel "
            "of ours: it is audited, rid of paths and packed anew, with the profile's tag if it has extension "
            "modules. So its bytes are not those of the index.",
        ),
    )

    def origin(self, said: Mapping[str, str]) -> PypiWheel:
        """A project."""
        return PypiWheel(project=said["pypi-wheel"])

    def owns(self, source: Source) -> bool:
        """All wheels of the index."""
        return source.package.type == "pypi" and source.file.endswith(".whl")


def _wanted(platforms: Iterable[str]) -> str:
    named = " and ".join(platforms)
    return f"pure wheel or wheel for {named}" if named else "pure wheel"


def _platforms(release: pypi.Release) -> set[str]:
    return {tag.platform for tag in release.tags}
