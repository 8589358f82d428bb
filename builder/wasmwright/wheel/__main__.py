"""`python -m wasmwright.wheel repack IN.whl --platform-tag T [--split GLOB]... --epoch N --out DIR`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wasmwright.wheel.entry import reported
from wasmwright.wheel.repack import repack


def main(argv: list[str]) -> int:
    """Run one command and name the files it wrote, a line each."""
    options = _parser().parse_args(argv)

    def program() -> int:
        done = repack(
            options.wheel, platform_tag=options.platform_tag, globs=options.split, epoch=options.epoch, out=options.out
        )
        sys.stdout.write("".join(f"{path}\n" for path in (done.main, done.tests) if path))
        return 0

    return reported(program)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wasmwright.wheel", allow_abbrev=False)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("repack", help="retag a wheel, split its tests off, make its bytes repeatable")
    command.add_argument("wheel", type=Path)
    command.add_argument("--platform-tag", required=True, help="such as pyemscripten_2026_5_wasm32")
    command.add_argument("--split", action="append", default=[], metavar="GLOB", help="members for the tests' wheel")
    command.add_argument("--epoch", type=int, required=True, help="time of all members, in seconds since 1970")
    command.add_argument("--out", type=Path, required=True, help="folder for the new wheels")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
