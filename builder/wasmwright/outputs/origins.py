"""What is known of an output's origin: the packages in it, and the names of all that was fetched for it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wasmwright.outputs.derivations import graph, unpacked
from wasmwright.outputs.errors import UnknownOrigin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wasmwright.outputs.derivations import DerivationFile


@dataclass(frozen=True, kw_only=True)
class PinnedFile:
    """A pinned file: its package URL, its name in the store, its hash."""

    purl: str
    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CarriedFile:
    """A pinned file that lies in the output, as it is or in another form, and the licence that it has."""

    pin: PinnedFile
    license: str | None


@dataclass(frozen=True, kw_only=True)
class PatchFile:
    """A change to a source. `name` is that of the file in pkgs/NAME/patches."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Of the text, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class MadePackage:
    """A package of ours that an output has or was made with: what it was made of, and the libraries that it links."""

    name: str
    version: str
    license: str | None
    homepage: str | None
    summary: str | None
    libraries: tuple[str, ...]
    sources: tuple[PinnedFile, ...]
    patches: tuple[PatchFile, ...]


@dataclass(frozen=True, kw_only=True)
class FetchedInputs:
    """All that was fetched for an output, and the files of the checkout that made it; each once, by name."""

    pins: tuple[PinnedFile, ...]
    files: tuple[Path, ...]
    derivations: int


@dataclass(frozen=True, kw_only=True)
class OutputOrigin:
    """An output and what is known of its origin. It `has` some of the packages; nobody changed wheels of `index`."""

    kind: str
    name: str
    profile: str
    folder: Path
    environment: Path | None
    packages: tuple[MadePackage, ...]
    has: frozenset[str]
    index: tuple[tuple[PinnedFile, Path], ...]
    carries: tuple[CarriedFile, ...]
    fetched: FetchedInputs


def read_origin(manifest: Path) -> OutputOrigin:
    """What nix/outputs/attestations.nix says, and what the derivations do. Raises UnknownOrigin."""
    said: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    derivations = graph(Path(said["derivation"]))
    all_fetched = fetched(derivations.values(), map(_pin, said["pins"]))
    known = {_pin(one): one["license"] for one in said["linked"] if _pin(one) in all_fetched.pins}
    known |= {_pin(one): one["license"] for one in said["carries"]}
    licenses = Path(said["licences"]) if said["licences"] is not None else None
    inside = {one.sha256 for one in unpacked(derivations, {*said["inside"]})}
    held = [one for one in said["mayHold"] if one["sha256"] in inside]
    found = {pin: license_in(licenses, pin) for pin in all_fetched.pins if pin.sha256 in inside}
    return OutputOrigin(
        kind=said["kind"],
        name=said["name"],
        profile=said["profile"],
        folder=Path(said["output"]),
        environment=Path(said["environment"]) if said["environment"] is not None else None,
        packages=tuple(map(_package, said["packages"])),
        has=frozenset(said["has"]),
        index=tuple((_pin(one), Path(one["path"])) for one in [*said["index"], *held]),
        carries=tuple(CarriedFile(pin=pin, license=text) for pin, text in {**found, **known}.items()),
        fetched=all_fetched,
    )


def license_in(folder: Path | None, pin: PinnedFile) -> str | None:
    """What the texts of an image say, if it has some of the pinned file.

    Of a Debian package it is the licence of most files, where the text has the form that programs read (DEP 5); else it
    is where the text lies in the image.
    """
    texts = folder / pin.name.removesuffix(".deb") if folder is not None else None
    if texts is None or not texts.is_dir():
        return None
    copyright_file = texts / "copyright"
    text = copyright_file.read_text(encoding="utf-8", errors="replace") if copyright_file.is_file() else ""
    stanzas = text.split("\n\n") if text.startswith("Format:") else []
    most = next((stanza for stanza in stanzas if re.search(r"^Files: *\*\s*$", stanza, re.MULTILINE)), "")
    named = re.search(r"^License: *(\S.*)$", most, re.MULTILINE)
    return named[1].strip() if named is not None else f"see /usr/share/doc/{texts.name}"


def fetched(derivations: Iterable[DerivationFile], pins: Iterable[PinnedFile]) -> FetchedInputs:
    """What derivations fetch, with the names that pins give it. Raises UnknownOrigin for what no pin has."""
    derivations, known = tuple(derivations), {pin.sha256: pin for pin in pins}
    fixed = {one.fixed.sha256: one.fixed for one in derivations if one.fixed is not None}
    unknown = sorted(one.name for sha256, one in fixed.items() if sha256 not in known)
    if unknown:
        message = f"no lock pins what was fetched: {', '.join(unknown)}"
        raise UnknownOrigin(message, hint="an output's `sources` and `packages` have to name all that is in it")
    found = {known[sha256] for sha256 in fixed}
    files = {file for one in derivations for file in one.files if file.suffix != ".drv"}
    return FetchedInputs(
        pins=tuple(sorted(found, key=lambda pin: (pin.purl, pin.sha256))),
        files=tuple(sorted(files, key=lambda file: file.name.partition("-")[2])),
        derivations=len(derivations),
    )


def _package(said: Mapping[str, Any]) -> MadePackage:
    texts = {key: said[key] for key in ("name", "version", "license", "homepage", "summary")}
    return MadePackage(
        **texts,
        libraries=tuple(sorted(said["libraries"])),
        sources=tuple(map(_pin, said["sources"])),
        patches=tuple(map(_patch, said["patches"])),
    )


def _patch(path: str) -> PatchFile:
    # Behind the hash that all names in the store begin with.
    return PatchFile(name=Path(path).name.partition("-")[2], text=Path(path).read_text(encoding="utf-8"))


def _pin(said: Mapping[str, Any]) -> PinnedFile:
    return PinnedFile(purl=said["purl"], name=said["name"], sha256=said["sha256"])
