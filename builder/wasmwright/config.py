"""Which registries to use: variables first, then the configuration file, then what pip, apt and npm are set up for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from wasmwright import limits, reading
from wasmwright.addresses import is_web_address
from wasmwright.errors import InvalidConfig
from wasmwright.files import openable, reason
from wasmwright.names import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KEYS = ("pypi", "debian", "npm", "github", "tarballs")
_PLACES = ("{owner}", "{repo}", "{rev}")
_GITHUB = "WASMWRIGHT_GITHUB_ARCHIVES"
_TARBALLS = "WASMWRIGHT_TARBALLS"


@dataclass(frozen=True, kw_only=True)
class Config:
    """Registries that the user chose; an empty field leaves the choice to the registry's own client.

    `github` is the address of a forge's archives, with places for {owner}, {repo} and {rev}; no client knows one.
    `tarballs` are addresses of stores of archives, each with a place for {file} or {sha256}.
    """

    pypi: str | None = None
    debian: tuple[str, ...] = ()
    npm: str | None = None
    github: str | None = None
    tarballs: tuple[str, ...] = ()


def config_file(environ: Mapping[str, str]) -> Path:
    """The configuration file; `WASMWRIGHT_CONFIG` overrides its place."""
    return Path(environ.get("WASMWRIGHT_CONFIG") or platformdirs.user_config_path("wasmwright") / "config.toml")


def load_config(environ: Mapping[str, str] | None = None) -> Config:
    """Read the configuration file and the WASMWRIGHT_* variables."""
    environ = os.environ if environ is None else environ
    written = _read_file(config_file(environ), required="WASMWRIGHT_CONFIG" in environ)
    debian = tuple(
        _url(url, "WASMWRIGHT_DEBIAN_MIRRORS") for url in environ.get("WASMWRIGHT_DEBIAN_MIRRORS", "").split()
    )
    return Config(
        pypi=_from_variable(environ, "WASMWRIGHT_PYPI_INDEX") or written.pypi,
        debian=debian or written.debian,
        npm=_from_variable(environ, "WASMWRIGHT_NPM_REGISTRY") or written.npm,
        github=_template(_from_variable(environ, _GITHUB), _GITHUB) or written.github,
        tarballs=_stores((_url(url, _TARBALLS) for url in environ.get(_TARBALLS, "").split()), _TARBALLS)
        or written.tarballs,
    )


def parse_config(text: str, *, where: str) -> Config:
    """Check the text of the configuration file `where`."""
    try:
        document = reading.toml(text, where=where)
    except reading.Unreadable as error:
        message = f"{where}: {error}"
        raise InvalidConfig(message) from None
    _refuse_unknown(document, ("mirrors",), f"{where}:")
    mirrors = document.get("mirrors", {})
    if not isinstance(mirrors, dict):
        message = f"{where}: `mirrors` is not a table"
        raise InvalidConfig(message, hint="write `[mirrors]` on a line of its own")
    _refuse_unknown(mirrors, _KEYS, f"{where}: [mirrors]")
    return Config(
        pypi=_optional_url(mirrors, "pypi", where),
        debian=_urls(mirrors.get("debian", []), f"{where}: mirrors.debian"),
        npm=_optional_url(mirrors, "npm", where),
        github=_template(_optional_url(mirrors, "github", where), f"{where}: mirrors.github"),
        tarballs=_stores(
            _urls(mirrors.get("tarballs", []), f"{where}: mirrors.tarballs"), f"{where}: mirrors.tarballs"
        ),
    )


def _read_file(path: Path, *, required: bool) -> Config:
    try:
        text = reading.file_text(openable(path), limits.TOML_SIZE)
    except FileNotFoundError:
        if not required:
            return Config()
        message = f"WASMWRIGHT_CONFIG names {path}, which does not exist"
        raise InvalidConfig(message, hint="unset it, or write the file") from None
    except (OSError, reading.Unreadable) as error:
        message = f"{path} cannot be read: {reason(error)}"
        raise InvalidConfig(message) from None
    return parse_config(text, where=str(path))


def _refuse_unknown(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    for key in table:
        if key not in known:
            message = f"{where} has an unknown key `{key}`"
            raise InvalidConfig(message, hint=meant(key, known, otherwise=f"known keys: {', '.join(known)}"))


def _from_variable(environ: Mapping[str, str], name: str) -> str | None:
    value = environ.get(name, "").strip()
    return _url(value, name) if value else None


def _optional_url(table: Mapping[str, object], key: str, where: str) -> str | None:
    return _url(table[key], f"{where}: mirrors.{key}") if key in table else None


def _template(url: str | None, where: str) -> str | None:
    lacking = [place for place in _PLACES if url is not None and place not in url]
    if lacking:
        message = f"{where}: {url!r} has no place for {', '.join(lacking)}"
        raise InvalidConfig(message, hint="write it as https://forge.example/{owner}/{repo}/archive/{rev}.tar.gz")
    return url


def _stores(urls: Iterable[str], where: str) -> tuple[str, ...]:
    found = tuple(urls)
    for url in found:
        if "{file}" not in url and "{sha256}" not in url:
            message = f"{where}: {url!r} has no place for {{file}} or {{sha256}}"
            raise InvalidConfig(message, hint="write it as https://store.example/{sha256}/{file}")
    return found


def _urls(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        message = f"{where} is not a list"
        raise InvalidConfig(message, hint='write it as ["https://..."]')
    return tuple(_url(item, where) for item in value)


def _url(value: object, where: str) -> str:
    if isinstance(value, str) and is_web_address(value):
        return value.rstrip("/")
    message = f"{where}: {value!r} is no http or https address"
    raise InvalidConfig(message, hint="write it with its scheme, such as https://mirror.example/path")
