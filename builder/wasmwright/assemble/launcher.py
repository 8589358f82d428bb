"""Programs of ours beside the compilers: the package they are in, and the script that starts one."""

from __future__ import annotations

import compileall
import py_compile
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Paths stand in it whole: Python reads no variable and no folder of the user's.
_TEXT = """#!{python} -ISB
import os, sys
sys.path.insert(0, {lib!r})
{settings}from {module} import main
sys.exit(main({arguments}))
"""


@dataclass(frozen=True, kw_only=True)
class Launcher:
    """A script that calls `main` of `module`, found in `lib`, with `arguments`.

    `variables` are set where the environment does not have them; one without a value is left out.
    """

    python: Path
    lib: Path
    module: str
    variables: Mapping[str, str]
    arguments: tuple[str, ...] = ()

    def text(self) -> str:
        """The script."""
        settings = [f"os.environ.setdefault({name!r}, {value!r})\n" for name, value in self.variables.items() if value]
        return _TEXT.format(
            python=self.python / "usr/bin/python3",
            lib=str(self.lib),
            settings="".join(settings),
            module=self.module,
            arguments=", ".join(repr(argument) for argument in self.arguments),
        )

    def write(self, path: Path) -> None:
        """Write the script to `path`, executable."""
        path.write_text(self.text(), encoding="utf-8")
        path.chmod(0o755)


def install(package: Path, lib: Path) -> None:
    """Copy a part of the package out of the store to `lib`, and compile it for the Python that runs."""
    shutil.copytree(package, lib, copy_function=shutil.copyfile)
    for path in [lib, *lib.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    compileall.compile_dir(
        lib,
        quiet=2,
        stripdir=str(lib.parent),
        prependdir="/",
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
