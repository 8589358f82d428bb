"""Python that a script runs on the spot, as far as it may be left out."""

from __future__ import annotations

import ast

# Of what a line calls to have something to print: all that may do more than tell.
_DOING = {"open", "exec", "eval", "compile", "__import__", "input", "breakpoint", "setattr", "delattr", "print"}
_DOES_NOTHING = {"sys", "sysconfig", "platform", "site"}
_LONG = 2000


def only_prints(code: str) -> bool:
    """Whether it imports what it asks, and prints what it was told."""
    if len(code) > _LONG:
        return False
    try:
        lines = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(lines) and all(map(_is_harmless, lines))


def _is_harmless(line: ast.stmt) -> bool:
    match line:
        case ast.Import(names=names):
            return all(one.name in _DOES_NOTHING for one in names)
        case ast.ImportFrom(module=str(module), level=0):
            return module in _DOES_NOTHING
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args, keywords=[])):
            return not any(_may_do(part) for one in args for part in ast.walk(one))
        case _:
            return False


def _may_do(part: ast.AST) -> bool:
    return (isinstance(part, ast.Name) and part.id in _DOING) or isinstance(part, ast.Await | ast.NamedExpr)
