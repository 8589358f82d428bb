"""Copying an image by skopeo: progress, one step at the end for files, errors in its own words without credentials."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.carrying.destination import Destination, Way
from wasmwright.carrying.errors import DestinationRefused, DestinationUnreachable, ImageNotCopied
from wasmwright.environment.errors import OutputInTheWay
from wasmwright.errors import DiskFull
from wasmwright.files import folder_without_room, replacing
from wasmwright.names import quoted
from wasmwright.places import write_fault
from wasmwright.plaintext import plain
from wasmwright.process import ProgramMissing, run_streaming

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from wasmwright.carrying.image import Image
    from wasmwright.failure import WasmwrightError

_SOCKET = Path("/var/run/docker.sock")
_FOR_LARGE_FILES = Path("/var/tmp")  # noqa: S108 - a folder with a random name is made in it
_NAMED = 5
# All that an OCI layout has at its top.
_LAYOUT = frozenset({"blobs", "index.json", "oci-layout"})
# Both streams as one: what skopeo tells of its progress, and its errors.
_TOGETHER = ("/bin/sh", "-c", 'exec "$@" >&2', "sh")
_BLOB = re.compile(r"Copying blob (?:sha256:)?([0-9a-f]{12,64})")
_FATAL = re.compile(r'level=(?:fatal|error) msg="((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)")
_CREDENTIALS = (
    (re.compile(r"://[^/\s\"'@]+@"), "://"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{8,}"), r"\1 ..."),
    (re.compile(r"(?i)\b(password|token|secret|authorization)(=|: ?)[^\s&\"']+"), r"\1\2..."),
)
_FULL = ("no space left on device", "disk quota exceeded")
_REFUSED = (
    *("unauthorized", "denied", "authentication required", "forbidden", "invalid username/password"),
    *("not allowed", "read-only", "toomanyrequests", "manifest invalid", "unsupported", "status: 4", "status code 4"),
)
_UNREACHABLE = (
    *("no such host", "connection refused", "i/o timeout", "network is unreachable", "no route to host"),
    *("server gave http response to https client", "x509:", "tls:", "cannot connect to the docker daemon"),
    *("connection reset", "deadline exceeded", "server misbehaving", "name resolution", "status: 5", "status code 5"),
    # What skopeo says of a daemon that does not answer, too.
    "read/write on closed pipe",
)
_NO_DAEMON = "start it, or take `docker-archive:FILE` and `docker load` it elsewhere"
_ADVICE = {
    "server gave http response to https client": "the registry has no TLS: say so in registries.conf(5), with "
    "`insecure = true`",
    "x509:": "the registry's certificate is of an authority that this machine does not know: containers-certs.d(5)",
    "cannot connect to the docker daemon": _NO_DAEMON,
    "read/write on closed pipe": _NO_DAEMON,
}


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """How images are copied: `skopeo` is the program; the user's `environment` says where their credentials are."""

    skopeo: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]


def check_destination(
    destination: Destination, environment: Mapping[str, str], *, force: bool, socket: Path = _SOCKET
) -> None:
    """Raise what can be known before anything is built: no daemon, no podman, something in the way."""
    match destination.way:
        case Way.PODMAN if shutil.which("podman", path=environment.get("PATH")) is None:
            message = "`podman` is not installed"
            raise ProgramMissing(message, hint="`apt-get install podman`, or take `oci:DIR` or `docker-archive:FILE`")
        case Way.DOCKER:
            _check_daemon(environment.get("DOCKER_HOST"), socket)
        case Way.LAYOUT | Way.ARCHIVE:
            assert destination.path is not None
            _check_path(destination.path, destination.way, force=force)
        case _:
            pass


def carry(image: Image, destination: Destination, carrier: Carrier) -> str:
    """Copy an image; returns the digest that it has there. Raises the error that belongs to what skopeo says."""
    final = destination.path
    placing: AbstractContextManager[Path | None] = nullcontext() if final is None else replacing(final)
    large = _for_large_files(carrier.environment) if destination.way is Way.DOCKER else None
    with placing as path, tempfile.TemporaryDirectory(dir=large) as folder:
        digests = Path(folder) / "digest"
        options = ["--digestfile", str(digests)]
        # As Docker does: a registry of this machine need not have a certificate.
        options += ["--dest-tls-verify=false"] if destination.is_local else []
        source = f"oci:{image.folder}:{image.tag}"
        copying = _Copying(image=image, destination=destination, carrier=carrier)
        if destination.way is Way.DOCKER:
            # skopeo gives a daemon no layers that zstd has compressed. In an archive they are as they were before.
            archive = f"{Way.ARCHIVE}{folder}/image.tar:{image.name}:{image.tag}"
            copying.copy(source, archive, [], Path(folder) / "image.tar")
            source = archive
            host = carrier.environment.get("DOCKER_HOST")
            options += ["--dest-daemon-host", host] if host else []
        copying.copy(source, destination.for_skopeo(image.name, image.tag, path=path), options, path)
        return digests.read_text(encoding="utf-8").strip()


def _for_large_files(environment: Mapping[str, str]) -> Path | None:
    """Where an image may lie for a while: not in memory, as `/tmp` often is. None where that cannot be written to."""
    folder = Path(environment.get("TMPDIR") or _FOR_LARGE_FILES)
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


@dataclass(frozen=True, kw_only=True)
class _Copying:
    """One image, on its way to one destination."""

    image: Image
    destination: Destination
    carrier: Carrier

    def copy(self, source: str, there: str, options: list[str], path: Path | None) -> None:
        """Have skopeo copy, to a file or folder `path`, if to any. Raises the error that belongs to what it says."""
        progress = _Progress(image=self.image, say=self.carrier.say)
        done = run_streaming(
            [*_TOGETHER, self.carrier.skopeo, "--insecure-policy", "copy", *options, source, there],
            env=self.carrier.environment,
            cwd=Path("/"),
            on_stderr_line=progress.line,
        )
        if done.returncode != 0:
            raise failure(progress.lines, self.destination, path)


@dataclass(kw_only=True)
class _Progress:
    """What skopeo says, as it comes."""

    image: Image
    say: Callable[[str], None]
    lines: list[str] = field(default_factory=list)
    _begun: int = 0

    def line(self, text: str) -> None:
        """A line."""
        self.lines.append(text)
        found = _BLOB.search(text)
        if found is None:
            return
        for layer in self.image.layers:
            if layer.digest.removeprefix("sha256:").startswith(found[1]):
                self._begun += 1
                self.say(f"layer {self._begun} of {len(self.image.layers)}: {layer.name}, {layer.size / 1e6:.1f} MB")
                return


def failure(lines: list[str], destination: Destination, path: Path | None = None) -> WasmwrightError:
    """The error that belongs to what skopeo said before it ended. Credentials are not repeated."""
    fatal = [found[1] for line in lines for found in _FATAL.finditer(line)]
    told = [without_credentials(_unquoted(text)) for text in fatal[-3:]]
    told = told or [without_credentials(line) for line in lines[-3:]]
    excerpt = "\n".join(plain(text) for text in told) or None
    said = "\n".join(told).lower()
    shown = destination.shown()
    if any(word in said for word in _FULL) or (path is not None and folder_without_room([path.parent]) is not None):
        # On the way to a daemon it lies in a folder that the user did not name.
        is_between = path is not None and destination.path is None
        message = f"no space left for {shown}" + (f" in {path.parent.parent}" if is_between and path else "")
        more = ", or let TMPDIR name a folder with more of it" if is_between else ""
        return DiskFull(message, hint=f"free some space{more}, and run the same command again")
    hint = next((advice for word, advice in _ADVICE.items() if word in said), None)
    if any(word in said for word in _UNREACHABLE):
        message = f"{shown} cannot be reached"
        return DestinationUnreachable(message, hint=hint or "see that it runs, and how it is spelled", excerpt=excerpt)
    if any(word in said for word in _REFUSED):
        message = f"{shown} refuses the image"
        login = "`podman login`, `docker login` or `skopeo login`, with a user who may write there"
        return DestinationRefused(message, hint=login, excerpt=excerpt)
    message = f"the image was not copied to {shown}"
    return ImageNotCopied(message, hint="`./wasmwright --debug container ...` tells more", excerpt=excerpt)


def _unquoted(text: str) -> str:
    """A text as Go quotes it, without the quotes around it."""

    def meant(found: re.Match[str]) -> str:
        escaped = found[1]
        if len(escaped) > 1:
            code = int(escaped[1:], 16)
            return chr(code) if code <= sys.maxunicode else ""
        return {"n": "\n", "t": "\t", "r": "\r"}.get(escaped, escaped)

    return _ESCAPED.sub(meant, text)


def without_credentials(text: str) -> str:
    """A text in which nothing stands that lets anybody in."""
    for pattern, instead in _CREDENTIALS:
        text = pattern.sub(instead, text)
    return text


def _check_daemon(host: str | None, socket: Path) -> None:
    if not host and not socket.exists():
        message = f"there is no Docker daemon: DOCKER_HOST is not set, and {socket} is not there"
        raise DestinationUnreachable(message, hint=_NO_DAEMON)
    if host and host.startswith("unix://") and not Path(host.removeprefix("unix://")).exists():
        message = f"there is no Docker daemon: DOCKER_HOST is {quoted(host)}, which is not there"
        raise DestinationUnreachable(message, hint=_NO_DAEMON)


def _check_path(path: Path, way: Way, *, force: bool) -> None:
    if (fault := write_fault(path.parent)) is not None:
        raise fault
    if not os.path.lexists(path):
        return
    if way is Way.LAYOUT and path.is_dir() and not path.is_symlink():
        found = {one.name for one in path.iterdir()}
        if not found:
            return
        foreign = sorted(found - _LAYOUT)
        if foreign or "oci-layout" not in found:
            named = ", ".join((foreign or sorted(found))[:_NAMED])
            message = f"{path} holds what is no image: {named}"
            raise OutputInTheWay(message, hint="give another folder, or move that away")
    elif way is Way.LAYOUT or not path.is_file() or path.is_symlink():
        message = f"{path} is there already, and is no {'folder' if way is Way.LAYOUT else 'file'}"
        raise OutputInTheWay(message, hint="give another name")
    if not force:
        message = f"{path} is there already"
        raise OutputInTheWay(message, hint="`--force` replaces it")
