"""Where an image is to go, as users write it: skopeo's words, and `podman` and `docker` for this machine. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Way(StrEnum):
    """How an image gets there."""

    PODMAN = "podman"
    DOCKER = "docker"
    LAYOUT = "oci:"
    ARCHIVE = "docker-archive:"
    REGISTRY = "docker://"


WORDS = "podman, docker, oci:DIR, docker-archive:FILE or docker://HOST/NAME:TAG"
_LOCAL = re.compile(r"(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]+)?/")
_TAG = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}"
# A folder or file, which may be followed by what the image is called inside.
_IN_FILE = re.compile(rf"(?P<path>[^:]+)(:(?P<reference>([a-z0-9._/-]+:)?{_TAG}))?")
_IN_REGISTRY = re.compile(
    rf"(?P<host>[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9a-fA-F:]+\](:[0-9]+)?)/(?P<name>[a-z0-9]+([._/-]+[a-z0-9]+)*)(:(?P<tag>{_TAG}))?"
)


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A place for an image: `path` of a layout or archive, `place` with its host for a registry.

    `reference` is what the image is called there, where the user says so.
    """

    way: Way
    path: Path | None = None
    place: str = ""
    reference: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is a registry of this machine, which needs no certificate, as with Docker."""
        return self.way is Way.REGISTRY and _LOCAL.match(self.place) is not None

    def shown(self) -> str:
        """As users write it."""
        if self.path is not None:
            return f"{self.way}{self.path}"
        return f"{self.way}{self.place}" if self.way is Way.REGISTRY else str(self.way)

    def for_skopeo(self, name: str, tag: str, *, path: Path | None = None) -> str:
        """The destination of an image `name`:`tag`, as skopeo takes it, with `path` instead of its own."""
        match self.way:
            case Way.PODMAN:
                return f"containers-storage:localhost/{name}:{tag}"
            case Way.DOCKER:
                return f"docker-daemon:{name}:{tag}"
            case Way.LAYOUT:
                return f"oci:{path or self.path}:{self.reference or tag}"
            case Way.ARCHIVE:
                return f"docker-archive:{path or self.path}:{self.reference or f'{name}:{tag}'}"
            case Way.REGISTRY:
                return f"docker://{self.place}:{self.reference or tag}"


def read_destination(text: str) -> Destination:
    """What the user wrote. Raises ValueError, whose text says what is wrong and does not repeat a password."""
    if text in {Way.PODMAN, Way.DOCKER}:
        return Destination(way=Way(text))
    for way in (Way.LAYOUT, Way.ARCHIVE):
        if text.startswith(way):
            return _in_file(way, text.removeprefix(way))
    if text.startswith(Way.REGISTRY):
        return _in_registry(text.removeprefix(Way.REGISTRY))
    message = f"the destination is none of {WORDS}"
    raise ValueError(message)


def _in_file(way: Way, rest: str) -> Destination:
    found = _IN_FILE.fullmatch(rest)
    if found is None:
        what = "folder" if way is Way.LAYOUT else "file"
        message = f"behind `{way}` has to stand a {what}, whose name has no colon, and perhaps `:` and a tag"
        raise ValueError(message)
    return Destination(way=way, path=Path(found["path"]).absolute(), reference=found["reference"])


def _in_registry(rest: str) -> Destination:
    if "@" in rest:
        message = (
            "a destination has no user, password or digest in it: "
            "`podman login HOST`, `docker login HOST` or `skopeo login HOST` keep those in a file of yours"
        )
        raise ValueError(message)
    found = _IN_REGISTRY.fullmatch(rest)
    if found is None:
        message = f"docker://{rest} is no HOST/NAME:TAG, with the name in lower case"
        raise ValueError(message)
    return Destination(way=Way.REGISTRY, place=f"{found['host']}/{found['name']}", reference=found["tag"])
