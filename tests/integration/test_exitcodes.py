"""The page of exit codes, as it is made where only what the command line needs is installed."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from wasmwright.generate.exitcodes import exit_codes

ROOT = Path(__file__).resolve().parents[2]
# Distributions that have another name as modules.
MODULES = {"cyclonedx_python_lib": "cyclonedx", "py_rattler": "rattler"}


def test_it_needs_nothing_that_only_developers_have():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = {re.sub(r"[-.]+", "_", name) for name in project["tool"]["poetry"]["group"]["dev"]["dependencies"]}
    modules = sorted(MODULES.get(name, name) for name in names)
    assert "deflate" in modules
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({modules}));"
        "from wasmwright.generate.exitcodes import exit_codes; sys.stdout.write(exit_codes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT / "builder")}, capture_output=True, check=False
    )
    assert (done.stdout.decode(), done.stderr.decode()) == (exit_codes(), "")
