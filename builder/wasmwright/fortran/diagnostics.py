"""What flang says, without what is only about its inside."""

from __future__ import annotations

import re

_BISECT = "BISECT: "
_NOT_IMPLEMENTED = re.compile(
    r'^error: loc\("(?P<file>[^"]*)":(?P<line>\d+):(?P<column>\d+)\): (?:\S+:\d+: )?(?P<what>.*)$'
)
_CRASH = ("PLEASE submit a bug report", "Stack dump:", "LLVM ERROR: aborting")
_TODO = re.compile(r"^\S*/flang/\S+:\d+: not yet implemented: ")
_MODULE = re.compile(r"error: Cannot (?:read|parse) module file for module '(?P<name>\w+)': (?P<why>.*)")
_NOT_FOUND = re.compile(r"Source file '.*' was not found")


def shown(text: str, folder: str) -> str:
    """The messages for the user. Files below `folder` are named relative to it, as on the command line."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(_BISECT):
            continue
        if line.startswith(_CRASH):
            break
        lines.append(_readable(line, folder))
        if (refused := _MODULE.search(line)) is not None:
            lines.append(_hint(refused["name"], is_there=not _NOT_FOUND.match(refused["why"])))
    return "\n".join([*lines, ""]) if lines else ""


def _readable(line: str, folder: str) -> str:
    found = _NOT_IMPLEMENTED.match(line)
    if found is None:
        return _TODO.sub("error: flang cannot compile this yet: ", line)
    file = found.group("file").removeprefix(f"{folder}/")
    what = found.group("what").replace("not yet implemented", "flang cannot compile this yet")
    return f"{file}:{found.group('line')}:{found.group('column')}: error: {what}"


def _hint(name: str, *, is_there: bool) -> str:
    if is_there:
        return f"  hint: another compiler wrote {name.lower()}.mod, or it is cut short; compile the module again"
    return f"  hint: {name.lower()}.mod is in none of the folders that -I and -J name; compile the module first"
