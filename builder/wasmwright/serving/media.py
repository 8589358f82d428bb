"""Which media type a file is sent with, and how long it may be kept: by its path alone. Pure.

The machine's own tables of types are not asked, so that a folder is served alike everywhere.
"""

from __future__ import annotations

import mimetypes
import re
from pathlib import PurePosixPath

UNKNOWN = "application/octet-stream"
_JAVASCRIPT = "text/javascript"
_ZIP = "application/zip"
_PLAIN = "text/plain"
_TYPES = {
    ".wasm": "application/wasm",
    ".js": _JAVASCRIPT,
    ".mjs": _JAVASCRIPT,
    ".cjs": _JAVASCRIPT,
    ".json": "application/json",
    ".map": "application/json",
    ".ipynb": "application/x-ipynb+json",
    ".webmanifest": "application/manifest+json",
    ".html": "text/html",
    ".css": "text/css",
    ".whl": _ZIP,
    ".conda": _ZIP,
    ".zip": _ZIP,
    # Headers of a wheel, beside it (PEP 658).
    ".metadata": _PLAIN,
    # TypeScript, for which tables of types know a film.
    ".ts": _PLAIN,
    ".py": _PLAIN,
    ".toml": _PLAIN,
    ".data": UNKNOWN,
    ".br": UNKNOWN,
    ".tar": "application/x-tar",
    ".gz": "application/gzip",
    ".bz2": "application/x-bzip2",
    ".xz": "application/x-xz",
    ".zst": "application/zstd",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}
# What Python brings, without what it found on this machine.
_STANDARD = mimetypes.MimeTypes().types_map[True]
# A page of a simple index as JSON (PEP 691): what reads it tells by the type that it is one.
_INDEX = re.compile(r"(?:^|/)simple/(?:[^/]+/)?index\.json$")
_INDEX_TYPE = "application/vnd.pypi.simple.v1+json"

_REVALIDATED = "no-cache"
_DAY = "public, max-age=86400"
_FOR_EVER = "public, max-age=31536000, immutable"
# The bytes of a name of these do not change, unless somebody builds them anew without a new version.
_VERSIONED = (".whl", ".whl.metadata", ".conda")
# What bundlers put into names: the hash of a file, in a part of its own. Both digits and letters, so no date or word.
_HASH = re.compile(r"(?:^|[.\-_])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{16,}(?=[.\-_]|$)")


def media_type(path: str) -> str:
    """The value of Content-Type for the file at `path`, with the charset of text."""
    if _INDEX.search(path):
        return _INDEX_TYPE
    suffix = PurePosixPath(path).suffix.lower()
    kind = _TYPES.get(suffix) or _STANDARD.get(suffix, UNKNOWN)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def cache_control(path: str, *, keep_versioned: bool) -> str:
    """The value of Cache-Control for the file at `path`.

    What is named by its content may be kept for ever, what is named by its version for a day with `keep_versioned`;
    all else may be kept too, but has to be asked for again, and is mostly answered with "not modified".
    """
    name = PurePosixPath(path).name
    if name.endswith(_VERSIONED):
        return _DAY if keep_versioned else _REVALIDATED
    return _FOR_EVER if _HASH.search(name) else _REVALIDATED
