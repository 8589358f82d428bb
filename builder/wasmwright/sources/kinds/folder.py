"""A project's own folder, archived on the spot. Recipes do not name it: it is where theirs lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from wasmwright.errors import InternalError, InvalidLock
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, Option, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.sources.entry import Source
    from wasmwright.sources.mirrors import Mirrors
    from wasmwright.sources.registries import Registries


@dataclass(frozen=True, kw_only=True)
class FolderSource:
    """The folder that the recipe lies in, whose pyproject.toml wants `requires` for building, and `run` (PEP 508)."""

    requires: tuple[str, ...]
    run: tuple[str, ...] = ()
    is_wheel: ClassVar[bool] = False

    def pin(self, asked: AskedVersion, registries: Registries) -> Source:  # noqa: ARG002 - nobody is asked
        """The archive is made, not asked for."""
        message = "a project's folder has no registry to be pinned at"
        raise InternalError(message, hint="report this")

    def newest(self, fitting: Fitting, registries: Registries) -> Latest:  # noqa: ARG002 - nobody is asked
        """Nobody tells."""
        return Latest()


@dataclass(frozen=True, kw_only=True)
class FolderKind:
    """See the module."""

    key: str = ""
    registry: str = ""
    has_version: bool = False
    options: tuple[Option, ...] = ()

    def origin(self, said: Mapping[str, str]) -> FolderSource:  # noqa: ARG002 - recipes say nothing
        """Nothing is said of it in a recipe."""
        return FolderSource(requires=())

    def owns(self, source: Source) -> bool:
        """Archives that were made here."""
        return source.package.type == "generic"

    def urls(self, source: Source, registries: Registries) -> Iterator[str]:  # noqa: ARG002 - nobody is asked
        """Nowhere but in the store."""
        message = f"{source.name} is the archive of a folder, and in no registry"
        raise InvalidLock(message, hint="build the project again: `./wasmwright build FOLDER`")

    def current(self, source: Source, registries: Registries) -> tuple[str, ...]:  # noqa: ARG002 - nobody is asked
        """Nobody tells."""
        return ()

    def probe(self, source: Source, registries: Registries) -> State:  # noqa: ARG002 - nobody is asked
        """It is made anew when it is needed."""
        return State.THERE

    def text(self, source: Source, path: str, registries: Registries) -> str | None:  # noqa: ARG002 - nobody is asked
        """Nobody asks."""
        return None

    def samples(self, mirrors: Mirrors) -> list[str]:  # noqa: ARG002 - nobody is asked
        """Nothing."""
        return []
