"""The bill of materials of an output, as CycloneDX 1.6. Nothing in it is the time, or random."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import (
    AttachedText,
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import (
    Component,
    ComponentScope,
    ComponentType,
    Diff,
    Patch,
    PatchClassification,
    Pedigree,
)
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from wasmwright.outputs.documents import WheelOrigin
from wasmwright.outputs.wheels import WheelFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wasmwright.outputs.documents import EnvironmentWheel
    from wasmwright.outputs.origins import MadePackage, OutputOrigin, PatchFile, PinnedFile

FILE = "sbom.cdx.json"
_PROGRAM = "wasmwright"


def bill_of_materials(origin: OutputOrigin, wheels: Iterable[EnvironmentWheel]) -> str:
    """The document. `wheels` are those of the output's environment.

    What lies in the output is `required`, with the sources and patches that it was made of as its pedigree; what only
    made it, such as compilers, is `excluded`.
    """
    parts = _Parts(origin, {wheel.name: wheel for wheel in wheels})
    bom = Bom(
        serial_number=uuid.UUID(int=0),
        metadata=BomMetaData(
            component=parts.whole,
            tools=ToolRepository(components=[Component(name=_PROGRAM, type=ComponentType.APPLICATION)]),
        ),
        components=[*parts.wheels.values(), *parts.libraries.values(), *parts.carried, *parts.tools],
    )
    parts.connect(bom)
    outputter = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    return _settled(json.loads(outputter.output_as_string()))


class _Parts:
    """The components of an output."""

    def __init__(self, origin: OutputOrigin, wheels: Mapping[str, EnvironmentWheel]) -> None:
        self._origin = origin
        self._described = wheels
        self._packages = {package.name: package for package in origin.packages}
        self.whole = Component(
            name=origin.name,
            type=ComponentType.CONTAINER if origin.kind.startswith("container") else ComponentType.APPLICATION,
            bom_ref=f"output:{origin.name}",
            properties=[Property(name=f"{_PROGRAM}:profile", value=origin.profile)],
        )
        self.wheels = {name: self._wheel(wheel) for name, wheel in wheels.items()}
        # Linked into what is there, or there in another form than a wheel.
        has = origin.has | wheels.keys()
        others = (origin.has | {library for name in has for library in self._linked(name)}) - wheels.keys()
        self.libraries = {
            name: self._made(self._packages[name], "built" if name in origin.has else "linked")
            for name in sorted(others)
        }
        carried = ({one.pin for one in origin.carries} | self._pins_beside()) - self._pins_of_packages()
        licenses = {one.pin: one.license for one in origin.carries}
        licenses |= {pin: _license_of(pin, path) or licenses.get(pin) for pin, path in origin.index if pin in carried}
        self.carried = [_pinned(pin, ComponentScope.REQUIRED, licenses.get(pin)) for pin in sorted(carried, key=_order)]
        named = carried | self._pins_of_wheels() | self._pins_of_packages()
        self.tools = [_pinned(pin, ComponentScope.EXCLUDED, None) for pin in origin.fetched.pins if pin not in named]

    def connect(self, bom: Bom) -> None:
        """Say what needs what."""
        bom.register_dependency(self.whole, [*self.wheels.values(), *self._direct(), *self.carried])
        for name, component in self.wheels.items():
            needed = [self.wheels[other] for other in self._described[name].depends]
            package = self._packages.get(name)
            libraries = package.libraries if package is not None else ()
            bom.register_dependency(
                component, [*needed, *(self.libraries[one] for one in libraries if one in self.libraries)]
            )
        for name, component in self.libraries.items():
            needed = [self.libraries[one] for one in self._packages[name].libraries if one in self.libraries]
            bom.register_dependency(component, needed)

    def _direct(self) -> list[Component]:
        return [component for name, component in self.libraries.items() if name in self._origin.has]

    def _linked(self, name: str) -> set[str]:
        package = self._packages.get(name)
        if package is None:
            return set()
        return {*package.libraries, *(more for library in package.libraries for more in self._linked(library))}

    def _pins_of_wheels(self) -> set[PinnedFile]:
        """Wheels of the index that are in the environment."""
        taken = {wheel.sha256 for wheel in self._described.values() if wheel.origin is WheelOrigin.INDEX}
        return {pin for pin, _ in self._origin.index if pin.sha256 in taken}

    def _pins_beside(self) -> set[PinnedFile]:
        """What an output adds to its environment, where that has not its own of the name."""
        return {pin for pin, _ in self._origin.index if PackageURL.from_string(pin.purl).name not in self._described}

    def _pins_of_packages(self) -> set[PinnedFile]:
        """What stands in pedigrees."""
        made = {name for name, wheel in self._described.items() if wheel.origin is WheelOrigin.BUILT} | {
            *self.libraries
        }
        return {pin for name in made if name in self._packages for pin in self._packages[name].sources}

    def _wheel(self, wheel: EnvironmentWheel) -> Component:
        package = self._packages.get(wheel.name) if wheel.origin is WheelOrigin.BUILT else None
        return Component(
            name=wheel.name,
            version=wheel.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"wheel:{wheel.name}",
            purl=PackageURL.from_string(wheel.purl),
            scope=ComponentScope.REQUIRED,
            hashes=[_sha256(wheel.sha256)],
            licenses=_licenses(wheel.license),
            description=wheel.summary,
            external_references=_website(package),
            pedigree=None if package is None else _pedigree(package),
            properties=[
                Property(name=f"{_PROGRAM}:file", value=wheel.file),
                Property(name=f"{_PROGRAM}:origin", value=wheel.origin.value),
                *([] if package is None else map(_patch_hash, package.patches)),
            ],
        )

    @staticmethod
    def _made(package: MadePackage, origin: str) -> Component:
        return Component(
            name=package.name,
            version=package.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"library:{package.name}",
            purl=PackageURL(type="generic", namespace=_PROGRAM, name=package.name, version=package.version),
            scope=ComponentScope.REQUIRED,
            licenses=_licenses(package.license),
            description=package.summary,
            external_references=_website(package),
            pedigree=_pedigree(package),
            properties=[Property(name=f"{_PROGRAM}:origin", value=origin), *map(_patch_hash, package.patches)],
        )


def _pedigree(package: MadePackage) -> Pedigree:
    """The sources of a package, and the patches to them, whole."""
    return Pedigree(
        ancestors=[_source(pin, package) for pin in package.sources],
        patches=[
            Patch(
                type=PatchClassification.UNOFFICIAL,
                diff=Diff(text=AttachedText(content=patch.text), url=_place(patch, package)),
            )
            for patch in package.patches
        ],
    )


def _source(pin: PinnedFile, package: MadePackage) -> Component:
    source = _pinned(pin, None, package.license)
    source.bom_ref.value = f"source:{package.name}:{pin.name}"
    return source


def _place(patch: PatchFile, package: MadePackage) -> XsUri:
    return XsUri(f"pkgs/{package.name}/patches/{patch.name}")


def _patch_hash(patch: PatchFile) -> Property:
    return Property(name=f"{_PROGRAM}:patch:{patch.name}", value=f"sha256:{patch.sha256}")


def _pinned(pin: PinnedFile, scope: ComponentScope | None, license: str | None) -> Component:  # noqa: A002 - the format's word
    purl = PackageURL.from_string(pin.purl)
    return Component(
        name=purl.name,
        version=purl.version,
        group=purl.namespace,
        type=ComponentType.LIBRARY,
        bom_ref=pin.purl,
        purl=purl,
        scope=scope,
        hashes=[_sha256(pin.sha256)],
        licenses=_licenses(license),
    )


def _license_of(pin: PinnedFile, path: Path) -> str | None:
    """What a wheel says. In the store its name is another, and what a wheel is goes by its name."""
    with TemporaryDirectory() as folder:
        link = Path(folder, pin.name)
        link.symlink_to(path)
        return WheelFacts(link).license


def _order(pin: PinnedFile) -> tuple[str, str]:
    return pin.purl, pin.sha256


def _sha256(digits: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digits)


def _licenses(text: str | None) -> list[Any]:
    """An SPDX identifier or expression where it is one, else a name."""
    return [] if text is None else [LicenseFactory().make_from_string(text)]


def _website(package: MadePackage | None) -> list[ExternalReference]:
    if package is None or package.homepage is None:
        return []
    return [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(package.homepage))]


def _settled(document: dict[str, Any]) -> str:
    """The document with a number that its content decides, and without the time."""
    del document["metadata"]["timestamp"], document["serialNumber"]
    content = json.dumps(document, sort_keys=True)
    numbered = {**document, "serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, content).urn}
    return json.dumps(numbered, indent=1, sort_keys=True) + "\n"
