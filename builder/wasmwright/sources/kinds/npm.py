"""Packages of the npm registry."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from packageurl import PackageURL

from wasmwright import limits
from wasmwright.names import quoted
from wasmwright.sources import npm
from wasmwright.sources.client import Client, NoAnswer, NotThere
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, Option, State, probe_addresses
from wasmwright.sources.registries import Registries, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.sources.mirrors import Mirrors

_NAME = re.compile(r"(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, kw_only=True)
class NpmPackage:
    """A package of the npm registry."""

    package: str
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:
        """The tarball of that version."""
        return pin_package(registries.client, registries.mirrors.npm, self.package, asked.version)

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:  # noqa: ARG002 - it runs anywhere
        """What the registry calls latest."""
        try:
            latest = npm.look_up(registries.client, registries.mirrors.npm, self.package).latest
        except (NotThere, NoAnswer) as refusal:
            raise unreachable(self.package, refusal) from None
        return Latest(version=latest)


def pin_package(client: Client, registry: str, name: str, version: str | None) -> Source:
    """The lock entry of a package, of its latest version where none is given."""
    try:
        tarball = npm.choose(client, registry, name, version)
        content = client.read(tarball.url, most=limits.HELD_SIZE).content
    except (NotThere, NoAnswer) as refusal:
        wanted = f"{name}@{version or 'latest'}"
        raise unreachable(wanted, refusal) from None
    npm.check_integrity(content, tarball.integrity, name=tarball.file)
    namespace, _, plain = name.rpartition("/")
    package = PackageURL(type="npm", namespace=namespace or None, name=plain, version=tarball.version)
    return make_source(package, file=tarball.file, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def name_fault(text: str) -> str | None:
    """Why no npm package is called so."""
    return None if _NAME.fullmatch(text) else f"{quoted(text)} is not the name of an npm package"


@dataclass(frozen=True, kw_only=True)
class NpmKind:
    """See the module."""

    key: str = "npm"
    registry: str = "npm registry"
    has_version: bool = True
    options: tuple[Option, ...] = (
        Option(
            name="npm",
            check=name_fault,
            example='"@jupyterlab/launcher"',
            meaning="A package of the npm registry; its tarball is taken.",
        ),
    )

    def origin(self, said: Mapping[str, str]) -> NpmPackage:
        """A package."""
        return NpmPackage(package=said["npm"])

    def owns(self, source: Source) -> bool:
        """All of the npm registry."""
        return source.package.type == "npm"

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:
        """Where tarballs are by custom, then where the registry says."""
        registry, name, version = registries.mirrors.npm, _full_name(source), source.package.version or ""
        usual = npm.tarball_url(registry, name, version)
        yield usual
        told = npm.look_up(registries.client, registry, name, version).tarball
        if told is not None and told.url != usual:
            yield told.url

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:
        """The version that the registry calls latest."""
        newest = npm.look_up(registries.client, registries.mirrors.npm, _full_name(source)).latest
        return (newest,) if newest else ()

    def probe(self, source: Source, registries: Registries) -> State:
        """Whether the registry has the tarball."""
        return probe_addresses(self.urls(source, registries), registries.client, size=source.size)

    def text(self, source: Source, path: str, registries: Registries) -> str | None:
        """A file of the tarball."""
        return registries.text_in(source, self.urls(source, registries), path)

    def samples(self, mirrors: Mirrors) -> list[str]:
        """A small package that every mirror of the registry has."""
        return [f"{mirrors.npm}/acorn-import-phases"]


def _full_name(source: Source) -> str:
    """The package's name with its scope."""
    package = source.package
    return f"{package.namespace}/{package.name}" if package.namespace else package.name
