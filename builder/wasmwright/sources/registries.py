"""What kinds of sources ask: this machine's registries, with what was read from them in one run."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright import paths
from wasmwright.config import load_config
from wasmwright.errors import MirrorUnreachable, NoMirror, PinUnavailable
from wasmwright.sources import pypi
from wasmwright.sources.apt import Apt
from wasmwright.sources.client import Client, NoAnswer, NotThere
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from wasmwright.sources.entry import Source


@dataclass(kw_only=True)
class Registries:
    """Where to ask, and where to keep what apt reads. `step` is told what is being done."""

    client: Client
    mirrors: Mirrors
    cache: Path
    step: Callable[[str], None] = lambda _: None
    _pages: dict[str, tuple[pypi.IndexFile, ...]] = field(default_factory=dict, init=False)
    _suites: dict[str, Apt | MirrorUnreachable | NoMirror] = field(default_factory=dict, init=False)
    _archive: tuple[str, bytes] = field(default=("", b""), init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def page(self, project: str) -> tuple[pypi.IndexFile, ...]:
        """The files of a project on the package index, asked for once. Raises NotThere and NoAnswer."""
        with self._lock:
            known = self._pages.get(project)
        if known is None:
            known = pypi.list_files(self.client, self.mirrors.pypi, project)
            with self._lock:
                self._pages[project] = known
        return known

    def apt(self, suite: str) -> Apt:
        """Apt with the lists of a Debian suite, fetched once. Raises MirrorUnreachable and NoMirror."""
        with self._lock:
            if suite not in self._suites:
                self._suites[suite] = self._updated(suite)
            known = self._suites[suite]
        if not isinstance(known, Apt):
            raise known
        return known

    def content(self, source: Source, urls: Iterable[str]) -> bytes:
        """The bytes of a pinned file from the first address that has them; those of the last file are kept.

        Raises PinUnavailable and MirrorUnreachable.
        """
        if self._archive[0] == source.sha256:
            return self._archive[1]
        refusal: NotThere | NoAnswer | None = None
        for url in urls:
            try:
                found = self.client.get(url).content
            except (NotThere, NoAnswer) as error:
                refusal = error
                continue
            if hashlib.sha256(found).hexdigest() == source.sha256:
                self._archive = source.sha256, found
                return found
        raise unreachable(source.name, refusal or NotThere(source.file))

    def _updated(self, suite: str) -> Apt | MirrorUnreachable | NoMirror:
        self.step(f"apt: lists of {suite}")
        apt = Apt(
            directory=self.cache / "apt" / suite,
            suite=suite,
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


def unreachable(wanted: str, refusal: NotThere | NoAnswer) -> MirrorUnreachable | PinUnavailable:
    """The error for a registry that does not know `wanted`, or does not answer."""
    if isinstance(refusal, NotThere):
        return PinUnavailable(f"{refusal}: no registry has {wanted}", hint="check the name in the profile or recipe")
    message = f"the registry of {wanted} does not answer: {refusal}"
    return MirrorUnreachable(message, hint="check the network, or set another mirror (WASMWRIGHT_* variables)")
