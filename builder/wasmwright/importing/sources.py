"""Where a foreign recipe takes its source from, as recipes here say it: by name, and not by place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename

from wasmwright.names import normalize, quoted
from wasmwright.sources.hashes import hash_in_hex
from wasmwright.sources.kinds.github import repository_fault, revision_fault
from wasmwright.sources.kinds.tarball import file_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.importing.foreign import Cited, Foreign, ForeignSource

# Addresses of an index keep its files below such folders, at whatever host.
_INDEX_PATH = re.compile(
    r"/packages/(?:source/[^/]+/[^/]+|[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{60}|[a-z0-9.]+/[^/]+/[^/]+)/([^/]+)"
)
_FORGE = re.compile(
    r"/([^/]+/[^/]+?)(?:\.git)?/(?:archive|tarball|zipball)/(?:refs/(?:tags|heads)/)?(.+?)(\.tar\.gz|\.tgz|\.tar\.bz2|\.zip)?"
)
_CODELOAD = re.compile(r"/([^/]+/[^/]+)/(?:tar\.gz|zip)/(?:refs/(?:tags|heads)/)?(.+)")
_CLONE = re.compile(r"/([^/]+/[^/]+?)(?:\.git)?/?")
_NPM = re.compile(r"/((?:@[^/]+/)?[^/]+)/-/[^/]+\.tgz")
_GITHUB = {"github.com", "www.github.com", "codeload.github.com"}


@dataclass(frozen=True, kw_only=True)
class NamedSource:
    """The keys of [source] that name it, and the version that the address says.

    `is_for_all`: it is for all profiles, as all but a wheel of upstream's for some platform are.
    """

    keys: dict[str, str]
    version: str | None = None
    is_wheel: bool = False
    is_for_all: bool = True


def name_source(foreign: Foreign, source: ForeignSource) -> NamedSource | None:
    """The source by name; what a person has to know of it goes to the findings. None where recipes cannot name it."""
    if source.named is not None:
        return source.named
    if source.repository is not None:
        return _repository(foreign, source, source.repository)
    candidates = [(url, named) for url in source.urls for named in _by_address(foreign, source, url)]
    if candidates:
        url, named = candidates[0]
        for other in source.urls:
            if other is not url:
                foreign.findings.note("another address of the same file is left out", key=other.key, line=other.line)
        return named
    return None if foreign.is_library or not source.urls else _on_index(foreign, source.urls[0])


def _on_index(foreign: Foreign, url: Cited) -> NamedSource | None:
    """What the index has instead of a wheel that lies elsewhere, or of a source, where its project is said."""
    project = foreign.project or (foreign.name if url.text.endswith(".whl") else None)
    if project is None:
        return None
    name = normalize(project.text)
    if url.text.endswith(".whl"):
        message = f"the index's own wheel of `{name}` is taken instead of {quoted(url.text)}, if `lock` finds one"
        foreign.findings.note(message, key=url.key, line=url.line)
        return NamedSource(keys={"pypi-wheel": name}, is_wheel=True, is_for_all=url.text.endswith("-any.whl"))
    message = f"the index's own sdist of `{name}` is taken instead of {quoted(url.text)}"
    foreign.findings.note(message, key=url.key, line=url.line)
    return NamedSource(keys={"pypi": name})


def _by_address(foreign: Foreign, source: ForeignSource, url: Cited) -> Iterator[NamedSource]:
    try:
        parts = urlsplit(url.text)
    except ValueError:
        return
    host, path = (parts.hostname or "").lower(), unquote(parts.path)
    if found := _INDEX_PATH.fullmatch(path):
        yield from _index_file(found[1])
    elif host in _GITHUB and (found := _FORGE.fullmatch(path) or _CODELOAD.fullmatch(path)):
        # Of a zip archive with a hash that hash is worth more than the repository, whose tar has another.
        is_zip = path.endswith(".zip") or "/zip" in path
        if not (is_zip and path.endswith(".zip") and source.sha256 and _is_hash(source.sha256.text)):
            yield from _archive(foreign, source, url, (found[1], found[2]), is_zip=is_zip)
    elif found := _NPM.fullmatch(path):
        yield NamedSource(keys={"npm": found[1]})


def _index_file(file: str) -> Iterator[NamedSource]:
    try:
        if file.endswith(".whl"):
            name, version, _, tags = parse_wheel_filename(file)
            pure = any(tag.platform == "any" for tag in tags)
            yield NamedSource(keys={"pypi-wheel": name}, version=str(version), is_wheel=True, is_for_all=pure)
        elif file.endswith((".tar.gz", ".zip")):
            name, version = parse_sdist_filename(file)
            yield NamedSource(keys={"pypi": name}, version=str(version))
        elif found := re.fullmatch(r"([A-Za-z0-9._-]+?)-(\d[^-]*)\.(?:tar\.\w+|tgz)", file):
            yield NamedSource(keys={"pypi": normalize(found[1])}, version=found[2])
    except (InvalidSdistFilename, InvalidWheelFilename):
        return


def _archive(
    foreign: Foreign, source: ForeignSource, url: Cited, revision: tuple[str, str], *, is_zip: bool
) -> Iterator[NamedSource]:
    repository, rev = revision
    if repository_fault(repository) or revision_fault(rev):
        return
    keys = {"github": repository, "rev": rev}
    sha256 = source.sha256
    if sha256 is None or not _is_hash(sha256.text):
        foreign.findings.person(
            "no sha256 is said: write the one of the archive as `archive-sha256`", key=url.key, line=url.line
        )
    elif is_zip:
        foreign.findings.person(
            "the sha256 is that of a zip archive, and the tar is taken: write its `archive-sha256`",
            key=sha256.key,
            line=sha256.line,
        )
    else:
        keys["archive-sha256"] = sha256.text.lower()
    keys.setdefault("archive-sha256", "0" * 64)
    yield NamedSource(keys=keys)


def _repository(foreign: Foreign, source: ForeignSource, repository: Cited) -> NamedSource | None:
    try:
        parts = urlsplit(repository.text)
    except ValueError:
        return None
    found = _CLONE.fullmatch(parts.path)
    rev = source.rev
    if (parts.hostname or "").lower() not in _GITHUB or found is None or rev is None or revision_fault(rev.text):
        return None
    foreign.findings.person(
        f"a clone of {quoted(found[1])} has no hash: write `archive-sha256`; submodules are further sources",
        key=repository.key,
        line=repository.line,
    )
    return NamedSource(keys={"github": found[1], "rev": rev.text, "archive-sha256": "0" * 64})


def name_archive(foreign: Foreign, source: ForeignSource) -> NamedSource | None:
    """An archive by its name and hash, from wherever; None for what is none, or has no hash."""
    sha256 = source.sha256
    if sha256 is None or not _is_hash(sha256.text):
        return None
    for url in source.urls:
        path = url.text.partition("?")[0].partition("#")[0].rstrip("/").removesuffix("/download")
        file = unquote(path.rpartition("/")[2])
        if file_fault(file) is None:
            message = f"{quoted(file)} is on no registry: it is asked for by its hash, where the configuration says"
            foreign.findings.note(f"{message}; there it was {quoted(url.text)}", key=url.key, line=url.line)
            return NamedSource(keys={"tarball": file, "tarball-sha256": sha256.text.lower()})
    return None


def _is_hash(text: str) -> bool:
    return hash_in_hex(text.lower()) is not None


def is_of_index(url: str) -> bool:
    """Whether an address is one of a file of the Python package index."""
    try:
        return _INDEX_PATH.fullmatch(unquote(urlsplit(url).path)) is not None
    except ValueError:
        return False
