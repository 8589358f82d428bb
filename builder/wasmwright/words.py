"""Command lines and variables of compilers as words: quoted as for a shell, and response files read."""

from __future__ import annotations

from wasmwright.failure import WasmwrightError

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_DEEPEST = 20
_MOST = 200_000
# Of the response files of one command line together; a file's name counts too, as an empty one can be named for ever.
_MOST_CHARACTERS = 16 << 20
_PER_FILE = 4096
_QUOTES, _SPACES, _ESCAPED = "'\"", " \t\r\n", '"\\'


class InvalidResponseFile(WasmwrightError):
    """A file of a compiler's arguments (`@file`) that cannot be read as such."""

    exit_code = 18


class InvalidVariable(WasmwrightError):
    """A WASMWRIGHT_* variable by which a build speaks to the compilers is missing or cannot be understood."""

    exit_code = 19


def expand(argv: Sequence[str], read: Callable[[str], str | None]) -> list[str]:
    """Put the contents of response files (`@file`) in their place; `read` gives None for a file that is none.

    Raises InvalidResponseFile for quotes that do not end, for files that name each other in a circle, and for more than
    any compiler takes.
    """
    expanded: list[str] = []
    characters = 0
    # The command line, and the response files in which the next word stands.
    reading = [iter(argv)]
    while reading:
        argument = next(reading[-1], None)
        if argument is None:
            reading.pop()
            continue
        text = read(argument[1:]) if argument.startswith("@") else None
        if text is None:
            expanded.append(argument)
            continue
        if len(reading) > _DEEPEST:
            message = f"{argument[1:]}: response files name each other in a circle"
            raise InvalidResponseFile(message)
        characters += len(text) + _PER_FILE
        words = _words_of(argument[1:], text) if characters <= _MOST_CHARACTERS else None
        if words is None or len(expanded) + len(words) > _MOST:
            message = f"{argument[1:]}: response files of over {_MOST} words, or {_MOST_CHARACTERS >> 20} MiB, in all"
            raise InvalidResponseFile(message)
        reading.append(iter(words))
    return expanded


def response_file(name: str) -> str | None:
    """What a response file holds, or as much as shows that it is too long; None for what is none."""
    try:
        with open(name, encoding="utf-8") as file:
            return file.read(_MOST_CHARACTERS + 1)
    except (OSError, ValueError):
        return None


def _words_of(name: str, text: str) -> list[str]:
    try:
        return shell_words(text)
    except ValueError as error:
        message = f"{name}: the response file cannot be read: {error}"
        raise InvalidResponseFile(message, hint="quote its words as for a shell") from error


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
