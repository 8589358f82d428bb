"""The command line as a process of its own, as users start it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "wasmwright")


def environment(root: Path = ROOT, **variables: str) -> dict[str, str]:
    """That of this process, in which Python finds the sources of the checkout `root`; `variables` are set besides."""
    return {**os.environ, "PYTHONPATH": str(root / "builder"), **variables}


def wasmwright(
    *arguments: str | Path, root: Path = ROOT, cwd: Path = Path("/"), **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the checkout `root` to its end, however it ends."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, env=environment(root, **variables), cwd=cwd, capture_output=True, text=True, check=False
    )
