"""The folder that is served: from the path of a request to an open file in it, and to nothing outside of it."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from wasmwright.serving.errors import NotServable

INDEX = "index.html"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# The only hidden name with a meaning on the web (RFC 8615).
_WELL_KNOWN = ".well-known"
_DENIED = {errno.EACCES, errno.EPERM}
_EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}


class Refused(Exception):
    """A request that gets no file, and the status that it gets. It tells nothing of the folder."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class Moved(Exception):
    """A folder was asked for without the `/` at its end; `to` is the name to go on from there."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


class ServedFile(io.FileIO):
    """An open file of the folder. One that has become shorter fails instead of ending early."""

    def __init__(self, descriptor: int, *, path: str) -> None:
        super().__init__(descriptor, "r")
        self.path = path
        self.status = os.fstat(descriptor)

    @property
    def size(self) -> int:
        """In bytes, when it was opened."""
        return self.status.st_size

    def read(self, size: int | None = -1, /) -> bytes:
        """Raises OSError at the end, where a reader who knows the size never comes."""
        data = super().read(-1 if size is None else size)
        if not data and size:
            raise OSError(errno.EIO, "the file has become shorter while it was sent")
        return data or b""


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A folder whose files may be read over the network. `root` has no symbolic link in it."""

    root: Path

    @classmethod
    def at(cls, path: Path) -> Folder:
        """The folder `path`. Raises NotServable, with what to do."""
        try:
            root = path.resolve(strict=True)
            with os.scandir(root):
                pass
        except (OSError, RuntimeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "a symbolic link that leads to itself"
            message = f"{path} cannot be served: {reason}"
            raise NotServable(message, hint="name a folder that this user can read") from None
        return cls(root=root)

    def is_there(self) -> bool:
        """Whether it still can be read."""
        return os.access(self.root, os.R_OK | os.X_OK)

    def open(self, path: str) -> ServedFile:
        """The file for the path of a request, decoded; for a folder its page. The caller closes it.

        Raises Refused or Moved. Empty parts mean nothing; hidden names, `..`, symbolic links that leave the folder and
        all that is neither file nor folder are not there.
        """
        if _CONTROL.search(path):
            raise Refused(HTTPStatus.BAD_REQUEST)
        parts = [part for part in path.split("/") if part]
        if any(part.startswith(".") and part != _WELL_KNOWN for part in parts):
            raise Refused(HTTPStatus.NOT_FOUND)
        wants_folder = not parts or path.endswith("/")
        if stat.S_ISDIR(self._status("/".join(parts)).st_mode):
            if not wants_folder:
                # Only where there is something to come to.
                self._status("/".join([*parts, INDEX]))
                raise Moved(parts[-1])
            parts.append(INDEX)
        elif wants_folder:
            raise Refused(HTTPStatus.NOT_FOUND)
        return self._open("/".join(parts))

    def compressed(self, file: ServedFile, suffix: str) -> ServedFile | None:
        """The same file compressed by somebody before: the one beside it, unless that is older."""
        try:
            found = self._open(f"{file.path}{suffix}")
        except Refused:
            return None
        if found.status.st_mtime_ns < file.status.st_mtime_ns:
            found.close()
            return None
        return found

    def _status(self, path: str) -> os.stat_result:
        """Of what a path leads to."""
        try:
            return self._real(path).stat()
        except OSError as error:
            raise _refused(error) from None

    def _open(self, path: str) -> ServedFile:
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            real = self._real(path)
            # Opening a device may do something, and a pipe would be waited for.
            if not stat.S_ISREG(real.stat().st_mode):
                raise Refused(HTTPStatus.NOT_FOUND)
            file = ServedFile(os.open(real, flags), path=path)
        except OSError as error:
            raise _refused(error) from None
        if stat.S_ISREG(file.status.st_mode):
            return file
        file.close()
        raise Refused(HTTPStatus.NOT_FOUND)

    def _real(self, path: str) -> Path:
        """Where a path leads to, without symbolic links. Raises Refused for outside, OSError where nothing is."""
        try:
            real = Path(os.path.realpath(self.root / path, strict=True))
        except ValueError:
            raise Refused(HTTPStatus.BAD_REQUEST) from None
        if not real.is_relative_to(self.root):
            raise Refused(HTTPStatus.NOT_FOUND)
        return real


def _refused(error: OSError) -> Refused:
    if error.errno in _DENIED:
        return Refused(HTTPStatus.FORBIDDEN)
    if error.errno in _EXHAUSTED:
        return Refused(HTTPStatus.SERVICE_UNAVAILABLE)
    return Refused(HTTPStatus.INTERNAL_SERVER_ERROR if error.errno == errno.EIO else HTTPStatus.NOT_FOUND)
