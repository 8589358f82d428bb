"""Makes Nix's database of the store of an image, by Nix itself: `db`, and `gcroots`, which keep all of it.

From the JSON of the derivation (nix/outputs/storeDatabase.nix): `closure` (the paths, as Nix exports them), `nixStore`,
`shell`.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wasmwright.oci.layers import TIME
from wasmwright.spawn import run
from wasmwright.wheel.entry import reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DATABASE = "db.sqlite"


def registration(closure: Iterable[Mapping[str, Any]]) -> str:
    """What `nix-store --load-db` reads: of each path its hash, its size, no derivation, and what it names."""
    lines: list[str] = []
    for path in sorted(closure, key=lambda one: str(one["path"])):
        references = sorted(path["references"])
        lines += [path["path"], path["narHash"], str(path["narSize"]), "", str(len(references)), *references]
    return "\n".join(lines) + "\n"


def make(closure: list[dict[str, Any]], load: list[str], out: Path, work: Path) -> None:
    """Write the database to the folder `out`: the same bytes each time. `load` is Nix's command for that.

    Raises ToolFailed where Nix does not take the paths.
    """
    told = work / "registration"
    told.write_text(registration(closure), encoding="utf-8")
    environment = {"NIX_REMOTE": f"local?root={work}", "HOME": str(work), "NIX_CONF_DIR": str(work)}
    run([*load, str(told)], env=environment, cwd=work)
    made = work / "nix/var/nix/db"
    settle(made / _DATABASE)
    (out / "db").mkdir(parents=True)
    for name in (_DATABASE, "schema"):
        shutil.copyfile(made / name, out / "db" / name)
    roots = out / "gcroots/image"
    roots.mkdir(parents=True)
    for path in closure:
        (roots / Path(path["path"]).name).symlink_to(path["path"])


def settle(file: Path) -> None:
    """Take from a database what tells when it was made: times, and the log of its changes."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = DELETE").fetchall()
        database.execute("UPDATE ValidPaths SET registrationTime = ?", (TIME,))
        database.commit()
        database.execute("VACUUM")


def _run() -> int:
    given: dict[str, Any] = json.loads(Path(os.environ["NIX_ATTRS_JSON_FILE"]).read_text(encoding="utf-8"))
    load = [given["shell"], "-c", 'exec "$0" --load-db < "$1"', given["nixStore"]]
    work = Path.cwd() / "root"
    work.mkdir()
    make(given["closure"], load, Path(given["outputs"]["out"]), work)
    return 0


if __name__ == "__main__":
    sys.exit(reported(_run))
