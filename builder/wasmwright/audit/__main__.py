"""`python -m wasmwright.audit WHEEL... --runtime DIR [OPTIONS]`; `--help` lists them.

Several WHEELs are installed beside each other: modules of one may need those of another. A WHEEL that is a folder is
audited as a library. Ends with 40 when an error is found.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wasmwright.audit.errors import AuditFailed
from wasmwright.audit.render import as_json, as_text
from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.subjects import audit_all
from wasmwright.wheel.entry import reported


def main(argv: list[str]) -> int:
    """Audit what is named, print what was found, write the reports; returns the exit code."""
    options = _parser().parse_args(argv)
    return reported(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    runtime = load_runtime(options.runtime)
    reports = audit_all(
        options.subjects,
        runtime=runtime,
        libraries=options.library,
        beside=options.beside,
        linked=options.linked,
        platform_tag=options.platform_tag,
        differing=options.differing,
    )
    for report in reports:
        sys.stdout.write(as_text(report))
    if options.json:
        options.json.write_text(as_json(reports), encoding="utf-8")
    return 0 if all(report.ok for report in reports) else AuditFailed.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wasmwright.audit", allow_abbrev=False)
    parser.add_argument("subjects", nargs="+", type=Path, metavar="WHEEL")
    parser.add_argument("--runtime", type=Path, required=True, help="folder of a Pyodide distribution")
    parser.add_argument(
        "--library",
        type=Path,
        action="append",
        default=[],
        help="side module, or folder or wheel of some, loaded with the wheel",
    )
    parser.add_argument(
        "--beside",
        type=Path,
        action="append",
        default=[],
        metavar="WHEEL",
        help="wheel that is installed together with these: the files of all are compared",
    )
    parser.add_argument(
        "--linked",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="library that a library was built with, which its .pc and CMake files may name",
    )
    parser.add_argument("--platform-tag", help="the platform to expect instead of the runtime's")
    parser.add_argument(
        "--differing",
        nargs="*",
        default=[],
        metavar="NAME",
        help="functions that a library must not call: their types are not those of the runtime",
    )
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the reports there")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
