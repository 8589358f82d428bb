"""`test-wheel [OPTIONS] WHEEL... [-- ARGUMENTS]`: a wheel's tests by pytest, in the stock runtime under Node.

Run as `python -m wasmwright.wheeltools.testwheel SETTINGS ARGUMENTS...`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.runtime.errors import RuntimeCrashed, TestsFailed
from wasmwright.runtime.node import CRASHED, UNUSABLE, Runtime, command
from wasmwright.spawn import attach
from wasmwright.wheeltools.command import absolute, add_sources, parser, program, say
from wasmwright.wheeltools.inside import Named, target_supply
from wasmwright.wheeltools.installation import read_installation
from wasmwright.wheeltools.place import work_folder
from wasmwright.wheeltools.shelf import wheel
from wasmwright.wheeltools.staging import GUEST, stage

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from wasmwright.wheeltools.installation import Installation

_DESCRIPTION = """\
Run the tests of wheels with pytest, in the stock WebAssembly runtime under Node. What the wheels require, and pytest,
is taken from what is inside, from folders given by --wheels, and at last from the index that pip is configured for.

Tests are the files and folders that ARGUMENTS name, or `tests` or `test` in the working folder: they are copied, with
the installation of pytest beside them, so that the tests import the wheel, and not the sources that it was made of.
Tests that are in a wheel: `-- --pyargs PACKAGE`.
"""
_EPILOG = """\
examples:
  docker run --rm -v "$PWD:/src" IMAGE test-wheel dist/*.whl
  docker run --rm -v "$PWD:/src" IMAGE test-wheel dist/*.whl -- tests/test_core.py -k fast
  test-wheel dist/*.whl --require pytest-asyncio -- tests
  test-wheel dist/*.whl -- --pyargs mypackage

exit codes: 0 all passed; 51 tests failed; 50 the runtime died; 41 no wheel; 76 requirements are missing.
"""
# No folder of the sources comes before what is installed.
_CODE = f"""
import os, sys
sys.path.remove("")
os.chdir({GUEST!r})
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""
_ALWAYS = ("-p", "no:cacheprovider", f"--rootdir={GUEST}")


def main(argv: Sequence[str]) -> int:
    """Run tests; the exit code is that of the error, if there is one."""
    file, *arguments = argv
    end = arguments.index("--") if "--" in arguments else len(arguments)
    written = _parser().parse_args(arguments[:end])
    return program(lambda: _run(read_installation(Path(file)), written, arguments[end + 1 :]))


def _run(installation: Installation, written: argparse.Namespace, arguments: Sequence[str]) -> int:
    with work_folder() as top:
        wheels = _wheels(installation, written, top)
        staged = stage(Path.cwd(), top / "tests", arguments)
        runtime = Runtime(
            folder=installation.runtime, node=installation.node, wheels=wheels, mounts={staged.folder: GUEST}
        )
        words = command(runtime, ["-c", _CODE, *_ALWAYS, *staged.arguments])
        code = attach(words, env=dict(os.environ), cwd=top)
    if code == 0:
        return 0
    if code < 0 or code in {CRASHED, UNUSABLE}:
        how = "did not start" if code == UNUSABLE else "died while the tests ran"
        message = f"the runtime {how}; what it said stands above"
        raise RuntimeCrashed(message)
    message = f"pytest ended with exit code {code}"
    raise TestsFailed(message, hint=_MEANINGS.get(code))


# What pytest means by its exit codes.
_MEANINGS = {
    2: "a test module could not be imported, or the run was interrupted",
    4: "pytest was called wrongly: what stands behind -- is for it",
    5: "there was no test: name files, folders, or `--pyargs PACKAGE` behind --",
}


def _wheels(installation: Installation, written: argparse.Namespace, top: Path) -> tuple[Path, ...]:
    """The wheels that are tested, and all that they need."""
    tested = [wheel(path) for path in written.wheels_tested]
    named = Named(folders=tuple(written.wheels), offline=written.offline)
    supply = target_supply(installation, named, top)
    supply.add(tested)
    wanted = [*(f"{one.name}=={one.version}" for one in tested), "pytest", *written.require]
    chosen = supply.take(wanted, wanted_by="the command line", what="the test")
    say("installed: " + ", ".join(f"{one.name} {one.version}" for one in chosen.values()))
    return tuple(one.path for one in chosen.values() if one.path is not None)


def _parser() -> argparse.ArgumentParser:
    options = parser("test-wheel", _DESCRIPTION, _EPILOG)
    options.add_argument("wheels_tested", type=absolute, nargs="+", metavar="WHEEL", help="the wheels to test")
    add_sources(options)
    options.add_argument(
        "--require", action="append", default=[], metavar="NAME", help="what the tests need besides, such as a plugin"
    )
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
