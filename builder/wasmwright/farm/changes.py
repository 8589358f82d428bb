"""Which packages a change of files concerns."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import UnknownRevision
from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PACKAGES = "pkgs"
_PROFILES = "nix/toolchain/profiles/"
# What no package is made of: checks, what is made of packages, the flake's own, and what is built to compare speeds.
_BESIDE = ("nix/checks/", "nix/outputs/", "nix/flake/", "nix/bench/")
_EVERYWHERE = ("nix/", "flake.nix", "flake.lock")
_PART = "is part of every build"
_SHARED = "may say what libraries, which all profiles share, have to do without"
# What of the Python package runs inside derivations: sandboxPython.nix cuts it out, or another file of nix/ names it.
_BUILDER = "builder/wasmwright/"
INSIDE = (
    *("__init__.py", "f2pytarget.py", "failure.py", "spawn.py", "words.py"),
    *("assemble", "audit", "runtime", "sandbox", "wasm", "wheel", "wrapper"),
    *("fortran", "fortranabi", "fortranruntime"),
)


@dataclass(frozen=True, kw_only=True)
class Everywhere:
    """A file that concerns every package, and why."""

    file: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What has changed since a revision: the packages, and what makes it all of them, if a file does."""

    since: str
    names: frozenset[str]
    everywhere: Everywhere | None = None


def changes_since(revision: str, *, root: Path, profile: str) -> Changes:
    """What differs from a revision in the files that git knows. Raises UnknownRevision."""
    command = ["git", "diff", "--name-only", "--no-renames", "-z", "--end-of-options", revision, "--"]
    done = run(command, env=os.environ, cwd=root, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["git did not say why"])[0]
        message = f"git knows no revision `{revision}`: {reason}"
        raise UnknownRevision(message, hint="name a branch, a tag or a commit, such as `main` or `HEAD~1`")
    return changes(filter(None, done.stdout.split("\0")), since=revision, profile=profile)


def changes(files: Iterable[str], *, since: str, profile: str) -> Changes:
    """What these files, written with `/` from the checkout's top, belong to. What tests packages counts as theirs."""
    names: set[str] = set()
    everywhere: Everywhere | None = None
    for file in sorted(files):
        top, *rest = file.split("/")
        if top == _PACKAGES and len(rest) > 1:
            names.add(rest[0])
        elif everywhere is None and (reason := _reason(file, profile)) is not None:
            everywhere = Everywhere(file=file, reason=reason)
    return Changes(since=since, names=frozenset(names), everywhere=everywhere)


def _reason(file: str, profile: str) -> str | None:
    """Why a file concerns every package of a profile, or None where it does not."""
    if file.startswith(_PROFILES):
        return _reason_of_profile(file.removeprefix(_PROFILES), profile)
    if file.startswith(_BUILDER):
        return _PART if file.removeprefix(_BUILDER).split("/")[0] in INSIDE else None
    return _PART if file.startswith(_EVERYWHERE) and not file.startswith(_BESIDE) else None


def _reason_of_profile(file: str, profile: str) -> str | None:
    if file.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0] == profile:
        return _PART
    return _SHARED if file.endswith(".toml") else None
