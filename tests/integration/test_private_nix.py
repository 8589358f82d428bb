"""Installing the pinned Nix of the toolchain lock, from this machine's mirrors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIND = """
from wasmwright.cli.session import open_checkout, open_nix
print(open_nix(open_checkout()).program)
"""


def test_two_processes_install_one_nix_that_builds(tmp_path: Path):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "builder"),
        "WASMWRIGHT_DATA": str(tmp_path / "data"),
        "WASMWRIGHT_NIX": "private",
    }
    command = [sys.executable, "-c", FIND]
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    found, said = zip(*(process.communicate(timeout=600) for process in both), strict=True)
    assert [process.returncode for process in both] == [0, 0], said
    assert len(set(found)) == 1
    assert sum(text.count("installing a private Nix") for text in said) == 1
    installed = [path.name for path in (tmp_path / "data/nix").iterdir()]
    assert len(installed) == 2, installed

    expression = (
        'derivation { name = "private"; system = "x86_64-linux"; builder = "/bin/sh"; '
        f'args = [ "-c" "echo {tmp_path.name}-{os.getpid()} > $out" ]; }}'
    )
    command = [sys.executable, "-m", "wasmwright", "nix", "--", "build", "--no-link", "--print-out-paths", "--expr"]
    done = subprocess.run([*command, expression], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).read_text() == f"{tmp_path.name}-{os.getpid()}\n"
