"""Which commands of a script are run, as far as its conditions are known: `if`, `case`, loops, functions, `&&`."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wasmwright.importing.places import OPAQUE
from wasmwright.importing.shell import ShellCommand, read_commands

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

_OPENING = {"if", "for", "while", "until", "case", "{", "select"}
_CLOSING = {"fi", "done", "esac", "}"}
_JOINING = {"then", "else", "do", "elif", "!"}
_DOLLAR_WORD = re.compile(r"^\$\{?(\w+)(?::?-[^}]*)?\}?$")
# How it ends with these tells something, and nobody knows what.
_ASKS = {"which", "type", "command", "grep", "egrep", "ls", "file", "diff", "cmp", "hash", "test", "[", "[["}
_TESTS = {"test", "[", "[["}
# A loop with more items, and a script with more commands, is not written out.
_ITEMS, _MOST, _DEEP = 32, 4000, 20


def commands(text: str, known: Mapping[str, str]) -> Iterator[ShellCommand]:
    """The commands of a script that would be run where the variables have these values.

    `known` may get more of them while commands are taken.
    """
    yield from _Walk(known=known).run(read_commands(text), nested=False)


@dataclass(kw_only=True)
class _Walk:
    known: Mapping[str, str]
    functions: dict[str, list[ShellCommand]] = field(default_factory=dict)
    given: int = 0
    depth: int = 0

    def run(self, found: Sequence[ShellCommand], *, nested: bool) -> Iterator[ShellCommand]:
        """Those of a list, one after the other."""
        self.depth += 1
        at = 0 if self.depth <= _DEEP else len(found)
        if at:
            yield from self._flat(found)
        # How the command before ended; None where that is not known.
        ended: bool | None = True
        while at < len(found):
            command = found[at]
            end = _end_of(found, at, command)
            block = [*found[at : end + 1]]
            if end == len(found):
                # What does not end here ends with the script.
                block.append(replace(command, words=("}",), lines=(command.line,), after=""))
            at = end + 1
            if command.after not in {"&&", "||"}:
                ended = True
            is_run = None if ended is None else (ended if command.after != "||" else not ended)
            if command.after not in {"&&", "||"} or is_run is not False:
                yield from self._one(block, nested=nested or is_run is None)
                ended = self._ending(block)
        self.depth -= 1

    def _ending(self, block: Sequence[ShellCommand]) -> bool | None:
        """Whether a command ends well: all do that are not tests."""
        words = block[0].words
        if words[0] == "false":
            return False
        negated = words[0] == "!"
        words = words[1:] if negated else words
        if not words or words[0] not in _ASKS:
            return not negated
        holds = holding(words, self.known) if words[0] in _TESTS else None
        return holds if holds is None else holds != negated

    def _one(self, block: Sequence[ShellCommand], *, nested: bool) -> Iterator[ShellCommand]:
        command, inner = block[0], block[1:-1]
        first = command.words[0]
        if (name := _function(command.words)) is not None:
            words = command.words
            begin = _rest(command, words.index("{") + 1) if "{" in words else []
            if inner and inner[0].words[0] == "{" and "{" not in words:
                begin, inner = _rest(inner[0], 1), inner[1:]
            self.functions[name] = [*begin, *inner]
        elif first == "if":
            yield from self._if(block, nested=nested)
        elif first == "for":
            yield from self._for(block, nested=nested)
        elif first == "case":
            yield from self._case(block, nested=nested)
        elif first == "{":
            yield from self.run([*_rest(command, 1), *inner], nested=nested)
        elif first in _OPENING:
            yield from self._opaque(block)
        elif first in self.functions:
            self.given += 1
            body = self.functions[first] if self.given < _MOST else []
            yield from self.run([_called(one, command.words[1:]) for one in body], nested=nested)
        elif first not in _CLOSING | {";;"}:
            yield from self._give(command, nested=nested)

    def _for(self, block: Sequence[ShellCommand], *, nested: bool) -> Iterator[ShellCommand]:
        """A loop, written out where what it goes over is known."""
        command, inner = block[0], block[1:-1]
        items = _items(command.words)
        if items is None or self.given + len(items) > _MOST:
            yield from self._opaque(block)
            return
        body = [*_rest(inner[0], 1), *inner[1:]] if inner else []
        for item in items:
            words = (f"{command.words[1]}={item}",)
            yield from self._give(replace(command, words=words, lines=(command.line,)), nested=nested)
            yield from self.run(body, nested=nested)

    def _opaque(self, block: Sequence[ShellCommand]) -> Iterator[ShellCommand]:
        """A block whose run is not known: how it begins, and what is in it."""
        yield from self._give(replace(block[0], piped=False), nested=True)
        yield from self._flat(block[1:])

    def _flat(self, found: Sequence[ShellCommand]) -> Iterator[ShellCommand]:
        for command in found:
            words = command.words
            while words and words[0] in _JOINING:
                words = words[1:]
            if words and words[0] not in _CLOSING | _OPENING | {";;"}:
                yield from self._give(command, nested=True)

    def _give(self, command: ShellCommand, *, nested: bool) -> Iterator[ShellCommand]:
        self.given += 1
        words = command.words
        while words and words[0] in _JOINING:
            words = words[1:]
        if words:
            yield replace(command, words=words, lines=command.lines[-len(words) :], nested=nested)

    def _if(self, block: Sequence[ShellCommand], *, nested: bool) -> Iterator[ShellCommand]:
        was_run: bool | None = False
        for condition, part in _parts(block):
            holds = True if condition is None else self._condition(condition)
            if was_run is not True:
                yield from self._conditions_own(condition or [], nested=nested or was_run is None)
            was_run = yield from self._branch(part, was_run=was_run, holds=holds, nested=nested)

    def _branch(
        self, part: Sequence[ShellCommand], *, was_run: bool | None, holds: bool | None, nested: bool
    ) -> Generator[ShellCommand, None, bool | None]:
        """One of several parts, of which the first is run that holds. Returns whether one was run by now."""
        is_run = _all_of([_not(was_run), holds])
        if is_run is not False:
            yield from self.run(part, nested=nested or is_run is None)
        return _any_of([was_run, is_run])

    def _condition(self, condition: Sequence[ShellCommand]) -> bool | None:
        """Whether a list of commands ends well, all of which but tests are not known."""
        result: bool | None = None
        for command in condition:
            one = self._ending([command]) if command.words[0] in _TESTS | {"!", "true", "false"} else None
            match command.after:
                case "&&":
                    result = _all_of([result, one])
                case "||":
                    result = _any_of([result, one])
                case _:
                    result = one
        return result

    def _conditions_own(self, condition: Sequence[ShellCommand], *, nested: bool) -> Iterator[ShellCommand]:
        """Commands that a condition runs to see how they end."""
        for nth, command in enumerate(condition):
            words = command.words[1:] if command.words[0] == "!" else command.words
            if words and words[0] not in _ASKS | {"true", "false"}:
                yield from self._give(command, nested=nested or nth > 0)

    def _case(self, block: Sequence[ShellCommand], *, nested: bool) -> Iterator[ShellCommand]:
        value = _value(block[0].words[1], self.known) if len(block[0].words) > 1 else None
        was_run: bool | None = False
        for patterns, part in _clauses(block):
            holds = None if value is None else any(fnmatch.fnmatchcase(value, one) for one in patterns)
            was_run = yield from self._branch(part, was_run=was_run, holds=holds, nested=nested)


def _rest(command: ShellCommand, count: int) -> list[ShellCommand]:
    """A command without its first words; none where it has no others."""
    words = command.words[count:]
    return [replace(command, words=words, lines=command.lines[-len(words) :])] if words else []


def _called(command: ShellCommand, arguments: tuple[str, ...]) -> ShellCommand:
    """A command of a function, which is called with arguments."""
    if not {"$@", "$*"} & {*command.words}:
        return command
    pairs = list(zip(command.words, command.lines, strict=False))
    given = [(one, command.line) for one in arguments]
    pairs = [pair for word, line in pairs for pair in (given if word in {"$@", "$*"} else [(word, line)])]
    return replace(command, words=tuple(word for word, _ in pairs), lines=tuple(line for _, line in pairs))


def _function(words: Sequence[str]) -> str | None:
    """The name of a function that is defined."""
    if words[0] == "function" and len(words) > 1:
        return words[1].removesuffix("()")
    if words[0].endswith("()") and len(words[0]) > len("()"):
        return words[0].removesuffix("()")
    return words[0] if words[1:2] == ("()",) else None


def _head(words: Sequence[str]) -> str:
    """The word of a command that may open or close a block."""
    while words and (words[0] in _JOINING or (len(words) > 1 and re.fullmatch(r"[^()$]+\)", words[0]))):
        words = words[1:]
    if words and words[0] == "case" and "in" in words:
        return "case"
    return words[0] if words else ""


def _end_of(found: Sequence[ShellCommand], at: int, first: ShellCommand) -> int:
    """Where the block ends that a command opens, which stands at a place: there, where it opens none.

    Behind all of them, where it does not end.
    """
    depth, is_function = 0, False
    for place in range(at, len(found)):
        words = first.words if place == at else found[place].words
        head = _head(words)
        if is_function and head == "{":
            is_function = False
        elif (name := _function(words)) is not None:
            depth += 1
            is_function = "{" not in words and bool(name)
        elif head in _OPENING:
            depth += 1
        elif head in _CLOSING:
            depth -= 1
        if head == "case" and words[-1] == "esac":
            depth -= 1
        if depth <= 0:
            return place
    return len(found)


def _items(words: Sequence[str]) -> list[str] | None:
    """What a loop goes over; None where only running it would tell."""
    if len(words) < 3 or words[2] != "in" or not re.fullmatch(r"[A-Za-z_]\w*", words[1]):  # noqa: PLR2004 - for NAME in
        return None
    items = [*words[3:]]
    odd = any(re.search(r"[*?{}\[\]]", one.replace("${", "")) and not _DOLLAR_WORD.match(one) for one in items)
    if odd or len(items) > _ITEMS or any(_DOLLAR_WORD.match(one) or OPAQUE in one or "[@]" in one for one in items):
        return None
    return items


def _parts(block: Sequence[ShellCommand]) -> Iterator[tuple[list[ShellCommand] | None, list[ShellCommand]]]:
    """The conditions of an `if`, and what is run where they hold; `else` has none."""
    condition: list[ShellCommand] | None = []
    part: list[ShellCommand] = []
    in_condition, at = True, 0
    while at < len(block) - 1:
        command = block[at]
        words = command.words
        if at == 0 or words[0] == "elif":
            if at:
                yield condition, part
            condition, part, in_condition = [], [], True
            pieces = _rest(command, 1)
        elif words[0] == "else":
            yield condition, part
            condition, part, in_condition = None, [], False
            pieces = _rest(command, 1)
        elif words[0] == "then" and in_condition:
            in_condition = False
            pieces = _rest(command, 1)
        else:
            pieces = [command]
        if not pieces:
            at += 1
            continue
        end = min(_end_of(block, at, pieces[0]), len(block) - 2)
        first = pieces[0] if pieces[0] is command else replace(pieces[0], after="")
        (condition if in_condition and condition is not None else part).extend([first, *block[at + 1 : end + 1]])
        at = end + 1
    yield condition, part


def _clauses(block: Sequence[ShellCommand]) -> Iterator[tuple[list[str], list[ShellCommand]]]:
    """The patterns of a `case`, and what is run where one fits."""
    words = block[0].words
    begin = words.index("in") + 1 if "in" in words else len(words)
    patterns: list[str] = []
    part: list[ShellCommand] = []
    is_open = False
    for command in [*_rest(block[0], begin), *block[1:]]:
        if command.words in {(";;",), ("esac",)}:
            if is_open:
                yield patterns, part
            patterns, part, is_open = [], [], False
            continue
        left = command
        if not is_open:
            word = command.words[0]
            patterns.append(word.lstrip("(").removesuffix(")"))
            is_open = word.endswith(")")
            rest = _rest(command, 1)
            if not rest:
                continue
            left = replace(rest[0], piped=False, after="")
        part.append(left)


def holding(condition: Sequence[str], known: Mapping[str, str]) -> bool | None:
    """Whether `[[ $name == pattern ]]` holds, or several of them with `&&` and `||`; None where that is not known."""
    words = [word for word in condition if word not in {"[", "[[", "]", "]]", "test"}]
    return _any_of([_all_of([_compared(one, known) for one in _parted(part, "&&")]) for part in _parted(words, "||")])


# Of three values, None where it is not known.


def _all_of(found: Sequence[bool | None]) -> bool | None:
    return False if False in found else (None if None in found else True)


def _any_of(found: Sequence[bool | None]) -> bool | None:
    return _not(_all_of([_not(one) for one in found]))


def _not(one: bool | None, /) -> bool | None:  # noqa: FBT001 - it is what is turned round
    return None if one is None else not one


def _parted(words: list[str], separator: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == separator:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _compared(words: list[str], known: Mapping[str, str]) -> bool | None:
    negated = False
    while words and words[0] == "!":
        negated, words = not negated, words[1:]
    match words:
        case [("-z" | "-n") as operator, word]:
            left, wanted, differs = word, "", operator == "-n"
        case [left, ("==" | "=" | "!=" | "-eq" | "-ne") as operator, wanted]:
            differs = operator in {"!=", "-ne"}
        case [left, "=~", expression]:
            patterns, differs = _fitting(expression), False
            value = _value(left, known)
            if value is None or patterns is None:
                return None
            return any(fnmatch.fnmatchcase(value, one) for one in patterns) != negated
        case _:
            return None
    value, against = _value(left, known), _value(wanted, known)
    if value is None or against is None:
        return None
    return (fnmatch.fnmatchcase(value, against) != differs) != negated


def _fitting(expression: str) -> list[str] | None:
    """A plain regular expression as patterns; None for one with more in it."""
    found = re.fullmatch(r"(\^?)(\([\w|-]+\)|[\w|-]*)((?:\.\*[\w-]*){0,3})(\$?)", expression)
    if found is None or ("|" in found[2] and not found[2].startswith("(") and found[1] + found[3] + found[4]):
        return None
    before, after = "" if found[1] else "*", "" if found[4] else "*"
    middle = found[3].replace(".*", "*")
    return [f"{before}{one}{middle}{after}" for one in found[2].strip("()").split("|")]


def _value(word: str, known: Mapping[str, str]) -> str | None:
    """What a word of a condition comes to: a variable that is known, or a text; None for all else."""
    name = _DOLLAR_WORD.match(word)
    if name is not None:
        return known.get(name[1])
    return None if "$" in word or OPAQUE in word else word
