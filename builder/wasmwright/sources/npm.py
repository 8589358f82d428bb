"""The npm registry: packuments, tarballs, and their integrity."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from wasmwright.errors import HashMismatch, Unresolvable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wasmwright.sources.client import Client

_PREFERRED = ("sha512", "sha384", "sha256", "sha1")
_DEFINITIONS = "@npmcli/config/lib/definitions/definitions.js"
_DEFAULT = re.compile(
    r"""\bregistry['"]?,\s*(?:new Definition\(['"]registry['"],\s*)?\{\s*default:\s*['"]([^'"]+)['"]"""
)


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


def packument(client: Client, registry: str, name: str) -> Mapping[str, object]:
    """All that the registry knows about a package."""
    url = f"{registry}/{quote(name, safe='@')}"
    document = client.get(url, headers={"Accept": "application/vnd.npm.install-v1+json, application/json;q=0.5"}).json()
    if not isinstance(document, dict):
        message = f"the npm registry's answer about {name} is no packument"
        raise Unresolvable(message)
    return document


def latest(document: Mapping[str, object]) -> str | None:
    """The version that the registry calls latest."""
    tags = document.get("dist-tags")
    version = tags.get("latest") if isinstance(tags, dict) else None
    return str(version) if version else None


def find(document: Mapping[str, object], name: str, version: str, *, base: str) -> Tarball | None:
    """`version` of the package, if the packument that was read from `base` has it."""
    versions = document.get("versions")
    found = versions.get(version) if isinstance(versions, dict) else None
    dist = found.get("dist") if isinstance(found, dict) else None
    if not isinstance(dist, dict) or "tarball" not in dist:
        return None
    integrity = dist.get("integrity") or _from_shasum(str(dist.get("shasum", "")))
    return Tarball(name=name, version=version, url=urljoin(base, str(dist["tarball"])), integrity=str(integrity))


def choose(document: Mapping[str, object], name: str, version: str | None, *, base: str) -> Tarball:
    """`version` of the package, or the latest."""
    wanted = version or latest(document)
    tarball = find(document, name, wanted, base=base) if wanted else None
    if tarball is None:
        message = f"the npm registry has no {name}@{wanted or 'latest'} (latest: {latest(document)})"
        raise Unresolvable(message, hint="change the version that the profile asks for")
    return tarball


def _from_shasum(shasum: str) -> str:
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
    """The registry that the npm inside a wheel of Node would use."""
    with zipfile.ZipFile(node_wheel) as wheel:
        member = next((name for name in wheel.namelist() if name.endswith(_DEFINITIONS)), None)
        match = _DEFAULT.search(wheel.read(member).decode(errors="replace")) if member else None
    return match[1] if match else None
