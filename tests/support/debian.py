"""Programs that tests need from Debian."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.process import run

if TYPE_CHECKING:
    from collections.abc import Mapping


def install(packages: Mapping[str, str]) -> None:
    """Have programs here, each with its package: installed if this user may, and otherwise it is said how."""
    missing = [name for name in packages if shutil.which(name) is None]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *(packages[name] for name in missing)]
    if os.geteuid() == 0 and shutil.which("apt-get") is not None:
        for one in (["apt-get", "update"], command):
            run(one, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, cwd=Path("/"))
    lacking = [name for name in missing if shutil.which(name) is None]
    assert not lacking, f"{', '.join(lacking)} not installed; run as root: {' '.join(command)}"
