"""The tables in numpy's patch are those that mpmath computes: tests/accuracy."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from wasmwright.paths import project_root

if TYPE_CHECKING:
    from pathlib import Path

ROOT = project_root()
PROGRAM = ROOT / "tests" / "accuracy" / "tables.py"
PATCH = ROOT / "pkgs" / "numpy" / "patches" / "0009-vector-mathematics.patch"


def _check(patch: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), "--check", str(patch)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_tables_are_as_computed():
    result = _check(PATCH)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_one_digit_changed_is_seen(tmp_path: Path):
    text = PATCH.read_text(encoding="utf-8")
    digits = "0x1.62e42fefa39efp-1"
    assert digits in text
    changed = tmp_path / "changed.patch"
    changed.write_text(text.replace(digits, "0x1.62e42fefa39eep-1"), encoding="utf-8")
    result = _check(changed)
    assert result.returncode == 1
    assert digits in result.stdout
