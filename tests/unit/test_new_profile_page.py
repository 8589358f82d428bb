"""docs/how-to/new-profile.md and the test that walks its steps name the same ones."""

from __future__ import annotations

import ast
import re

from wasmwright.paths import project_root

ROOT = project_root()


def test_page_and_walk_have_the_same_steps():
    page = (ROOT / "docs/how-to/new-profile.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\d+\. \*\*([^*]+?)\.?\*\*", page, re.MULTILINE)
    module = ast.parse((ROOT / "tests/integration/test_new_profile.py").read_text(encoding="utf-8"))
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    walk = functions["test_a_new_profile_builds_a_package"].body
    called = [
        line.value.func.id
        for line in walk
        if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call) and isinstance(line.value.func, ast.Name)
    ]
    told = [(ast.get_docstring(functions[name]) or "").partition(":")[0] for name in called]
    assert told == steps
    assert len(steps) > 1
