"""Archives that lie on no registry, known by their hash. Where such files are kept is the user's to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote, urlsplit

from packageurl import PackageURL

from wasmwright import limits
from wasmwright.errors import NoMirror
from wasmwright.names import quoted
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.hashes import hash_fault, hash_in_hex
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, Option, State, probe_addresses
from wasmwright.sources.registries import Registries, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.sources.mirrors import Mirrors

_FILE = re.compile(r"([A-Za-z0-9][A-Za-z0-9+._-]*?)\.(tar(\.[a-z0-9]+)?|tgz|tbz2?|txz|zip)")


@dataclass(frozen=True, kw_only=True)
class TarballFile:
    """A file that has this sha256, in hex."""

    file: str
    sha256: str
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:
        """Download it, from the first place that has the very file."""
        name = re.sub(r"[-_]v?\d.*", "", _stem(self.file)) or _stem(self.file)
        package = PackageURL(
            type="generic", name=name, version=asked.version or None, qualifiers={"file_name": self.file}
        )
        source = make_source(package, file=self.file, size=0, sha256=self.sha256)
        try:
            content = registries.content(source, _addresses(source, registries.mirrors))
        except NoMirror as refusal:
            message = f"{self.file} cannot be fetched: {refusal}"
            raise NoMirror(message, hint=refusal.hint) from None
        except (NotThere, NoAnswer) as refusal:
            raise unreachable(self.file, refusal) from None
        limits.HELD_SIZE.check(len(content), self.file)
        return make_source(package, file=self.file, size=len(content), sha256=self.sha256)

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:  # noqa: ARG002 - not asked
        """Nothing: files are asked for by their names."""
        return Latest()


def file_fault(text: str) -> str | None:
    """Why no archive is called so."""
    if _FILE.fullmatch(text):
        return None
    return f"{quoted(text)} is not the name of an archive (NAME-VERSION.tar.gz, or .tar.*, .tgz, .zip)"


@dataclass(frozen=True, kw_only=True)
class TarballKind:
    """See the module."""

    key: str = "tarball"
    registry: str = "store of archives"
    has_version: bool = True
    options: tuple[Option, ...] = (
        Option(
            name="tarball",
            check=file_fault,
            example='"gsl-2.8.tar.gz"',
            meaning="An archive that lies on no registry, by the name of the file. Where such files are kept, each by "
            "its name or hash, the configuration says (docs/how-to/mirrors.md).",
        ),
        Option(
            name="tarball-sha256",
            check=hash_fault,
            required=True,
            example='"6a99eeed15632c6354895b1dd542ed5a855c0f15d9ad1326c6fe2b2c9e423190"',
            meaning="The hash of that file, in hex or with `sha256-` and its base64; with `tarball`, where it is "
            "required.",
        ),
    )

    def origin(self, said: Mapping[str, str]) -> TarballFile:
        """A file with a hash."""
        sha256 = hash_in_hex(said["tarball-sha256"])
        assert sha256 is not None
        return TarballFile(file=said["tarball"], sha256=sha256)

    def owns(self, source: Source) -> bool:
        """What is of no registry."""
        return source.package.type == "generic"

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:
        """Where the configuration says, in its order."""
        yield from _addresses(source, registries.mirrors)

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:  # noqa: ARG002 - not asked
        """Nothing: files are asked for by their names."""
        return ()

    def probe(self, source: Source, registries: Registries) -> State:
        """Whether one of the places has it. Without places nobody can tell."""
        try:
            return probe_addresses(self.urls(source, registries), registries.client, size=source.size)
        except NoMirror:
            return State.UNKNOWN

    def text(self, source: Source, path: str, registries: Registries) -> str | None:
        """A file in it."""
        return registries.text_in(source, self.urls(source, registries), path)

    def samples(self, mirrors: Mirrors) -> list[str]:
        """The pages of the places."""
        parts = [urlsplit(template) for template in mirrors.tarballs]
        return [f"{part.scheme}://{part.netloc}/" for part in parts]


def _stem(file: str) -> str:
    found = _FILE.fullmatch(file)
    return found[1] if found else file


def _addresses(source: Source, mirrors: Mirrors) -> Iterator[str]:
    for template in mirrors.tarballs:
        yield template.replace("{file}", quote(source.file)).replace("{sha256}", source.sha256)
