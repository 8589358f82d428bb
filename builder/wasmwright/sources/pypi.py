"""PyPI's Simple API (HTML or JSON), with links that may be relative."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)

from wasmwright.errors import HashMismatch, Unresolvable
from wasmwright.names import normalize
from wasmwright.sources.client import Client, NoAnswer, NotThere

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from packaging.specifiers import SpecifierSet
    from packaging.tags import Tag
    from packaging.version import Version

_ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


@dataclass(frozen=True, kw_only=True)
class IndexFile:
    """A file that a project's page offers."""

    name: str
    url: str
    sha256: str | None = None
    size: int | None = None
    yanked: bool = False


@dataclass(frozen=True, kw_only=True)
class Release:
    """A file of one version, wheel or sdist."""

    version: Version
    tags: frozenset[Tag]
    file: IndexFile


def list_files(client: Client, indexes: Sequence[str], project: str) -> tuple[IndexFile, ...]:
    """What the first index that knows `project` offers; NotThere when none does."""
    refusals: list[NotThere | NoAnswer] = []
    for index in indexes:
        url = f"{index}/{normalize(project)}/"
        try:
            response = client.get(url, headers={"Accept": _ACCEPT})
        except (NotThere, NoAnswer) as refusal:
            refusals.append(refusal)
            continue
        return parse_page(response.text, url=response.url, content_type=response.headers.get("Content-Type", ""))
    raise next((refusal for refusal in refusals if isinstance(refusal, NoAnswer)), refusals[0])


def parse_page(text: str, *, url: str, content_type: str) -> tuple[IndexFile, ...]:
    """The files of a project's page that was read from `url`."""
    if "json" in content_type:
        return tuple(_json_file(item, url) for item in json.loads(text).get("files", []))
    page = _Page(url)
    page.feed(text)
    return tuple(page.files)


def wheels(files: Iterable[IndexFile]) -> tuple[Release, ...]:
    """The wheels among `files` that are not yanked."""
    found = []
    for file in files:
        if file.name.endswith(".whl") and not file.yanked:
            try:
                _, version, _, tags = parse_wheel_filename(file.name)
            except InvalidWheelFilename:
                continue
            found.append(Release(version=version, tags=tags, file=file))
    return tuple(found)


def sdists(files: Iterable[IndexFile]) -> tuple[Release, ...]:
    """The source distributions among `files` that are not yanked."""
    found = []
    for file in files:
        if file.name.endswith((".tar.gz", ".zip")) and not file.yanked:
            try:
                _, version = parse_sdist_filename(file.name)
            except InvalidSdistFilename:
                continue
            found.append(Release(version=version, tags=frozenset(), file=file))
    return tuple(found)


def newest_wheel(files: Iterable[IndexFile], wanted: SpecifierSet, tags: Sequence[Tag]) -> Release | None:
    """The newest stable wheel that `wanted` allows, of the first of `tags` that its version has."""
    order = {tag: rank for rank, tag in reversed(list(enumerate(tags)))}
    allowed = [
        release
        for release in wheels(files)
        if is_allowed(release.version, wanted) and not release.tags.isdisjoint(order)
    ]
    if not allowed:
        return None
    newest = max(release.version for release in allowed)
    same = (release for release in allowed if release.version == newest)
    return min(same, key=lambda release: min(order[tag] for tag in release.tags if tag in order))


def is_allowed(version: Version, wanted: SpecifierSet) -> bool:
    """Whether `wanted` takes `version`; pre-releases only when it names one."""
    return wanted.contains(version, prereleases=bool(wanted.prereleases))


def newest_versions(files: Iterable[IndexFile], limit: int = 3) -> tuple[str, ...]:
    """The newest versions that a page offers, for messages."""
    files = tuple(files)
    versions = {release.version for release in (*wheels(files), *sdists(files))}
    stable = {version for version in versions if not version.is_prerelease}
    return tuple(str(version) for version in sorted(stable or versions, reverse=True)[:limit])


def measured(client: Client, file: IndexFile) -> tuple[int, str]:
    """Size and sha256 of a file, asked for or downloaded when the page does not tell."""
    if file.sha256 and file.size is not None:
        return file.size, file.sha256
    if file.sha256:
        size = client.size(file.url)
        if size is not None:
            return size, file.sha256
    content = client.get(file.url).content
    sha256 = hashlib.sha256(content).hexdigest()
    if file.sha256 not in (None, sha256):
        message = f"{file.name} has sha256 {sha256}, but its index says {file.sha256}"
        raise HashMismatch(message, hint="try another index, or try again later")
    return len(content), sha256


def no_file(project: str, wanted: object, files: Iterable[IndexFile], kind: str) -> Unresolvable:
    """The error for a project without a fitting file."""
    newest = ", ".join(newest_versions(files)) or "nothing"
    message = f"the index has no {kind} of {project}{wanted} (it has {newest})"
    return Unresolvable(message, hint="change the version that is asked for")


class _Page(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._base = url
        self.files: list[IndexFile] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        href = named.get("href")
        if href is None:
            return
        if tag == "base":
            self._base = urljoin(self._base, href)
        elif tag == "a":
            url, fragment = urldefrag(urljoin(self._base, href))
            name = unquote(urlsplit(url).path.rpartition("/")[2])
            sha256 = fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else None
            self.files.append(IndexFile(name=name, url=url, sha256=sha256, yanked="data-yanked" in named))


def _json_file(item: Mapping[str, object], base: str) -> IndexFile:
    hashes, size = item.get("hashes"), item.get("size")
    sha256 = hashes.get("sha256") if isinstance(hashes, dict) else None
    return IndexFile(
        name=str(item["filename"]),
        url=urldefrag(urljoin(base, str(item["url"]))).url,
        sha256=sha256,
        size=size if isinstance(size, int) else None,
        yanked=bool(item.get("yanked", False)),
    )
