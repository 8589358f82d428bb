"""Command lines and variables of compilers as words: quoted as for a shell, and response files read."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_DEEPEST = 20
_MOST = 200_000
_QUOTES, _SPACES, _ESCAPED = "'\"", " \t\r\n", '"\\'


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
        if len(expanded) > _MOST:
            message = f"{argument[1:]}: the response file, with those that it names, has over {_MOST} words"
            raise InvalidResponseFile(message)
    return expanded


def shell_words(text: str) -> list[str]:
    """Words quoted as for a shell; raises ValueError for quotes that do not end, and for what no argument can be.

    shlex is not used: it takes half as long to import as a small file takes to compile, and an hour for a quoted word
    of some megabytes.
    """
    if "\0" in text:
        message = "it holds a zero byte"
        raise ValueError(message)
    words: list[str] = []
    # None between words; a word may be empty.
    word: list[str] | None = None
    for part in _unquoted(text):
        if part is not None:
            word = word or []
            word.append(part)
        elif word is not None:
            words.append("".join(word))
            word = None
    return words if word is None else [*words, "".join(word)]


def _unquoted(text: str) -> Iterator[str | None]:
    """The parts of words, which may be empty, and None for a space between words."""
    quote = ""
    characters = iter(text)
    for character in characters:
        if character == "\\" and quote != "'":
            escaped = next(characters, "")
            if not escaped:
                message = "No escaped character"
                raise ValueError(message)
            yield escaped if not quote or escaped in _ESCAPED else character + escaped
        elif quote:
            quote = "" if character == quote else quote
            yield character if quote else ""
        elif character in _QUOTES:
            quote = character
        else:
            yield None if character in _SPACES else character
    if quote:
        message = "No closing quotation"
        raise ValueError(message)


def words_from(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The words of a variable, quoted as for a shell; raises InvalidVariable for quotes that do not end."""
    try:
        return tuple(shell_words(environment.get(name, "")))
    except ValueError as error:
        message = f"{name} cannot be read: {error}"
        raise InvalidVariable(message, hint="quote its words as for a shell") from error
