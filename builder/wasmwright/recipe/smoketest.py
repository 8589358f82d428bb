"""Whether a test_import.py, which is run as a script, can fail: by its syntax tree, nothing is run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
# What calls functions that nothing names.
_BY_NAME = {"globals", "locals", "vars", "dir", "eval", "exec", "getmembers"}
_RUNNERS = {("pytest", "main"), ("unittest", "main")}


@dataclass(frozen=True, kw_only=True)
class Uncalled:
    """A function with assertions that nothing calls."""

    name: str
    line: int


@dataclass(frozen=True, kw_only=True)
class SmokeTest:
    """What a script asserts. `line` is that of the mistake in one that is no Python."""

    asserts: bool
    uncalled: tuple[Uncalled, ...] = ()
    fault: str | None = None
    line: int | None = None


def read_smoke_test(text: str) -> SmokeTest:
    """Look a script through."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return SmokeTest(asserts=False, fault=f"is no Python: {error}", line=getattr(error, "lineno", None))
    uncalled = [] if _runs_all(tree) else [one for one in tree.body if _is_uncalled(one, tree)]
    skipped = {id(one) for one in uncalled}
    return SmokeTest(
        asserts=any(_asserts(one) for one in tree.body if id(one) not in skipped),
        uncalled=tuple(
            Uncalled(name=one.name, line=one.lineno) for one in uncalled if isinstance(one, _Scope) and _asserts(one)
        ),
    )


def _runs_all(tree: ast.Module) -> bool:
    """Whether something may call functions that the script does not name."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    runners = {(node.value.id, node.attr) for node in attributes if isinstance(node.value, ast.Name)}
    return bool(_BY_NAME & (names | {node.attr for node in attributes}) or _RUNNERS & runners)


def _is_uncalled(node: ast.stmt, tree: ast.Module) -> bool:
    """Whether it is a function or class that nothing outside of it names, and nothing decorates."""
    if not isinstance(node, _Scope) or node.decorator_list:
        return False
    inside = {id(one) for one in ast.walk(node)}
    return not any(node.name in _named(one) for one in ast.walk(tree) if id(one) not in inside)


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _asserts(node: ast.AST) -> bool:
    """Whether something in it can fail of its own: an assertion about more than a constant, a `raise`, a helper."""
    for one in ast.walk(node):
        if isinstance(one, ast.Assert) and not isinstance(one.test, ast.Constant):
            return True
        if isinstance(one, ast.Raise):
            return True
        if isinstance(one, ast.Call) and _asserting(one.func):
            return True
    return False


def _asserting(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.lower().startswith(("assert", "raises")) or name in {"main", "exit", "fail", "testmod"}
