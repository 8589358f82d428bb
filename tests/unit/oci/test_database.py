from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from wasmwright.oci.database import registration, settle

if TYPE_CHECKING:
    from pathlib import Path

CLOSURE = [
    {
        "path": "/nix/store/b-tool",
        "narHash": "sha256:2",
        "narSize": 7,
        "references": ["/nix/store/b-tool", "/nix/store/a"],
    },
    {"path": "/nix/store/a", "narHash": "sha256:1", "narSize": 5, "references": []},
]


def test_paths_are_told_as_nix_reads_them():
    assert registration(CLOSURE).splitlines() == [
        *("/nix/store/a", "sha256:1", "5", "", "0"),
        *("/nix/store/b-tool", "sha256:2", "7", "", "2", "/nix/store/a", "/nix/store/b-tool"),
    ]


def test_nothing_tells_when_a_database_was_made(tmp_path: Path):
    for name, time in (("one", 5), ("other", 7)):
        with closing(sqlite3.connect(tmp_path / name)) as database:
            database.execute("PRAGMA journal_mode = WAL").fetchall()
            database.execute("CREATE TABLE ValidPaths (path TEXT, registrationTime INTEGER)")
            database.execute("INSERT INTO ValidPaths VALUES ('/nix/store/a', ?)", (time,))
            database.commit()
        settle(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
