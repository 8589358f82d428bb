"""The parts of LLVM's source that the Fortran runtime is made of, without the other 150,000 files.

From the environment: `archive` (the tarball), `members` (folders inside its top folder, separated by spaces), `out`.
"""

from __future__ import annotations

import os
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.failure import WasmwrightError, told

if TYPE_CHECKING:
    from collections.abc import Sequence


class FolderMissing(WasmwrightError):
    """An archive of sources has no such folder."""

    exit_code = 72


def extract(archive: Path, folders: Sequence[str], out: Path) -> None:
    """Unpack `folders` of the archive's top folder into `out`, which must not exist; raises FolderMissing."""
    wanted = tuple(f"{folder}/" for folder in folders)
    out.mkdir()
    # One pass over the stream: the members lie spread over 2 GB.
    with tarfile.open(archive, "r|*") as opened:
        for member in opened:
            _, _, inside = member.name.partition("/")
            if member.isfile() and inside.startswith(wanted):
                opened.extract(member.replace(name=inside, mode=0o644, deep=False), out, filter="data")
    missing = [folder for folder in folders if not (out / folder).is_dir()]
    if missing:
        message = f"{archive.name} has no {', '.join(missing)}"
        raise FolderMissing(message, hint="look where this version of the source has them, and change `members`")


def main() -> int:
    """Unpack what the derivation at hand asks for."""
    try:
        extract(Path(os.environ["archive"]), os.environ["members"].split(), Path(os.environ["out"]))
    except FolderMissing as error:
        sys.stderr.write(f"wasmwright: {told(error)}")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
