"""A Nix evaluator reads back every value that generate/nixlang.py prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wasmwright.generate import nixlang
from wasmwright.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix

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


def test_values_are_read_back(nix: Nix, tmp_path: Path) -> None:
    (tmp_path / "value.nix").write_text(nixlang.value(SET), encoding="utf-8")
    assert evaluated(nix, tmp_path / "value.nix") == SET


def test_functions_ask_for_their_parameters(nix: Nix, tmp_path: Path) -> None:
    names = ["numpy", "3to2", "with", "lib-png"]
    (tmp_path / "function.nix").write_text(f"builtins.functionArgs ({nixlang.parameters(names)} 1)")
    assert evaluated(nix, tmp_path / "function.nix") == dict.fromkeys(["numpy", "_3to2", "_with", "lib-png"], False)


def evaluated(nix: Nix, file: Path) -> object:
    done = run([nix.program, "eval", "--json", "--file", file], env=nix.env(), cwd=file.parent)
    return json.loads(done.stdout)
