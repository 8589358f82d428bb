"""A source as the locks write it: package URL, file, size and hash, but no place to get it from."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packageurl import PackageURL

from wasmwright import limits
from wasmwright.errors import InvalidLock

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_IN_STORE_NAMES = re.compile(r"[^A-Za-z0-9+._?=-]")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9+._/-]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# What Nix takes.
_LONGEST_NAME = 211


@dataclass(frozen=True, kw_only=True)
class Source:
    """One pinned file of a registry.

    Of a `tree` the store holds what is unpacked; size and hash are those of that, archived by Nix (NAR).
    """

    purl: str
    file: str
    name: str
    size: int
    sha256: str
    tree: bool = False

    @property
    def package(self) -> PackageURL:
        """The parts of the package URL."""
        return PackageURL.from_string(self.purl)

    def to_json(self) -> dict[str, str | int]:
        """The entry as locks hold it; what has its default is left out."""
        entry: dict[str, str | int] = {"purl": self.purl, "file": self.file, "name": self.name, "size": self.size}
        entry["sha256"] = self.sha256
        if self.tree:
            entry["tree"] = True
        return entry


def store_name(file: str) -> str:
    """The name under which the Nix store holds `file`."""
    return _NOT_IN_STORE_NAMES.sub("_", posixpath.basename(file)).lstrip(".")


def make_source(package: PackageURL, *, file: str, size: int, sha256: str) -> Source:
    """A source with the store name that belongs to its file."""
    return Source(purl=package.to_string(), file=file, name=store_name(file), size=size, sha256=sha256)


def read_source(value: object, *, where: str) -> Source:
    """Check an entry that was read from the lock `where`."""
    if not isinstance(value, dict):
        raise _broken(where, "a source is not a table")
    purl, file, name = (_text(value, key, where) for key in ("purl", "file", "name"))
    size, sha256 = value.get("size"), _text(value, "sha256", where)
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= limits.SOURCE_SIZE.most:
        raise _broken(where, f"the source {name} has no size")
    if _SHA256.fullmatch(sha256) is None:
        raise _broken(where, f"the source {name} has no sha256 of 64 hexadecimal digits")
    if len(name) > _LONGEST_NAME:
        raise _broken(where, f"the name of the source {name} is longer than {_LONGEST_NAME} characters")
    if name != store_name(file):
        raise _broken(where, f"the source {file} is named {name} instead of {store_name(file)}")
    try:
        PackageURL.from_string(purl)
    except ValueError:
        raise _broken(where, f"`{purl}` is no package URL") from None
    return Source(
        purl=purl,
        file=file,
        name=name,
        size=size,
        sha256=sha256,
        tree=value.get("tree", False) is True,
    )


def relative_fault(path: str) -> str | None:
    """Why a path is not a plain one below the folder that it is meant in, or None where it is."""
    parts = path.split("/")
    if path.startswith("/"):
        return "is an absolute path"
    if ".." in parts:
        return "leaves its folder"
    if "." in parts or "" in parts:
        return "has `.` or an empty part"
    if _PLAIN_PATH.fullmatch(path) is None:
        return "has other characters than letters, digits and + . _ -"
    return None


def _text(value: Mapping[str, object], key: str, where: str) -> str:
    text = value.get(key)
    if not isinstance(text, str) or not text:
        raise _broken(where, f"a source has no `{key}`")
    return text


def _broken(where: str, what: str) -> InvalidLock:
    # Who reads the lock knows the command that makes it anew.
    return InvalidLock(f"{where}: {what}")
