"""The lock of the base or of a profile: what they resolved to, with hashes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.errors import InvalidLock
from wasmwright.lock.document import VERSION, read_document
from wasmwright.sources.entry import Source, read_source
from wasmwright.sources.wanted import RELOCK_TOOLCHAIN, Busybox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class ToolchainLock:
    """What the base or a profile resolved to. Roots, wheels and npm packages name their sources by store name.

    Only the base has the first shell, wheels and tarballs. `wishes` are digests of what was asked for, so that a later
    lock leaves alone what did not change.
    """

    name: str
    wanted_sha256: str
    roots: Mapping[str, tuple[str, ...]]
    npm: Mapping[str, str]
    sources: Mapping[str, Source]
    busybox: Busybox | None = None
    wheels: Mapping[str, str] = field(default_factory=dict)
    tarballs: Mapping[str, str] = field(default_factory=dict)
    wishes: Mapping[str, str] = field(default_factory=dict)

    def entries(
        self,
        roots: Iterable[str] | None = None,
        tarballs: Iterable[str] | None = None,
        wheels: Iterable[str] | None = None,
    ) -> tuple[Source, ...]:
        """The sources that every build needs, with those of these roots, tarballs and wheels; None means all."""
        wanted_roots = self.roots if roots is None else roots
        names = {name for root in wanted_roots for name in self.roots[root]}
        names.update(self.npm.values())
        names.update(self.wheels[key] for key in (self.wheels if wheels is None else wheels))
        names.update(self.tarballs[key] for key in (self.tarballs if tarballs is None else tarballs))
        if self.busybox is not None:
            names.add(self.busybox.source)
        return tuple(self.sources[name] for name in sorted(names))

    def root_entries(self, root: str) -> tuple[Source, ...]:
        """The sources of one root."""
        return tuple(self.sources[name] for name in self.roots[root])

    def to_json(self) -> dict[str, object]:
        """The document of the lock."""
        document: dict[str, object] = {
            "version": VERSION,
            "name": self.name,
            "wanted_sha256": self.wanted_sha256,
            "roots": {root: list(names) for root, names in self.roots.items()},
            "wheels": dict(self.wheels),
            "npm": dict(self.npm),
            "tarballs": dict(self.tarballs),
            "wishes": dict(self.wishes),
            "sources": {name: source.to_json() for name, source in self.sources.items()},
        }
        if self.busybox is not None:
            document["bootstrap"] = {"busybox": asdict(self.busybox)}
        return document


def read_toolchain_lock(path: Path) -> ToolchainLock:
    """Read and check the lock of the base or of a profile."""
    document = read_document(path, "./wasmwright lock --toolchain", anew=RELOCK_TOOLCHAIN)
    where, hint = path.name, f"restore it with git, or run `{RELOCK_TOOLCHAIN}`"
    try:
        roots = document.table("roots")
        sources = document.table("sources").content
        lock = ToolchainLock(
            name=document.text("name"),
            wanted_sha256=document.text("wanted_sha256"),
            busybox=_busybox(document.table("bootstrap")) if "bootstrap" in document.content else None,
            roots={root: roots.texts(root) for root in roots.content},
            wheels=document.table("wheels").all_texts(),
            npm=document.table("npm").all_texts(),
            tarballs=document.table("tarballs").all_texts(),
            wishes=document.table("wishes").all_texts(),
            sources={name: read_source(entry, where=where) for name, entry in sources.items()},
        )
        lock.entries()
    except InvalidLock as error:
        error.hint = hint
        raise
    except (KeyError, reading.Unreadable) as error:
        message = f"{where} is incomplete: {error}"
        raise InvalidLock(message, hint=hint) from None
    return lock


def _busybox(bootstrap: reading.Fields) -> Busybox:
    written = bootstrap.table("busybox")
    return Busybox(
        source=written.text("source"),
        member=written.text("member"),
        name=written.text("name"),
        nar_sha256=written.text("nar_sha256"),
    )
