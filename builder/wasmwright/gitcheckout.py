"""What git knows of a checkout: of one, Nix sees nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wasmwright.errors import NixFailed, UnknownToGit
from wasmwright.process import ProgramMissing, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.process import Completed

_NOT_OWNED = "dubious ownership"


def tracked(root: Path, paths: Sequence[str]) -> frozenset[str] | None:
    """Those of `paths` below `root` that git knows; None where it is no git checkout, or there is no git.

    Raises NixFailed where git refuses the checkout, as Nix then does too.
    """
    done = _git(root, ["ls-files", "-z", "--", *paths])
    return frozenset(done.stdout.split("\0")) if done is not None and done.returncode == 0 else None


def make_known(root: Path, paths: Sequence[str]) -> bool:
    """Have git know `paths` below `root`, so that Nix sees them; False where it is no git checkout, or there is no git.

    Raises UnknownToGit where git does not take them, and NixFailed where it refuses the checkout.
    """
    done = _git(root, ["add", "--", *paths])
    if done is None:
        return False
    if done.returncode != 0:
        message = f"git did not take {', '.join(paths)}, and Nix sees only what git knows"
        raise UnknownToGit(message, hint=f"`git add {' '.join(paths)}`", excerpt=done.stderr.strip() or None)
    return True


def revision(root: Path) -> str | None:
    """The revision of a checkout as Nix names it in a flake; None where it is no git checkout, or there is no git.

    Raises NixFailed where git refuses the checkout.
    """
    head = _git(root, ["rev-parse", "--verify", "--quiet", "HEAD"])
    changes = _git(root, ["status", "--porcelain", "--untracked-files=no"])
    if head is None or changes is None or head.returncode != 0:
        return None
    return f"{head.stdout.strip()}{'-dirty' if changes.stdout.strip() else ''}"


def _git(root: Path, arguments: Sequence[str]) -> Completed | None:
    """What git says; None where it is no git checkout, or there is no git."""
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return None
    # A hook of git's has variables that name its repository.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = run(["git", *arguments], env={**env, "LC_ALL": "C"}, cwd=root, check=False)
    except ProgramMissing:
        return None
    if done.returncode != 0 and _NOT_OWNED in done.stderr:
        message = "git refuses this checkout: it belongs to another user"
        raise NixFailed(message, hint=f"`git config --global --add safe.directory {root}`")
    return done
