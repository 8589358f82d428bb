"""What the contents of served files are known by."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wasmwright.serving.folder import ServedFile

_DIGITS = 32
_MOST_KNOWN = 100_000


class Digests:
    """Hashes of files, each made once while the file stays as it is.

    In a Nix store, and so in an image, every file has the same time: times and sizes tell no two files apart. And a
    hash is the same on every machine that serves the file.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], str] = {}

    def of(self, file: ServedFile) -> str:
        """Of all of an open file, which is at its beginning afterwards."""
        status = file.status
        key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            # Two threads may do it at once, with the same result.
            found = self._known[key] = _digest(file)
        return found


def _digest(file: ServedFile) -> str:
    with open(file.fileno(), "rb", closefd=False) as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()[:_DIGITS]
    file.seek(0)
    return digest
