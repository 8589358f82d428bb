"""The linker's part of a command line: `-Wl,` and `-Xlinker`."""

from __future__ import annotations

from wasmwright.wrapper import rules

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Sequence

_RPATH = ("-rpath", "--rpath", "-R")


def filter_tokens(tokens: Sequence[str]) -> list[str]:
    """The tokens that wasm-ld understands and that hold no path of the build machine.

    Of run paths only those relative to the module (`$ORIGIN`) stay.
    """
    kept: list[str] = []
    waiting = iter(tokens)
    for token in waiting:
        name, equals, value = token.partition("=")
        if name in _RPATH:
            kept += _rpath(value if equals else next(waiting, ""))
        elif rules.linker_takes_dropped_value(token):
            next(waiting, None)
        elif not rules.is_linker_dropped(token):
            kept.append(token)
    return kept


def _rpath(value: str) -> list[str]:
    relative = [path for path in value.split(":") if path.startswith(("$ORIGIN", "${ORIGIN}"))]
    return [f"-rpath={path}" for path in relative]
