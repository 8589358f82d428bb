"""A Nix evaluator reads back every value that generate/nixlang.py prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wasmwright.generate import nixlang
from wasmwright.nixenv import find_nix

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "",
    '"',
    "\\",
    "${x}",
    "$${x}",
    "\\${x}",
    "$\\{x}",
    "$$",
    "a\nb\r\t",
    "''${x}''",
    "ä ✓ \U0001f600",
    "\x01",
    "\\n",
]
SET = {
    "texts": TEXTS,
    "one": ["x" * 120],
    "if": "keyword",
    "or": {},
    "a.b": {"3d": [], "é": ["x"]},
    "": "no name",
    "${y}": "looks like a variable",
}


@pytest.mark.nix
def test_values_are_read_back(tmp_path: Path) -> None:
    (tmp_path / "value.nix").write_text(nixlang.value(SET), encoding="utf-8")
    assert evaluated(tmp_path / "value.nix") == SET


@pytest.mark.nix
def test_functions_ask_for_their_parameters(tmp_path: Path) -> None:
    names = ["numpy", "3to2", "with", "lib-png"]
    (tmp_path / "function.nix").write_text(f"builtins.functionArgs ({nixlang.parameters(names)} 1)")
    assert evaluated(tmp_path / "function.nix") == dict.fromkeys(["numpy", "_3to2", "_with", "lib-png"], False)


def evaluated(file: Path) -> object:
    done = find_nix()._run(["eval", "--json", "--file", str(file)])
    return json.loads(done.stdout)
