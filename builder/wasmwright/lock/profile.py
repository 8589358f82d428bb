"""The profile of a toolchain, as written in `nix/toolchain/NAME.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidProfile
from wasmwright.paths import project_root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEFAULT = "pyemscripten_2026_5"


@dataclass(frozen=True, kw_only=True)
class Root:
    """Debian packages that make one tool root."""

    suite: str
    packages: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BusyboxWish:
    """The package and the member that hold the first shell."""

    suite: str
    package: str
    member: str


@dataclass(frozen=True, kw_only=True)
class TarballWish:
    """A Debian source package whose upstream tarball is wanted. `version` is upstream's; the suite's own without it."""

    suite: str
    package: str
    version: str | None = None


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a toolchain is made of."""

    name: str
    python: str
    python_tag: str
    host_platforms: tuple[str, ...]
    architecture: str
    component: str
    busybox: BusyboxWish
    roots: Mapping[str, Root]
    wheels: Mapping[str, str]
    npm: Mapping[str, str]
    tarballs: Mapping[str, TarballWish]


def profile_path(name: str = DEFAULT) -> Path:
    """The file of a profile; its lock is the same with the suffix `.lock.json`."""
    return project_root() / "nix" / "toolchain" / f"{name}.toml"


def lock_path(name: str = DEFAULT) -> Path:
    """The lock of a profile."""
    return profile_path(name).with_suffix(".lock.json")


def read_profile(path: Path) -> Profile:
    """Read and check a profile."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return _profile(path.stem, document)
    except FileNotFoundError:
        known = ", ".join(sorted(other.stem for other in path.parent.glob("*.toml"))) or "none"
        message = f"there is no profile {path.stem}"
        raise InvalidProfile(message, hint=f"known profiles: {known}") from None
    except tomllib.TOMLDecodeError as error:
        message = f"{path.name}: {error}"
        raise InvalidProfile(message) from None
    except KeyError as error:
        message = f"{path.name}: the key {error} is missing"
        raise InvalidProfile(message) from None
    except TypeError as error:
        message = f"{path.name}: {error}"
        known = "roots know `suite`, `packages`, `alone`, `without`; tarballs `suite`, `package`, `version`"
        raise InvalidProfile(message, hint=known) from None


def _profile(name: str, document: Mapping[str, Mapping[str, object]]) -> Profile:
    abi, debian = document["abi"], document["debian"]
    bootstrap = document["bootstrap"]["busybox"]
    if not isinstance(bootstrap, dict):
        message = "[bootstrap.busybox] is not a table"
        raise TypeError(message)
    roots = {root: _root(root, table) for root, table in document["roots"].items()}
    for root, wanted in roots.items():
        unknown = sorted(set(wanted.without) - roots.keys())
        if unknown:
            message = f"{name}.toml: [roots.{root}] is without {', '.join(unknown)}, which is no root"
            raise InvalidProfile(message, hint=f"known roots: {', '.join(sorted(roots))}")
    return Profile(
        name=name,
        python=str(abi["python"]),
        python_tag=str(abi["python-tag"]),
        host_platforms=_texts(abi["host-platforms"], "abi.host-platforms"),
        architecture=str(debian["architecture"]),
        component=str(debian["component"]),
        busybox=BusyboxWish(**bootstrap),
        roots=roots,
        wheels={key: str(wish) for key, wish in document["wheels"].items()},
        npm={key: str(wish) for key, wish in document["npm"].items()},
        tarballs={key: _tarball(key, table) for key, table in document.get("tarballs", {}).items()},
    )


def _root(name: str, table: object) -> Root:
    if not isinstance(table, dict):
        message = f"[roots.{name}] is not a table"
        raise TypeError(message)
    lists = {key: _texts(value, f"roots.{name}.{key}") for key, value in table.items() if key != "suite"}
    return Root(suite=str(table["suite"]), **lists)


def _tarball(name: str, table: object) -> TarballWish:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        message = f"[tarballs.{name}] is not a table of strings"
        raise TypeError(message)
    return TarballWish(**table)


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        message = f"{where} is not a list of strings"
        raise TypeError(message)
    return tuple(value)
