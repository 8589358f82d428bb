"""Programs that measure: what they say of their progress is told at once, what else they say is kept for errors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wasmwright import log
from wasmwright.process import Completed, failed, run_streaming

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# How lines begin that the scripts of `guest/` mean for who watches.
PROGRESS = "bench: "


def watched(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True) -> Completed:
    """Run a program to its end with exactly the environment `env`, as `process.run` does. Raises what that does."""
    kept: list[str] = []

    def hear(line: str) -> None:
        if line.startswith(PROGRESS):
            log.say(f"  {line.removeprefix(PROGRESS)}")
        else:
            kept.append(line)

    done = replace(run_streaming(command, env=env, cwd=cwd, on_stderr_line=hear), stderr="\n".join(kept))
    if check and done.returncode != 0:
        raise failed(done)
    return done
