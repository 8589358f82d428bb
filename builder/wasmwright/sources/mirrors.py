"""Where the machine's own clients look for packages."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pip._internal.models.index import PyPI

from wasmwright import limits, process, reading
from wasmwright.addresses import is_web_address, shown
from wasmwright.config import Config
from wasmwright.errors import DiskFull, NoMirror
from wasmwright.files import openable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wasmwright.failure import WasmwrightError

_WEB = ("http://", "https://")
_PIP_SECTIONS = (":env:", "install", "global")
_DEBIAN_PATH = re.compile(r"/debian/?$")
_NPMRC_REGISTRY = re.compile(r"^\s*registry\s*=\s*[\"']?([^\"'\s]+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Mirrors:
    """The registries of this machine, each found when it is first asked for.

    `npm_default` answers when neither the user nor npm's settings name a registry: it returns the default of an npm
    that was found elsewhere.
    """

    config: Config = field(default_factory=Config)
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    run: process.Runner = process.run
    npm_default: Callable[[], str | None] = lambda: None

    @cached_property
    def pypi(self) -> tuple[str, ...]:
        """Simple indexes, the most important first; there is one at least. Raises NoMirror."""
        if self.config.pypi:
            return (self.config.pypi,)
        index = self._pip_setting("index-url") or PyPI.simple_url
        extra = (self._pip_setting("extra-index-url") or "").split()
        found = tuple(url.rstrip("/") for url in (index, *extra) if _is_usable(url, "pip"))
        if not found:
            message = f"pip on this machine names no index on the web: its index is {index!r}"
            raise NoMirror(message, hint="set WASMWRIGHT_PYPI_INDEX to the address of one")
        return found

    @cached_property
    def ca_bundle(self) -> str | None:
        """The certificates that pip is told to trust."""
        return self._pip_setting("cert")

    @cached_property
    def proxy(self) -> str | None:
        """The proxy that pip is told to use."""
        return self._pip_setting("proxy")

    @cached_property
    def pip_options(self) -> tuple[str, ...]:
        """The index and the connection as options of pip."""
        index, *others = self.pypi
        trusted = (self._pip_setting("trusted-host") or "").split()
        options = [("--index-url", index), *(("--extra-index-url", url) for url in others)]
        options += [(f"--{key}", value) for key in ("cert", "proxy") if (value := self._pip_setting(key))]
        options += [("--trusted-host", host) for host in trusted]
        return tuple(word for option in options for word in option)

    @cached_property
    def debian(self) -> tuple[str, ...]:
        """Debian archives."""
        found = self.config.debian or self._apt_archives()
        if not found:
            message = "apt on this machine names no Debian archive"
            raise NoMirror(message, hint="set WASMWRIGHT_DEBIAN_MIRRORS to the address of one")
        return found

    @cached_property
    def npm(self) -> str:
        """The npm registry."""
        found = self.config.npm or self._npm_variable() or self._npmrc() or self._npm_program() or self.npm_default()
        if not found:
            message = "npm on this machine names no registry"
            raise NoMirror(message, hint="set WASMWRIGHT_NPM_REGISTRY to the address of one")
        if not _is_usable(found, "npm"):
            message = f"the registry of npm on this machine is not on the web: {found!r}"
            raise NoMirror(message, hint="set WASMWRIGHT_NPM_REGISTRY to the address of one")
        return found.rstrip("/")

    @cached_property
    def github(self) -> str:
        """The address of a forge's archives, with places for {owner}, {repo} and {rev}."""
        if not self.config.github:
            message = "no address of a forge's archives is set"
            hint = "set WASMWRIGHT_GITHUB_ARCHIVES, or `github` in [mirrors] of the configuration file, to the address "
            raise NoMirror(message, hint=hint + "of its archives, with {owner}, {repo} and {rev} in it")
        return self.config.github

    @cached_property
    def tarballs(self) -> tuple[str, ...]:
        """The addresses of stores of archives, with a place for {file} or {sha256}; there is one at least."""
        if not self.config.tarballs:
            message = "no address of a store of archives is set"
            hint = "set WASMWRIGHT_TARBALLS, or `tarballs` in [mirrors] of the configuration file, to addresses with "
            raise NoMirror(message, hint=hint + "{file} or {sha256} in them")
        return self.config.tarballs

    @cached_property
    def _pip_settings(self) -> dict[str, str]:
        listed = self.run(
            [sys.executable, "-m", "pip", "config", "list"], env=self.environ, cwd=Path.cwd(), check=False
        )
        return parse_pip_config(listed.stdout)

    def _pip_setting(self, key: str) -> str | None:
        names = (f"{section}.{key}" for section in _PIP_SECTIONS)
        return next((self._pip_settings[name] for name in names if self._pip_settings.get(name)), None)

    def _apt_archives(self) -> tuple[str, ...]:
        if shutil.which("apt-get", path=self.environ.get("PATH")) is None:
            return ()
        command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
        listed = self.run(command, env=self.environ, cwd=Path.cwd(), check=False)
        lines = (line.strip() for line in listed.stdout.splitlines())
        archives = dict.fromkeys(uri.rstrip("/") for uri in lines if _DEBIAN_PATH.search(uri))
        found = tuple(uri for uri in archives if _is_usable(uri, "apt"))
        if listed.returncode != 0 and not found:
            raise _apt_failed(listed)
        return found

    def _npm_variable(self) -> str | None:
        values = (value for key, value in self.environ.items() if key.lower() == "npm_config_registry")
        return next((value for value in values if value), None)

    def _npmrc(self) -> str | None:
        path = self.environ.get("NPM_CONFIG_USERCONFIG") or Path(self.environ.get("HOME") or Path.home()) / ".npmrc"
        try:
            match = _NPMRC_REGISTRY.search(reading.file_text(openable(Path(path)), limits.TOML_SIZE))
        except (OSError, reading.Unreadable, limits.LimitExceeded):
            return None
        return match[1] if match else None

    def _npm_program(self) -> str | None:
        if shutil.which("npm", path=self.environ.get("PATH")) is None:
            return None
        answer = self.run(["npm", "config", "get", "registry"], env=self.environ, cwd=Path.cwd(), check=False)
        registry = answer.stdout.strip()
        return registry if is_web_address(registry) else None


def _is_usable(url: str, program: str) -> bool:
    """Whether an address is one on the web. Folders, say, are for the program alone; a broken address is an error."""
    if is_web_address(url):
        return True
    if url.startswith(_WEB):
        message = f"{program} on this machine has a registry with an address that is none: {shown(url)!r}"
        raise NoMirror(message, hint=f"mend it in the settings of {program}, or set another (WASMWRIGHT_* variables)")
    return False


def parse_pip_config(listing: str) -> dict[str, str]:
    """The settings that `pip config list` prints, one `section.key='value'` a line."""
    settings = {}
    for line in listing.splitlines():
        key, equals, value = line.partition("=")
        if not equals:
            continue
        try:
            settings[key] = str(ast.literal_eval(value))
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            continue
    return settings


def _apt_failed(done: process.Completed) -> WasmwrightError:
    said = done.stderr.strip()
    if os.strerror(errno.ENOSPC) in said:
        message = "no space left where apt writes its temporary files"
        return DiskFull(message, hint="make room in TMPDIR, else /tmp, and run the same command again", excerpt=said)
    message = f"apt-get does not tell this machine's Debian archives: it ended with exit code {done.returncode}"
    return NoMirror(message, hint="mend apt, or set WASMWRIGHT_DEBIAN_MIRRORS to the address of one", excerpt=said)
