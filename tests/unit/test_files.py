from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wasmwright.files import write_json, write_text

if TYPE_CHECKING:
    from pathlib import Path


def test_text_replaces_what_was_there_and_leaves_nothing_beside(tmp_path: Path):
    path = tmp_path / "made" / "a.txt"
    write_text(path, "old")
    write_text(path, "neu: \N{LATIN SMALL LETTER U WITH DIAERESIS}")
    assert path.read_text(encoding="utf-8") == "neu: \N{LATIN SMALL LETTER U WITH DIAERESIS}"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.txt"]


def test_what_cannot_be_written_leaves_the_old_one(tmp_path: Path):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_json_keeps_the_order_of_its_keys(tmp_path: Path):
    write_json(tmp_path / "a.json", {"version": 1, "name": "a lone \ud800"})
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert list(json.loads(text)) == ["version", "name"]
