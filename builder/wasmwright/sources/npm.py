"""The npm registry: packuments, tarballs, and their integrity."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from wasmwright import limits, zips
from wasmwright.addresses import is_web_address, joined
from wasmwright.errors import HashMismatch, Unresolvable
from wasmwright.reading import Fields, Unreadable, json_fields
from wasmwright.sources.replies import unusable

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.sources.client import Client

_PREFERRED = ("sha512", "sha384", "sha256", "sha1")
_DEFINITIONS = "@npmcli/config/lib/definitions/definitions.js"
_DEFAULT = re.compile(
    r"""\bregistry['"]?,\s*(?:new Definition\(['"]registry['"],\s*)?\{\s*default:\s*['"]([^'"]+)['"]"""
)


_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,100}")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")


@dataclass(frozen=True, kw_only=True)
class Tarball:
    """A version of a package as the registry describes it."""

    name: str
    version: str
    url: str
    integrity: str

    @property
    def file(self) -> str:
        """The file's name."""
        return tarball_name(self.name, self.version)


def tarball_name(name: str, version: str) -> str:
    """The name of a package's tarball."""
    return f"{name.rpartition('/')[2]}-{version}.tgz"


def tarball_url(registry: str, name: str, version: str) -> str:
    """Where registries keep a tarball by custom."""
    return f"{registry}/{name}/-/{tarball_name(name, version)}"


@dataclass(frozen=True, kw_only=True)
class Packument:
    """What the registry knows about a package: its latest version, and the tarball that was asked for, if it has it."""

    latest: str | None
    tarball: Tarball | None


def look_up(client: Client, registry: str, name: str, version: str | None = None) -> Packument:
    """A package's `version`, or its latest. Raises NotThere, and NoAnswer for an answer that cannot be used."""
    url = f"{registry}/{quote(name, safe='@')}"
    accept = "application/vnd.npm.install-v1+json, application/json;q=0.5"
    answer = client.read(url, headers={"Accept": accept}, most=limits.JSON_SIZE)
    try:
        packument = json_fields(answer.content, where="it")
        latest = _latest(packument.table("dist-tags", is_optional=True))
        wanted = version or latest
        versions = packument.table("versions", is_optional=True)
        has_it = wanted is not None and wanted in versions.content
        tarball = _tarball(versions, name, wanted, f"{registry}/") if wanted is not None and has_it else None
    except (Unreadable, limits.LimitExceeded) as error:
        raise unusable(answer, "packument of an npm registry", error) from None
    return Packument(latest=latest, tarball=tarball)


def _latest(tags: Fields) -> str | None:
    latest = tags.optional_text("latest")
    if latest is not None and _VERSION.fullmatch(latest) is None:
        reason = f"{tags.inside('latest')} is no version: {latest[:200]!r}"
        raise Unreadable(reason)
    return latest


def _tarball(versions: Fields, name: str, version: str, base: str) -> Tarball:
    dist = versions.table(version).table("dist")
    link = dist.text("tarball")
    url = joined(base, link)
    if url is None:
        reason = f"{dist.inside('tarball')} is no web address: {link[:200]!r}"
        raise Unreadable(reason)
    integrity = dist.optional_text("integrity") or _from_shasum(dist)
    return Tarball(name=name, version=version, url=url, integrity=integrity)


def choose(client: Client, registry: str, name: str, version: str | None) -> Tarball:
    """`version` of the package, or the latest. Raises NotThere, NoAnswer, and Unresolvable where there is none."""
    known = look_up(client, registry, name, version)
    if known.tarball is None:
        message = f"the npm registry has no {name}@{version or 'latest'} (latest: {known.latest})"
        raise Unresolvable(message, hint="change the version that the recipe or the profile asks for")
    return known.tarball


def _from_shasum(dist: Fields) -> str:
    shasum = dist.text("shasum")
    if _SHA1.fullmatch(shasum) is None:
        reason = f"{dist.inside('shasum')} has no 40 hexadecimal digits"
        raise Unreadable(reason)
    return "sha1-" + base64.b64encode(bytes.fromhex(shasum)).decode()


def check_integrity(content: bytes, integrity: str, *, name: str) -> None:
    """Refuse a tarball that is not what the registry describes (Subresource Integrity)."""
    offered = dict(word.partition("-")[::2] for word in integrity.split())
    algorithm = next((known for known in _PREFERRED if known in offered), None)
    if algorithm is None:
        message = f"the npm registry gives no known integrity for {name}: {integrity}"
        raise HashMismatch(message)
    digest = base64.b64encode(hashlib.new(algorithm, content).digest()).decode()
    if digest != offered[algorithm].partition("?")[0]:
        message = f"{name} has {algorithm}-{digest}, but the npm registry says {integrity}"
        raise HashMismatch(message, hint="try again later, or use another registry")


def default_registry(node_wheel: Path) -> str | None:
    """The registry that the npm inside a wheel of Node would use. Raises BrokenZip and LimitExceeded."""
    name = node_wheel.name
    with zips.opened(node_wheel, name) as wheel:
        member = next((entry for entry in wheel.infolist() if entry.filename.endswith(_DEFINITIONS)), None)
        if member is None:
            return None
        limits.TOML_SIZE.check(member.file_size, name)
        match = _DEFAULT.search(zips.read_member(wheel, member, name).decode(errors="replace"))
    return match[1] if match and is_web_address(match[1]) else None
