"""PyPI's Simple API (HTML or JSON), with links that may be relative."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)

from wasmwright import limits
from wasmwright.addresses import joined
from wasmwright.errors import HashMismatch, Unresolvable
from wasmwright.names import normalize
from wasmwright.reading import Fields, Unreadable, json_fields
from wasmwright.sources.client import BROKEN, WEB_PAGE, Client, NoAnswer, NotThere, describe, is_web_page, pieces
from wasmwright.sources.replies import unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from packaging.tags import Tag
    from packaging.version import Version

    from wasmwright.sources.client import Reply

_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
# What file systems take.
_LONGEST_NAME = 255
_ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


@dataclass(frozen=True, kw_only=True)
class IndexFile:
    """A file that a project's page offers."""

    name: str
    url: str
    sha256: str | None = None
    size: int | None = None
    yanked: bool = False
    requires_python: str | None = None

    def is_for(self, python: str) -> bool:
        """Whether it is for that version of Python. What cannot be understood is said of no version."""
        try:
            wanted = SpecifierSet(self.requires_python or "")
        except InvalidSpecifier:
            return True
        return wanted.contains(python, prereleases=True)


@dataclass(frozen=True, kw_only=True)
class Release:
    """A file of one version, wheel or sdist."""

    version: Version
    tags: frozenset[Tag]
    file: IndexFile

    @property
    def is_pure(self) -> bool:
        """Whether it is a wheel that runs anywhere."""
        return any(tag.platform == "any" and tag.abi == "none" for tag in self.tags)


def list_files(client: Client, indexes: Sequence[str], project: str) -> tuple[IndexFile, ...]:
    """What the first index that knows `project` offers; else NotThere, or NoAnswer where one gives no page of it."""
    refusals: list[NotThere | NoAnswer] = []
    for index in indexes:
        url = f"{index}/{normalize(project)}/"
        try:
            return read_page(client.read(url, headers={"Accept": _ACCEPT}, most=limits.JSON_SIZE), project)
        except (NotThere, NoAnswer) as refusal:
            refusals.append(refusal)
    raise next((refusal for refusal in refusals if isinstance(refusal, NoAnswer)), refusals[0])


def read_page(answer: Reply, project: str) -> tuple[IndexFile, ...]:
    """The files on a project's page. Raises NoAnswer for what is no such page."""
    try:
        if "json" in answer.kind:
            return _json_files(answer)
        limits.PAGE_SIZE.check(len(answer.content), "it")
        page = _Page(answer.url)
        page.feed(answer.text())
    except (ValueError, AssertionError, limits.LimitExceeded) as error:
        raise unusable(answer, "page of a package index", error) from None
    if not page.is_of(project):
        raise NoAnswer(answer.url, f"its page names no file of {project}: {WEB_PAGE}")
    return tuple(page.files)


def wheels(files: Iterable[IndexFile]) -> tuple[Release, ...]:
    """The wheels among `files` that are not yanked."""
    found = []
    for file in files:
        if file.name.endswith(".whl") and not file.yanked and _is_plausible(file.name):
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
        if file.name.endswith((".tar.gz", ".zip")) and not file.yanked and _is_plausible(file.name):
            try:
                _, version = parse_sdist_filename(file.name)
            except InvalidSdistFilename:
                continue
            found.append(Release(version=version, tags=frozenset(), file=file))
    return tuple(found)


def _is_plausible(name: str) -> bool:
    """Whether it may be the name of a wheel or sdist, and says no thousands of tags."""
    tags = (part.count(".") + 1 for part in name.removesuffix(".whl").split("-")[-3:])
    return len(name) <= _LONGEST_NAME and math.prod(tags) <= limits.WHEEL_TAGS.most


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


@dataclass(frozen=True, kw_only=True)
class Usable:
    """Which files can be taken: `fits` judges one, `what` names such a file, and they have to be for all `pythons`."""

    fits: Callable[[Release], bool]
    what: str
    pythons: tuple[str, ...] = ()

    def is_for(self, file: IndexFile) -> bool:
        """Whether a file is for all the Pythons."""
        return all(file.is_for(python) for python in self.pythons)


PURE_WHEEL = Usable(fits=lambda release: release.is_pure, what="pure wheel")


def newest_of(files: Iterable[IndexFile], usable: Usable) -> str | None:
    """The newest stable version with a file that can be taken."""
    fitting = [release.version for release in _stable(files) if usable.fits(release) and usable.is_for(release.file)]
    return str(max(fitting)) if fitting else None


def passed_over(files: Iterable[IndexFile], usable: Usable, *, than: Version | None) -> str:
    """What the newest stable version is and lacks, where it is newer than what is taken; else nothing."""
    releases = _stable(files)
    newest = max((release.version for release in releases), default=None)
    if newest is None or (than is not None and newest <= than):
        return ""
    same = [release for release in releases if release.version == newest and usable.fits(release)]
    if not same:
        return f"{newest} is newer, and has no {usable.what}"
    refused = next((release.file for release in same if not usable.is_for(release.file)), None)
    return "" if refused is None else f"{newest} is newer, and is for Python {refused.requires_python}"


def _stable(files: Iterable[IndexFile]) -> list[Release]:
    files = tuple(files)
    return [release for release in (*wheels(files), *sdists(files)) if not release.version.is_prerelease]


def measured(client: Client, file: IndexFile) -> tuple[int, str]:
    """Size and sha256 of a file, asked for or downloaded when the page does not tell."""
    if file.sha256 and file.size is not None:
        return file.size, file.sha256
    if file.sha256:
        size = client.size(file.url)
        if size is not None:
            return size, file.sha256
    size, sha256 = _downloaded(client, file.url)
    if file.sha256 not in (None, sha256):
        message = f"{file.name} has sha256 {sha256}, but its index says {file.sha256}"
        raise HashMismatch(message, hint="try another index, or try again later")
    return size, sha256


def _downloaded(client: Client, url: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with client.get(url, headers={"Accept-Encoding": "identity"}) as response:
        if is_web_page(response):
            raise NoAnswer(url, WEB_PAGE)
        try:
            for piece in pieces(response):
                digest.update(piece)
                size += len(piece)
                limits.SOURCE_SIZE.check(size, url)
        except BROKEN as error:
            raise NoAnswer(url, describe(error)) from None
    return size, digest.hexdigest()


def no_file(project: str, wanted: object, files: Iterable[IndexFile], kind: str) -> Unresolvable:
    """The error for a project without a fitting file."""
    newest = ", ".join(newest_versions(files)) or "nothing"
    message = f"the index has no {kind} of {project}{wanted} (it has {newest})"
    return Unresolvable(message, hint="change the version that is asked for")


class _Page(HTMLParser):
    """A project's page as PEP 503 has it. Links that lead nowhere, as any page has them, are passed over."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._base = url
        self._tags = 0
        self._is_repository = False
        self.files: list[IndexFile] = []

    def is_of(self, project: str) -> bool:
        """Whether it is the page of `project`, and not of a network that wants one to log in."""
        name = normalize(project)
        return self._is_repository or any(normalize(file.name).startswith(name) for file in self.files)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags += 1
        limits.PAGE_TAGS.check(self._tags, "it")
        named = dict(attrs)
        self._is_repository |= tag == "meta" and named.get("name") == "pypi:repository-version"
        href = named.get("href")
        url = joined(self._base, href) if href is not None and tag in {"a", "base"} else None
        if href is None or url is None:
            return
        if tag == "base":
            self._base = url
            return
        limits.PAGE_FILES.check(len(self.files), "it")
        algorithm, _, digest = href.rpartition("#")[2].partition("=")
        self.files.append(
            IndexFile(
                name=unquote(urlsplit(url).path.rpartition("/")[2]),
                url=url,
                sha256=digest.lower() if algorithm == "sha256" and _SHA256.fullmatch(digest) else None,
                yanked="data-yanked" in named,
                requires_python=named.get("data-requires-python"),
            )
        )


def _json_files(answer: Reply) -> tuple[IndexFile, ...]:
    entries = json_fields(answer.content, where="it").tables("files")
    limits.PAGE_FILES.check(len(entries), "it")
    return tuple(_json_file(entry, answer.url) for entry in entries)


def _json_file(entry: Fields, base: str) -> IndexFile:
    name, link = entry.text("filename"), entry.text("url")
    url = joined(base, link)
    sha256 = entry.table("hashes", is_optional=True).optional_text("sha256")
    size = None if entry.content.get("size") is None else entry.number("size")
    faults = {
        f"no web address: {link[:200]!r}": url is None,
        "no sha256 of 64 hexadecimal digits": sha256 is not None and _SHA256.fullmatch(sha256) is None,
        f"a size of {size}": size is not None and not 0 <= size <= limits.SOURCE_SIZE.most,
    }
    fault = next((text for text, is_so in faults.items() if is_so), None)
    if url is None or fault is not None:
        reason = f"the file {name[:200]!r} has {fault}"
        raise Unreadable(reason)
    return IndexFile(
        name=name,
        url=url,
        sha256=None if sha256 is None else sha256.lower(),
        size=size,
        yanked=bool(entry.content.get("yanked", False)),
        requires_python=_said_of_python(entry.content.get("requires-python")),
    )


def _said_of_python(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= _LONGEST_NAME else None
