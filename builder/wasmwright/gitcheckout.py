"""What git knows of a checkout: of one, Nix sees nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wasmwright.errors import NixFailed
from wasmwright.process import ProgramMissing, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NOT_OWNED = "dubious ownership"


def tracked(root: Path, paths: Sequence[str]) -> frozenset[str] | None:
    """Those of `paths` below `root` that git knows; None where it is no git checkout, or there is no git.

    Raises NixFailed where git refuses the checkout, as Nix then does too.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return None
    # A hook of git's has variables that name its repository.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = run(["git", "ls-files", "-z", "--", *paths], env={**env, "LC_ALL": "C"}, cwd=root, check=False)
    except ProgramMissing:
        return None
    if done.returncode == 0:
        return frozenset(done.stdout.split("\0"))
    if _NOT_OWNED in done.stderr:
        message = "git refuses this checkout: it belongs to another user"
        raise NixFailed(message, hint=f"`git config --global --add safe.directory {root}`")
    return None
