"""A copy of the checkout, for commands that change one."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.process import Completed


@dataclass(frozen=True, kw_only=True)
class CheckoutCopy:
    """It has a repository of its own, as flakes want one."""

    root: Path

    def call(self, *command: str | Path, **variables: str) -> str:
        """What a module of Python says that is run there, after git was told of all files."""
        run(["git", "add", "-A"], env=os.environ, cwd=self.root)
        return self.end(*command, check=True, **variables).stdout

    def end(self, *command: str | Path, check: bool = False, **variables: str) -> Completed:
        """The same, however it ends; git is told nothing."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "builder"), "WASMWRIGHT_STATE": "", **variables}
        return run([sys.executable, "-P", "-m", *command], env=environment, cwd=self.root, check=check)

    def wasmwright(self, *arguments: str, **variables: str) -> str:
        """What a command says that ends well."""
        return self.call("wasmwright", *arguments, **variables)


def copy_checkout(checkout: Path, root: Path) -> CheckoutCopy:
    """Copy what git knows of a checkout, and what it does not ignore, to `root`."""
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], env=os.environ, cwd=checkout)
    for name in filter(None, listed.stdout.split("\0")):
        if (checkout / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(checkout / name, root / name)
    run(["git", "init", "-q"], env=os.environ, cwd=root)
    return CheckoutCopy(root=root)
