from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from wasmwright.process import Completed, end_all, run, run_streaming

if TYPE_CHECKING:
    from pathlib import Path


def test_a_program_that_fills_both_pipes_is_read(tmp_path: Path):
    code = "import sys; sys.stdout.write('o' * 300_000); sys.stdout.flush(); sys.stderr.write('e' * 300_000 + '\\n')"
    lines: list[str] = []
    done = run_streaming([sys.executable, "-c", code], env=os.environ, cwd=tmp_path, on_stderr_line=lines.append)
    assert (done.returncode, len(done.stdout), len(lines[0])) == (0, 300_000, 300_000)


def test_programs_that_run_in_threads_can_be_ended(tmp_path: Path):
    said = tmp_path / "started"
    ended: list[Completed] = []
    script = f"touch {said}; exec sleep 60"

    def wait() -> None:
        ended.append(run(["sh", "-c", script], env=os.environ, cwd=tmp_path, check=False))

    thread = threading.Thread(target=wait)
    thread.start()
    while not said.exists():
        time.sleep(0.01)
    end_all()
    thread.join(10)
    assert [done.returncode for done in ended] == [-15]
