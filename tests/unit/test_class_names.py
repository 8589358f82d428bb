"""One name, one class: who reads a name anywhere in the package knows which is meant."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "builder" / "wasmwright"


def classes(top: Path) -> dict[str, list[str]]:
    """Where each public class is defined, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(top.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(top).as_posix())
    return found


def test_no_class_has_the_name_of_another():
    assert {name: where for name, where in classes(SOURCES).items() if len(where) > 1} == {}


def test_a_name_that_stands_twice_is_found(tmp_path: Path):
    (tmp_path / "a.py").write_text("class One: ...\nclass _Own: ...\n")
    (tmp_path / "b.py").write_text("def made():\n    class One: ...\nclass _Own: ...\n")
    assert classes(tmp_path) == {"One": ["a.py", "b.py"]}
