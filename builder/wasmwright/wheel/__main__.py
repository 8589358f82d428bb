"""`python -m wasmwright.wheel repack|library|contract`: the wheels that are shipped, and what is said of them.

`repack IN.whl --name N --version V --platform-tag T [--split GLOB]... [--shared WHEEL]... [--epoch N] --out DIR`: from
a back end's wheel.
`library FILE.so... --name N --version V --platform-tag T [--shared WHEEL]... --out DIR`: of side modules that several
wheels load.
`contract --out DIR --name N --version V --kind wheel|library --profile P --main FILE --tests FILE --beside PATH...
--meta FILE`: package.json of the output DIR; `--main` and `--tests` may be empty.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wasmwright.wheel.archive import EARLIEST
from wasmwright.wheel.contract import Contract, read_meta, write_contract
from wasmwright.wheel.entry import reported
from wasmwright.wheel.repack import Expected, repack, write
from wasmwright.wheel.shared import library_wheel


def main(argv: list[str]) -> int:
    """Run one command and name the files it wrote, a line each."""
    options = _parser().parse_args(argv)

    def program() -> int:
        sys.stdout.write("".join(f"{path}\n" for path in options.run(options)))
        return 0

    return reported(program)


def _repack(options: argparse.Namespace) -> list[Path]:
    done = repack(
        options.wheel,
        expected=Expected(name=options.name, version=options.version),
        platform_tag=options.platform_tag,
        globs=options.split,
        epoch=options.epoch,
        out=options.out,
        shared=options.shared,
    )
    return [done.main, *([done.tests] if done.tests else [])]


def _library(options: argparse.Namespace) -> list[Path]:
    wheel = library_wheel(
        options.name, options.version, options.files, platform_tag=options.platform_tag, shared=options.shared
    )
    # Made of files alone: there is no source with a date.
    return [write(wheel, options.out, EARLIEST)]


def _contract(options: argparse.Namespace) -> list[Path]:
    contract = Contract(
        name=options.name,
        version=options.version,
        kind=options.kind,
        profile=options.profile,
        main=options.main,
        tests=options.tests,
        beside=options.beside,
        meta=read_meta(options.meta),
    )
    return [write_contract(contract, options.out)]


def _wheel(text: str) -> Path | None:
    """A path, or None for an empty word: scripts have no other way to leave it out."""
    return Path(text) if text else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wasmwright.wheel", allow_abbrev=False)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("repack", help="retag a wheel, split its tests off, make its bytes repeatable")
    command.add_argument("wheel", type=Path)
    command.add_argument("--name", required=True, help="of the recipe, which the wheel has to have")
    command.add_argument("--version", required=True)
    command.add_argument("--platform-tag", required=True, help="such as pyemscripten_2026_5_wasm32")
    command.add_argument("--split", action="append", default=[], metavar="GLOB", help="members for the tests' wheel")
    _add_shared(command)
    command.add_argument(
        "--epoch", type=int, default=EARLIEST, help="time of all members, in seconds since 1970; 1980 if not given"
    )
    command.add_argument("--out", type=Path, required=True, help="folder for the wheel, and for tests/ with the tests'")
    command.set_defaults(run=_repack)
    command = commands.add_parser("library", help="a wheel of side modules that several wheels load")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE.so")
    command.add_argument("--name", required=True, help="of the distribution")
    command.add_argument("--version", required=True)
    command.add_argument("--platform-tag", required=True, help="such as pyemscripten_2026_5_wasm32")
    _add_shared(command)
    command.add_argument("--out", type=Path, required=True, help="folder for the new wheel")
    command.set_defaults(run=_library)
    _add_contract(commands)
    return parser


def _add_shared(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--shared",
        type=Path,
        action="append",
        default=[],
        metavar="WHEEL",
        help="a library's wheel that modules may need",
    )


def _add_contract(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("contract", help="package.json: what an output holds, and what it needs beside it")
    command.add_argument("--out", type=Path, required=True, help="the output; it holds the wheels already")
    command.add_argument("--name", required=True, help="of the package")
    command.add_argument("--version", required=True)
    command.add_argument("--kind", choices=("wheel", "library"), required=True)
    command.add_argument("--profile", required=True)
    command.add_argument("--main", type=_wheel, required=True, metavar="FILE", help="the wheel that users install")
    command.add_argument("--tests", type=_wheel, required=True, metavar="FILE", help="the wheel of its tests")
    command.add_argument(
        "--beside", nargs="*", action="extend", default=[], metavar="PATH", help="outputs to install with it"
    )
    command.add_argument("--meta", type=Path, required=True, help="JSON: summary, license, homepage, imports")
    command.set_defaults(run=_contract)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
