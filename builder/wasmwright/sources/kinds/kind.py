"""What every kind of source offers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from wasmwright.sources.client import NoAnswer, NotThere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wasmwright.sources.client import Client
    from wasmwright.sources.entry import Source
    from wasmwright.sources.mirrors import Mirrors
    from wasmwright.sources.registries import Registries


@dataclass(frozen=True, kw_only=True)
class Option:
    """A key with which a recipe describes a source of a kind, as the reference page tells of it.

    `instead_of` names another one: exactly one of the two is written.
    """

    name: str
    meaning: str
    example: str
    check: Callable[[str], str | None]
    default: str | None = None
    required: bool = False
    instead_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class AskedVersion:
    """What is asked of an origin: a version, and of files that are for one platform, the one that is wanted."""

    version: str
    platform: str = ""


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """What a newest version has to fit: Pythons, by their full versions, and platforms of finished files."""

    pythons: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Latest:
    """The newest release that could be pinned, or None where nobody can tell.

    `passed_over` says which one is newer, and why it cannot be: a version that is not the newest is never taken
    without a word.
    """

    version: str | None = None
    passed_over: str = ""


class Origin(Protocol):
    """Where a recipe says that a source comes from: a frozen dataclass, whose fields decide what a lock holds.

    `is_wheel`: it is a finished wheel, and nothing is built.
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]
    is_wheel: ClassVar[bool]

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:
        """Ask the registry. Raises Unresolvable, PinUnavailable, MirrorUnreachable, NoMirror and HashMismatch."""
        ...

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:
        """What could be pinned now. Raises as `pin` does."""
        ...


class State(StrEnum):
    """What a mirror says about a pin."""

    THERE = "there"
    GONE = "gone"
    CHANGED = "changed"
    UNKNOWN = "unknown"


class Kind(Protocol):
    """A kind of source. `registry` is what people call where it comes from."""

    @property
    def key(self) -> str:
        """The key that names such a source in a recipe; empty for one that recipes cannot name."""
        ...

    @property
    def registry(self) -> str:
        """What people call the place where it comes from."""
        ...

    @property
    def has_version(self) -> bool:
        """Whether a version is asked for, beside what the options say."""
        ...

    @property
    def options(self) -> tuple[Option, ...]:
        """The key itself, and the keys that have a meaning beside it."""
        ...

    def origin(self, said: Mapping[str, str]) -> Origin:
        """What a recipe says, by the names of the options."""
        ...

    def owns(self, source: Source) -> bool:
        """Whether a pinned source is of this kind."""
        ...

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:
        """Addresses, the likeliest first; asking for the next one may ask a registry. Raises NotThere, NoAnswer."""
        ...

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:
        """The versions that the registry has now, the newest first. Raises NotThere and NoAnswer."""
        ...

    def probe(self, source: Source, registries: Registries) -> State:
        """Whether it is there still, without downloading it."""
        ...

    def text(self, source: Source, path: str, registries: Registries) -> str | None:
        """A file in it, by its path below the one folder at the top; None where there is none."""
        ...

    def samples(self, mirrors: Mirrors) -> list[str]:
        """Small addresses that tell whether the registry answers. Raises NoMirror."""
        ...


def probe_addresses(urls: Iterator[str], client: Client, *, size: int | None) -> State:
    """What the addresses say about something of that size; None: it has none of its own."""
    worst = State.GONE
    while True:
        try:
            url = next(urls, None)
            if url is None:
                return worst
            length = client.size(url)
        except NotThere:
            continue
        except NoAnswer:
            worst = State.UNKNOWN
            continue
        if size is None or length in {None, size}:
            return State.THERE
        worst = State.CHANGED
