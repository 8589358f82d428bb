"""What kinds of sources ask: this machine's registries, with what was read from them in one run."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright import limits, paths
from wasmwright.config import load_config
from wasmwright.errors import HashMismatch, MirrorUnreachable, NoMirror, PinUnavailable
from wasmwright.sources import pypi
from wasmwright.sources.apt import ARCHITECTURE, COMPONENT, Apt
from wasmwright.sources.archivetext import text_in
from wasmwright.sources.client import Client, NoAnswer, NotThere
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from wasmwright.sources.entry import Source


TRY_LATER = "try again later, set another mirror (WASMWRIGHT_* variables), or take another version"


@dataclass(kw_only=True)
class Registries:
    """Where to ask, and where to keep what apt reads. `step` is told what is being done."""

    client: Client
    mirrors: Mirrors
    cache: Path
    step: Callable[[str], None] = lambda _: None
    _pages: dict[str, tuple[pypi.IndexFile, ...]] = field(default_factory=dict, init=False)
    _suites: dict[tuple[str, ...], Apt | MirrorUnreachable | NoMirror] = field(default_factory=dict, init=False)
    # What was got, or asked for, in this run: the sha256 of each file.
    _there: set[str] = field(default_factory=set, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    # The file that a thread read last: several texts of one archive are asked for one after the other.
    _last: threading.local = field(default_factory=threading.local, init=False)
    # Of its own, as it is held while lists are fetched.
    _apt_lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def page(self, project: str) -> tuple[pypi.IndexFile, ...]:
        """The files of a project on the package index, asked for once. Raises NotThere and NoAnswer."""
        with self._lock:
            known = self._pages.get(project)
        if known is None:
            known = pypi.list_files(self.client, self.mirrors.pypi, project)
            with self._lock:
                self._pages[project] = known
        return known

    def apt(self, suite: str, architecture: str = ARCHITECTURE, component: str = COMPONENT) -> Apt:
        """Apt with the lists of a Debian suite, fetched once. Raises MirrorUnreachable and NoMirror."""
        key = suite, architecture, component
        with self._apt_lock:
            if key not in self._suites:
                self._suites[key] = self._updated(*key)
            known = self._suites[key]
        if not isinstance(known, Apt):
            raise known
        return known

    def content(self, source: Source, urls: Iterable[str]) -> bytes:
        """The bytes of a file that was just pinned, from the first address that has them.

        Raises PinUnavailable, MirrorUnreachable and HashMismatch.
        """
        last: tuple[str, bytes] = getattr(self._last, "read", ("", b""))
        if last[0] == source.sha256:
            return last[1]
        refusals: list[NotThere | NoAnswer] = []
        other = ""
        addresses = iter(urls)
        while True:
            try:
                # This may ask a registry.
                url = next(addresses, None)
                if url is None:
                    break
                found = self.client.read(url, most=limits.HELD_SIZE).content
            except (NotThere, NoAnswer) as error:
                refusals.append(error)
                continue
            other = hashlib.sha256(found).hexdigest()
            if other == source.sha256:
                self.note_there(source)
                self._last.read = other, found
                return found
        if other:
            message = f"{source.name} has sha256 {other}, and {source.sha256} where it is listed"
            raise HashMismatch(message, hint=TRY_LATER)
        silent = next((refusal for refusal in refusals if isinstance(refusal, NoAnswer)), None)
        raise absent([source]) if silent is None else unreachable(source.name, silent)

    def text_in(self, source: Source, urls: Iterable[str], path: str) -> str | None:
        """A file in an archive that was just pinned. Raises what `content` and `archivetext.text_in` raise."""
        return text_in(self.content(source, urls), source.file, path)

    def is_there(self, source: Source) -> bool:
        """Whether a mirror is known, from this run, to have it."""
        return source.sha256 in self._there

    def note_there(self, source: Source) -> None:
        """A mirror has it."""
        self._there.add(source.sha256)

    def _updated(self, suite: str, architecture: str, component: str) -> Apt | MirrorUnreachable | NoMirror:
        self.step(f"apt: lists of {suite}")
        apt = Apt(
            directory=self.cache / "apt" / suite,
            suite=suite,
            architecture=architecture,
            component=component,
            environ=self.mirrors.environ,
            run=self.mirrors.run,
        )
        try:
            apt.update(self.mirrors.debian)
        except (MirrorUnreachable, NoMirror) as refusal:
            return refusal
        return apt


def this_machines_registries(step: Callable[[str], None] = lambda _: None) -> Registries:
    """Those that pip, apt and npm on this machine use, or the user's own choice. Raises InvalidConfig."""
    mirrors = Mirrors(config=load_config())
    client = Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy)
    return Registries(client=client, mirrors=mirrors, cache=paths.cache_dir(), step=step)


def absent(sources: Sequence[Source]) -> PinUnavailable:
    """The error for files that are listed, and that no mirror has: it is not whole yet, or no longer."""
    names = ", ".join(f"{source.package.name} {source.package.version} ({source.name})" for source in sources)
    return PinUnavailable(f"the mirrors list {names}, but do not have the file", hint=TRY_LATER)


def unreachable(wanted: str, refusal: NotThere | NoAnswer) -> MirrorUnreachable | PinUnavailable:
    """The error for a registry that does not know `wanted`, or does not answer."""
    if isinstance(refusal, NotThere):
        return PinUnavailable(f"{refusal}: no registry has {wanted}", hint="check the name in the profile or recipe")
    message = f"the registry of {wanted} gives no answer that can be used: {refusal}"
    return MirrorUnreachable(message, hint="check the network, or set another mirror (WASMWRIGHT_* variables)")
