"""Added packages, put into the checkout: all of their folders, or none."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wasmwright.files import write_text
from wasmwright.generate.files import PACKAGE
from wasmwright.importing.errors import RecipeInTheWay
from wasmwright.lock.document import write_lock
from wasmwright.recipe.parse import RECIPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wasmwright.adding.run import Added


def write_packages(added: Sequence[Added], root: Path) -> list[Path]:
    """Write pkgs/NAME for each of the checkout `root`; the folders. Raises RecipeInTheWay, and OSError.

    They are made beside, on the same disk, and then take their places.
    """
    with _staged(root) as stage:
        for one in added:
            folder = stage / one.name
            write_text(folder / RECIPE, one.draft.text)
            write_lock(folder / one.draft.recipe.lock_path.name, one.lock)
            write_text(folder / PACKAGE, one.nix)
        return _placed([stage / one.name for one in added], root / "pkgs")


def _placed(folders: Sequence[Path], pkgs: Path) -> list[Path]:
    there = [folder.name for folder in folders if (pkgs / folder.name).exists()]
    if there:
        message = f"pkgs/{there[0]} has come to be there meanwhile; nothing is written"
        raise RecipeInTheWay(message, hint="look at it, then run the same command again")
    done: list[Path] = []
    try:
        # One by one, so that all are known that have to go again.
        done.extend(folder.rename(pkgs / folder.name) for folder in folders)
    except BaseException:
        for place in done:
            shutil.rmtree(place, ignore_errors=True)
        raise
    return done


@contextmanager
def _staged(root: Path) -> Iterator[Path]:
    """A folder that git and Nix do not see, gone afterwards."""
    stage = root / ".wasmwright" / f"adding.{os.getpid()}"
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
