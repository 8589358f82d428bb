"""Command lines and variables of compilers as words: quoted as for a shell, and response files read."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_DEEPEST = 20


class InvalidResponseFile(WasmwrightError):
    """A file of a compiler's arguments (`@file`) that cannot be read as such."""

    exit_code = 18


class InvalidVariable(WasmwrightError):
    """A WASMWRIGHT_* variable by which a build speaks to the compilers is missing or cannot be understood."""

    exit_code = 19


def expand(argv: Sequence[str], read: Callable[[str], str | None], *, depth: int = 0) -> list[str]:
    """Put the contents of response files (`@file`) in their place; `read` gives None for a file that is none.

    Raises InvalidResponseFile for quotes that do not end, and for files that name each other in a circle.
    """
    expanded: list[str] = []
    for argument in argv:
        text = read(argument[1:]) if argument.startswith("@") else None
        if text is None:
            expanded.append(argument)
            continue
        if depth == _DEEPEST:
            message = f"{argument[1:]}: response files name each other in a circle"
            raise InvalidResponseFile(message)
        try:
            words = shell_words(text)
        except ValueError as error:
            message = f"{argument[1:]}: the response file cannot be read: {error}"
            raise InvalidResponseFile(message, hint="quote its words as for a shell") from error
        expanded += expand(words, read, depth=depth + 1)
    return expanded


def shell_words(text: str) -> list[str]:
    """Words quoted as for a shell; raises ValueError for quotes that do not end."""
    if not any(mark in text for mark in "'\"\\"):
        return text.split()
    import shlex

    return shlex.split(text)


def words_from(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The words of a variable, quoted as for a shell; raises InvalidVariable for quotes that do not end."""
    try:
        return tuple(shell_words(environment.get(name, "")))
    except ValueError as error:
        message = f"{name} cannot be read: {error}"
        raise InvalidVariable(message, hint="quote its words as for a shell") from error
