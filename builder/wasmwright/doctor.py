"""What this machine has of what wasmwright needs. Looks only: nothing is installed or changed."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import log
from wasmwright.failure import WasmwrightError
from wasmwright.gitcheckout import tracked
from wasmwright.nixenv.find import sandbox_wanted
from wasmwright.nixenv.store import has_database, is_daemons
from wasmwright.places import existing, temporary_fault, temporary_folder, write_fault
from wasmwright.process import run
from wasmwright.sources.client import Client, NoAnswer, NotThere
from wasmwright.sources.kinds.table import NAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wasmwright.nix import Nix
    from wasmwright.sources.mirrors import Mirrors

_GIGABYTE = 1_000_000_000
# Free space that a build of the toolchain and of a large package needs.
_SPACE = {"the Nix store": 12, "temporary files": 4, "the cache": 2, "the state of the checkout": 0.1}
# With less nothing can be built.
_FULL = 20_000_000
_PROGRAMS = {
    "git": "`--changed-since`, and for `build FOLDER` where that is a git repository",
    "apt-get": "`lock`, where Debian's packages are pinned",
}
_MEMORY = 4
_USERNS_PROBE = (
    "import ctypes, os, sys; libc = ctypes.CDLL(None, use_errno=True); "
    "sys.exit(os.strerror(ctypes.get_errno()) if libc.unshare(0x10000000 | 0x20000 | 0x20000000) else 0)"
)


@dataclass(frozen=True, kw_only=True)
class Examined:
    """One thing that was looked at; `ok` is False for what has to be mended, None for what may matter."""

    name: str
    ok: bool | None
    detail: str
    hint: str | None = None

    def to_json(self) -> dict[str, str | bool | None]:
        """The finding as `--json` prints it."""
        return {"name": self.name, "ok": self.ok, "detail": self.detail, "hint": self.hint}


@dataclass(frozen=True, kw_only=True)
class Folders:
    """Where things lie: the checkout, the Nix store, and what commands write."""

    root: Path
    store: Path
    state: Path
    cache: Path
    data: Path


def examine(
    *, find: Callable[[], Nix | None], mirrors: Mirrors, folders: Folders, environ: Mapping[str, str]
) -> Iterator[Examined]:
    """Look at everything that a build needs, most basic first, by asking what a build asks.

    `find` gives the Nix that would be used, None where it is not there yet; it raises where none can be.
    """
    yield _system()
    yield Examined(name="Python", ok=True, detail=f"{platform.python_version()} ({sys.executable})")
    yield _git(folders.root)
    nix: Nix | None = None
    try:
        nix = find()
        yield _nix(nix)
    except WasmwrightError as error:
        yield Examined(name="Nix", ok=False, detail=str(error), hint=error.hint)
    yield _namespaces(environ, needed=_needs_namespaces(environ))
    if nix is not None:
        yield _sandbox(nix)
        if not nix.private or has_database():
            yield _store(nix)
    yield from _registries(mirrors)
    yield from _programs(environ)
    yield _written("state", write_fault(folders.state), folders.state)
    yield _written("cache", write_fault(folders.cache), folders.cache)
    yield _written("data", write_fault(folders.data), folders.data)
    temporary = temporary_folder(environ)
    yield _written("temporary files", temporary_fault(environ), temporary)
    for name, folder in (
        ("the Nix store", folders.store),
        ("temporary files", temporary),
        ("the cache", folders.cache),
        ("the state of the checkout", folders.state),
    ):
        yield _space(name, folder)
    yield _memory()


def _system() -> Examined:
    found = f"{platform.system()} {platform.machine()}"
    hint = None if found == "Linux x86_64" else "wasmwright builds on x86_64 Linux: use a container or a remote builder"
    return Examined(name="system", ok=hint is None, detail=found, hint=hint)


def _nix(nix: Nix | None) -> Examined:
    if nix is None:
        detail = "not on PATH; a private one will be installed when it is first needed"
        return Examined(name="Nix", ok=True, detail=detail)
    kind = "private" if nix.private else "this machine's"
    return Examined(name="Nix", ok=True, detail=f"{'.'.join(map(str, nix.version))}, {kind} ({nix.program})")


def _git(root: Path) -> Examined:
    try:
        known = tracked(root, ["flake.nix"])
    except WasmwrightError as error:
        return Examined(name="checkout", ok=False, detail=str(error), hint=error.hint)
    if known is not None and "flake.nix" not in known:
        hint = f"`git -C {root} add flake.nix`, or use a clone"
        return Examined(
            name="checkout", ok=False, detail="git does not know its flake.nix, and so Nix does not", hint=hint
        )
    return Examined(name="checkout", ok=True, detail=str(root))


def _programs(environ: Mapping[str, str]) -> Iterator[Examined]:
    """What is not needed by builds themselves."""
    for program, needing in _PROGRAMS.items():
        if shutil.which(program, path=environ.get("PATH")) is None:
            yield Examined(name=program, ok=None, detail="not installed", hint=f"only needed for {needing}")


def _written(name: str, fault: WasmwrightError | None, folder: Path) -> Examined:
    if fault is None:
        return Examined(name=name, ok=True, detail=f"{folder} can be written")
    return Examined(name=name, ok=False, detail=str(fault), hint=fault.hint)


def _needs_namespaces(environ: Mapping[str, str]) -> bool:
    """A daemon has its own user's, and without a sandbox none are needed."""
    return sandbox_wanted(environ) and not is_daemons()


def _namespaces(environ: Mapping[str, str], *, needed: bool) -> Examined:
    done = run([sys.executable, "-c", _USERNS_PROBE], env=environ, cwd=Path("/"), check=False)
    if done.returncode == 0:
        return Examined(name="user namespaces", ok=True, detail="available")
    hint = "allow them (in a container: more privileges), or build with `--no-sandbox`"
    ok = False if needed else None
    return Examined(name="user namespaces", ok=ok, detail=done.stderr.strip() or "not available", hint=hint)


def _sandbox(nix: Nix) -> Examined:
    enabled = nix.setting("sandbox")
    if enabled == "true":
        return Examined(name="sandbox", ok=True, detail="builds see only what they name")
    hint = "set `sandbox = true` in nix.conf, and unset WASMWRIGHT_NO_SANDBOX"
    return Examined(name="sandbox", ok=None, detail=f"sandbox = {enabled}: builds see the machine's files", hint=hint)


def _store(nix: Nix) -> Examined:
    hint = "`./wasmwright doctor --repair` mends what can be mended"
    try:
        gone = [path for path in nix.all_paths() if not path.exists() and not path.is_symlink()]
    except WasmwrightError as error:
        return Examined(name="store", ok=False, detail=str(error), hint=error.hint)
    if gone:
        return Examined(name="store", ok=False, detail=f"{len(gone)} paths are gone, such as {gone[0]}", hint=hint)
    return Examined(name="store", ok=True, detail="everything that its database lists is there")


def _registries(mirrors: Mirrors) -> Iterator[Examined]:
    asked = {kind.registry: kind.samples for kind in NAMED}
    client = Client(session=Client.create(ca_bundle=mirrors.ca_bundle, proxy=mirrors.proxy).session, attempts=1)
    for name, samples in asked.items():
        yield _registry(name, partial(samples, mirrors), client)


def _registry(name: str, urls: Callable[[], list[str]], client: Client) -> Examined:
    hint = "only needed for sources that the store lacks; `./wasmwright fetch` while there is a network gets all"
    try:
        answers = [_answer(url, client) for url in urls()]
    except WasmwrightError as error:
        return Examined(name=name, ok=None, detail=str(error), hint=error.hint)
    silent = [answer for answer in answers if answer is not None]
    if len(silent) == len(answers):
        return Examined(name=name, ok=None, detail="; ".join(silent), hint=hint)
    return Examined(name=name, ok=True, detail="reachable")


def _answer(url: str, client: Client) -> str | None:
    try:
        client.get(url).close()
    except NotThere:
        return None
    except NoAnswer as error:
        return str(error)
    return None


def _space(name: str, folder: Path) -> Examined:
    free, wanted = shutil.disk_usage(existing(folder)).free, int(_SPACE[name] * _GIGABYTE)
    detail = f"{log.size(free)} free for {name}"
    if free >= wanted:
        return Examined(name="disk", ok=True, detail=detail)
    ok = False if free < _FULL else None
    return Examined(name="disk", ok=ok, detail=detail, hint=f"a full build takes about {log.size(wanted)} there")


def _memory() -> Examined:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    enough = total >= _MEMORY * _GIGABYTE
    hint = None if enough else f"large packages want {_MEMORY} GB: build with `--jobs 1`"
    return Examined(name="memory", ok=True if enough else None, detail=log.size(total), hint=hint)
