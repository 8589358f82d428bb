"""Judge outputs of BLAS's and LAPACK's test programs: `python -m wasmwright.netlib --known FILE OUTPUT...`.

In the file of known failures a table for each program has `line of its output = reason`. The exit code is 0 if there is
no other failure, and each of these.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.netlib.judge import judge, render
from wasmwright.netlib.output import read_output

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="netlib", description="Judge outputs of BLAS's and LAPACK's test programs.")
    parser.add_argument("outputs", nargs="+", type=Path)
    parser.add_argument("--known", type=Path, help="known failures")
    parser.add_argument("--json", type=Path, help="write the results there")
    options = parser.parse_args(arguments)
    known = tomllib.loads(options.known.read_text(encoding="utf-8")) if options.known else {}
    results = [read_output(path.stem, path.read_text(encoding="utf-8", errors="replace")) for path in options.outputs]
    verdict = judge(results, known)
    sys.stdout.write(render(results, verdict))
    if options.json:
        document = {result.name: dataclasses.asdict(result) for result in results}
        options.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0 if verdict.ok else 1


if __name__ == "__main__":
    sys.exit(main())
