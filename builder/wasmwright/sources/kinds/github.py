"""Archives that a forge makes of a repository at one revision. Where forges are is the user's to say."""

from __future__ import annotations

import hashlib
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote, urlsplit

from packageurl import PackageURL

from wasmwright import limits, reading
from wasmwright.errors import HashMismatch, NoMirror
from wasmwright.names import quoted
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.entry import Source, store_name
from wasmwright.sources.hashes import hash_fault, hash_in_hex, sri
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, Option, State, probe_addresses
from wasmwright.sources.registries import Registries, unreachable
from wasmwright.sources.tree import nar_hash, unpack_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.sources.mirrors import Mirrors

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/(?!\.{1,2}$)[A-Za-z0-9._-]+")
_REVISION = re.compile(r"[A-Za-z0-9](?!.*\.\.)[A-Za-z0-9._+/-]*")


@dataclass(frozen=True, kw_only=True)
class GithubTree:
    """A repository at a revision: what is in its archive has `sha256`, or the archive `archive_sha256`, in hex."""

    repository: str
    rev: str
    sha256: str | None = None
    archive_sha256: str | None = None
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:  # noqa: ARG002 - the revision says it all
        """Download, and check what is in the archive."""
        owner, _, name = self.repository.partition("/")
        package = PackageURL(type="github", namespace=owner, name=name, version=self.rev)
        folder = store_name(f"{name}-{self.rev.replace('/', '-')}")
        with _unpacked(self.repository, self.rev, registries, archive=self.archive_sha256) as top:
            found, size = nar_hash(top)
        if self.sha256 is not None and found != self.sha256:
            message = f"{self.repository} at {self.rev} holds something else: sha256 {found} instead of {self.sha256}"
            hint = f'if it is what you want, write `sha256 = "{sri(found)}"` in the recipe'
            raise HashMismatch(message, hint=hint)
        return Source(purl=package.to_string(), file=folder, name=folder, size=size, sha256=found, tree=True)

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:  # noqa: ARG002 - nobody is asked
        """Nobody tells."""
        return Latest()


def repository_fault(text: str) -> str | None:
    """Why no repository is called so."""
    return None if _REPOSITORY.fullmatch(text) else f"{quoted(text)} is not a repository: write `owner/name`"


def revision_fault(text: str) -> str | None:
    """Why nothing in a repository is called so."""
    return None if _REVISION.fullmatch(text) else f"{quoted(text)} is not a revision: write a commit or a tag"


@dataclass(frozen=True, kw_only=True)
class GithubKind:
    """See the module."""

    key: str = "github"
    registry: str = "forge"
    has_version: bool = False
    options: tuple[Option, ...] = (
        Option(
            name="github",
            check=repository_fault,
            example='"astropy/extension-helpers"',
            meaning="A repository, as `owner/name`; the archive that its forge makes of `rev` is taken. Where that is, "
            "the configuration says (docs/how-to/mirrors.md).",
        ),
        Option(
            name="rev",
            check=revision_fault,
            required=True,
            example='"v1.4.0"',
            meaning="A commit or tag; with `github`, where it is required.",
        ),
        Option(
            name="sha256",
            check=hash_fault,
            required=True,
            example='"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="',
            meaning="The hash of what is in the archive, as `nix hash path` prints it, or in hex: a forge compresses "
            "anew from time to time. With `github`, where it is required; a wrong one is told with the right one.",
        ),
        Option(
            name="archive-sha256",
            check=hash_fault,
            instead_of="sha256",
            example='"47de64a2ac9fcd5c1ea2ff1ab9f1a84d9fd0b5a5a4a1a1d3b7f0bfae4c2b1f6e"',
            meaning="The hash of the archive itself, as others write it, instead of `sha256`; the lock pins what "
            "is in it. Where the forge compresses anew, it is wrong, and told with the `sha256` to write.",
        ),
    )

    def origin(self, said: Mapping[str, str]) -> GithubTree:
        """A repository at a revision."""
        content, archive = (hash_in_hex(said.get(key, "")) for key in ("sha256", "archive-sha256"))
        return GithubTree(repository=said["github"], rev=said["rev"], sha256=content, archive_sha256=archive)

    def owns(self, source: Source) -> bool:
        """All trees of repositories."""
        return source.package.type == "github"

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:
        """Where the configuration says."""
        package = source.package
        yield _address(f"{package.namespace}/{package.name}", package.version or "", registries.mirrors)

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:  # noqa: ARG002 - not asked
        """Nothing: the address of archives tells no revisions."""
        return ()

    def probe(self, source: Source, registries: Registries) -> State:
        """Whether the forge has the revision. Without its address nobody can tell."""
        try:
            return probe_addresses(self.urls(source, registries), registries.client, size=None)
        except NoMirror:
            return State.UNKNOWN

    def text(self, source: Source, path: str, registries: Registries) -> str | None:
        """A file of the repository."""
        package = source.package
        with _unpacked(f"{package.namespace}/{package.name}", package.version or "", registries) as top:
            file = top / path
            return reading.file_text(file, limits.TOML_SIZE) if file.is_file() else None

    def samples(self, mirrors: Mirrors) -> list[str]:
        """The forge's own page."""
        parts = urlsplit(mirrors.github)
        return [f"{parts.scheme}://{parts.netloc}/"]


def _address(repository: str, rev: str, mirrors: Mirrors) -> str:
    owner, _, name = repository.partition("/")
    try:
        template = mirrors.github
    except NoMirror as refusal:
        message = f"{repository} at {rev} cannot be fetched: {refusal}"
        raise NoMirror(message, hint=refusal.hint) from None
    return template.replace("{owner}", owner).replace("{repo}", name).replace("{rev}", quote(rev))


@contextmanager
def _unpacked(repository: str, rev: str, registries: Registries, *, archive: str | None = None) -> Iterator[Path]:
    """What is in the archive of a revision. Raises HashMismatch where that has another sha256 than `archive`."""
    url = _address(repository, rev, registries.mirrors)
    try:
        content = registries.client.read(url, most=limits.HELD_SIZE).content
    except (NotThere, NoAnswer) as refusal:
        wanted = f"{repository} at {rev}"
        raise unreachable(wanted, refusal) from None
    with tempfile.TemporaryDirectory(prefix="wasmwright-") as folder:
        file = Path(folder, "archive")
        file.write_bytes(content)
        top = unpack_tree(file, Path(folder, "unpacked"))
        found = hashlib.sha256(content).hexdigest()
        if archive not in {None, found}:
            message = f"the archive of {repository} at {rev} is another one: sha256 {found} instead of {archive}"
            inside = sri(nar_hash(top)[0])
            hint = f'if it is what you want, write `sha256 = "{inside}"`, the hash of what is in it, in the recipe'
            raise HashMismatch(message, hint=hint)
        yield top
