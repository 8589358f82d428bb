from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from wasmwright.process import run_streaming

if TYPE_CHECKING:
    from pathlib import Path


def test_a_program_that_fills_both_pipes_is_read(tmp_path: Path):
    code = "import sys; sys.stdout.write('o' * 300_000); sys.stdout.flush(); sys.stderr.write('e' * 300_000 + '\\n')"
    lines: list[str] = []
    done = run_streaming([sys.executable, "-c", code], env=os.environ, cwd=tmp_path, on_stderr_line=lines.append)
    assert (done.returncode, len(done.stdout), len(lines[0])) == (0, 300_000, 300_000)
