"""What the commands that use Nix have in common: opening it, and one build at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import log, paths
from wasmwright.filelock import holding
from wasmwright.lock.profile import default_profile
from wasmwright.nixenv import Request, find_nix
from wasmwright.recipe.names import find

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from wasmwright.nix import Nix


def open_nix(request: Request | None = None) -> Nix:
    """The Nix to use; tells about installing one."""
    return find_nix(request, step=log.say)


def profile_name() -> str:
    """The profile that is meant when none is named."""
    return default_profile(paths.project_root())


def one_build_at_a_time() -> AbstractContextManager[None]:
    """Two builds in one checkout would do the same work and mix their logs."""

    def waiting(pid: str) -> None:
        log.say(f"another build (pid {pid}) holds this checkout; waiting")

    return holding(paths.state_dir() / "build.lock", waiting=waiting)


def known_names() -> list[str]:
    """All packages that have a recipe."""
    return sorted(path.parent.name for path in (paths.project_root() / "pkgs").glob("*/recipe.toml"))


def checked_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once. Raises InvalidName or UnknownPackage."""
    known = known_names()
    return tuple(dict.fromkeys(find(name, known) for name in names))
