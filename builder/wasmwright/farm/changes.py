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
# What no package is made of: checks, outputs of the flake, and what is built to compare speeds.
_BESIDE = ("nix/checks/", "nix/flake/", "nix/bench/")
_EVERYWHERE = ("nix/", "flake.nix", "flake.lock")
# What of the Python package runs inside derivations; sandboxPython.nix cuts it out.
_BUILDER = "builder/wasmwright/"
INSIDE = (
    *("__init__.py", "failure.py", "spawn.py", "words.py"),
    *("assemble", "audit", "runtime", "sandbox", "wasm", "wheel", "wrapper"),
    *("fortran", "fortranabi", "fortranruntime"),
)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What has changed since a revision: the packages, and a file that is part of every build, if one is."""

    since: str
    names: frozenset[str]
    everywhere: str | None = None


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
    everywhere = None
    for file in sorted(files):
        top, *rest = file.split("/")
        if top == _PACKAGES and len(rest) > 1:
            names.add(rest[0])
        elif everywhere is None and _is_everywhere(file, profile):
            everywhere = file
    return Changes(since=since, names=frozenset(names), everywhere=everywhere)


def _is_everywhere(file: str, profile: str) -> bool:
    if file.startswith(_PROFILES):
        return file.removeprefix(_PROFILES).split("/")[0].split(".")[0] == profile
    if file.startswith(_BUILDER):
        return file.removeprefix(_BUILDER).split("/")[0] in INSIDE
    return file.startswith(_EVERYWHERE) and not file.startswith(_BESIDE)
