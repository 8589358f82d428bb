"""The expressions of rattler-build's recipes, `${{ name | lower }}`, as far as their value is known without a build.

A small language: texts, whole numbers, lists, names, operators, indexes and slices, filters and a few functions. It has
no loops and calls nothing, and what it makes is limited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import floordiv, mod, mul
from typing import TYPE_CHECKING, TypeAlias

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion

from wasmwright.importing import bounds
from wasmwright.names import quoted
from wasmwright.standards import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value: TypeAlias = "str | bool | int | list[Value] | Symbol | None"

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<number>\d+(?:\.\d+)*)|(?P<name>[A-Za-z_]\w*)|"
    r"(?P<mark>==|!=|<=|>=|//|\*\*|[-+*/%~|()\[\],.:<>={}]))"
)
_TEMPLATE = re.compile(r"\$?\{\{(.*?)\}\}", re.DOTALL)
_LONG_NUMBER = 1000
_METHODS = {"lower", "upper", "replace", "split", "rsplit", "strip", "title", "capitalize"}
_INDEX, _IN = "[]", "in"
_ARITHMETIC = {"*": mul, "//": floordiv, "%": mod}


class UnknownValue(Exception):
    """A value depends on what is not known here; the text says on what."""


class BadExpression(Exception):
    """An expression is not one; the text says why."""


@dataclass(frozen=True)
class Symbol:
    """What a function of the build system stands for, such as `compiler('c')`; its text is how messages name it."""

    function: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(self.arguments)})"


# The variables of whoever builds.
_ENVIRONMENT = Symbol("env", ())


def _is_of_environment(value: Value) -> bool:
    return isinstance(value, Symbol) and value.function.startswith("env")


def has_template(text: str) -> bool:
    """Whether a text has an expression in it."""
    return "{{" in text


def render(text: str, names: Mapping[str, Value], *, where: str) -> Value:
    """A text with its expressions replaced; a text that is one expression alone has its value, whatever that is.

    Raises UnknownValue, BadExpression, and LimitExceeded, which names `where`.
    """
    if not has_template(text):
        return text
    bounds.TEMPLATE.check(len(text), where)
    found = list(_TEMPLATE.finditer(text))
    if len(found) == 1 and found[0][0] == text.strip():
        return evaluate(found[0][1], names, where=where)
    if not found:
        reason = f"{quoted(text)} has `{{{{` without `}}}}`"
        raise BadExpression(reason)
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start()], as_text(evaluate(one[1], names, where=where))]
        at = one.end()
    return "".join([*parts, text[at:]])


def evaluate(expression: str, names: Mapping[str, Value], *, where: str) -> Value:
    """The value of an expression without its braces. Raises as `render` does."""
    bounds.TEMPLATE.check(len(expression), where)
    parser = _Parser(tokens=_tokens(expression), names=names, where=where)
    try:
        value = parser.whole()
    except BadExpression as bad:
        reason = f"{quoted(expression.strip())}: {bad}"
        raise BadExpression(reason) from None
    if parser.at < len(parser.tokens):
        reason = f"{quoted(expression.strip())} goes on where it should end, at {quoted(parser.tokens[parser.at][1])}"
        raise BadExpression(reason)
    return value


def as_text(value: Value) -> str:
    """A value as it stands in a text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(map(as_text, value))
        case _:
            return str(value)


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, end = [], 0, len(expression.rstrip())
    while at < end:
        token = _TOKEN.match(expression, at, end)
        if token is None:
            reason = f"{quoted(expression.strip())} has {quoted(expression[at:].strip()[:1])}, which no expression has"
            raise BadExpression(reason)
        kind = token.lastgroup or ""
        found.append((kind, token[kind]))
        at = token.end()
    return found


@dataclass(kw_only=True)
class _Parser:
    """Reads and evaluates at once, by the precedence of Jinja."""

    tokens: list[tuple[str, str]]
    names: Mapping[str, Value]
    where: str
    at: int = 0
    depth: int = 0
    keywords: dict[str, Value] = field(default_factory=dict)

    def whole(self) -> Value:
        """The value of an expression, as far as it goes."""
        self.depth += 1
        bounds.TEMPLATE_DEPTH.check(self.depth, self.where)
        try:
            return self._conditional()
        finally:
            self.depth -= 1

    def _conditional(self) -> Value:
        value = self._guarded(self._either)
        if not self._takes("name", "if"):
            return _known(value)
        condition = _known(self._guarded(self._either))
        other: Value | UnknownValue = None
        if self._takes("name", "else"):
            other = self._guarded(self.whole)
        return _known(value if is_true(condition) else other)

    def _guarded(self, read: Callable[[], Value]) -> Value | UnknownValue:
        """A value whose being unknown matters only where it is taken. What is not read then is read over."""
        begin = self.at
        try:
            return read()
        except UnknownValue as unknown:
            self.at = self._end_of_operand(begin)
            return unknown

    def _end_of_operand(self, begin: int) -> int:
        """Where an operand ends that could not be read whole: before the next word, comma or bracket that ends one."""
        depth = 0
        for at in range(begin, len(self.tokens)):
            kind, text = self.tokens[at]
            depth += (text in "([{") - (text in ")]}") if kind == "mark" else 0
            is_word = kind == "name" and text in {"if", "else", "or", "and"}
            if depth < 0 or (depth == 0 and (is_word or (kind, text) == ("mark", ","))):
                return at
        return len(self.tokens)

    def _either(self) -> Value:
        value = self._guarded(self._both)
        while self._takes("name", "or"):
            other = self._guarded(self._both)
            if isinstance(value, UnknownValue):
                value = other if not isinstance(other, UnknownValue) and is_true(other) else value
            elif not is_true(value):
                value = other
        return _known(value)

    def _both(self) -> Value:
        value = self._guarded(self._negated)
        while self._takes("name", "and"):
            other = self._guarded(self._negated)
            if isinstance(value, UnknownValue):
                value = other if not isinstance(other, UnknownValue) and not is_true(other) else value
            elif is_true(value):
                value = other
        return _known(value)

    def _negated(self) -> Value:
        negations = 0
        while self._takes("name", "not"):
            negations += 1
        value = self._compared()
        return value if not negations else is_true(value) == (negations % 2 == 0)

    def _compared(self) -> Value:
        left = self._joined()
        while True:
            kind, text = self._peek()
            if kind == "mark" and text in {"==", "!=", "<", ">", "<=", ">="}:
                self.at += 1
                left = _compare(left, text, self._joined())
            elif kind == "name" and text in {"in", "not"} and (text == "in" or self._peek(1) == ("name", "in")):
                self.at += 1 if text == "in" else 2
                left = _is_in(left, self._joined()) == (text == "in")
            elif (kind, text) == ("name", "is"):
                self.at += 1
                negated = self._takes("name", "not")
                left = self._test(left) != negated
            else:
                return left

    def _test(self, value: Value) -> bool:
        match self._take("name"):
            case "defined":
                return value is not None
            case "undefined" | "none":
                return value is None
            case "string":
                return isinstance(value, str)
            case name:
                reason = f"the test `is {name}`"
                raise UnknownValue(reason)

    def _joined(self) -> Value:
        left = self._summed()
        while self._takes("mark", "~"):
            left = self._bounded(as_text(left) + as_text(self._summed()))
        return left

    def _summed(self) -> Value:
        left = self._multiplied()
        while self._peek() in {("mark", "+"), ("mark", "-")}:
            operator = self._take("mark")
            right = self._multiplied()
            match left, right:
                case int(), int():
                    left = self._number(left + right if operator == "+" else left - right)
                case str(), str() if operator == "+":
                    left = self._bounded(left + right)
                case list(), list() if operator == "+":
                    left = [*left, *right]
                    bounds.EXPANDED.check(len(left), self.where)
                case _:
                    raise _unfit(operator, left, right)
        return left

    def _multiplied(self) -> Value:
        left = self._filtered()
        while self._peek() in {("mark", "*"), ("mark", "/"), ("mark", "//"), ("mark", "%"), ("mark", "**")}:
            operator = self._take("mark")
            right = self._filtered()
            if not isinstance(left, int) or not isinstance(right, int) or operator in {"/", "**"}:
                raise _unfit(operator, left, right)
            if operator != "*" and right == 0:
                reason = f"{left} {operator} 0"
                raise BadExpression(reason)
            left = self._number(_ARITHMETIC[operator](left, right))
        return left

    def _filtered(self) -> Value:
        value = self._indexed()
        while self._takes("mark", "|"):
            name = self._take("name")
            arguments = self._arguments() if self._takes("mark", "(") else []
            value = self._filter(name, value, arguments)
        return value

    def _filter(self, name: str, value: Value, arguments: list[Value]) -> Value:  # noqa: C901, PLR0911, PLR0912 - a table
        texts = [as_text(argument) for argument in arguments]
        match name, texts:
            case "lower", []:
                return as_text(value).lower()
            case "upper", []:
                return as_text(value).upper()
            case "trim", []:
                return as_text(value).strip()
            case "replace", [old, new]:
                text = as_text(value)
                grown = len(text) + (text.count(old) if old else len(text) + 1) * len(new)
                bounds.EXPANDED.check(grown, self.where)
                return text.replace(old, new)
            case "split", []:
                return [*as_text(value).split()]
            case "split", [separator] if separator:
                return [*as_text(value).split(separator)]
            case "split" | "rsplit", [separator, most] if separator:
                text, count = as_text(value), _number(most)
                return [*(text.split(separator, count) if name == "split" else text.rsplit(separator, count))]
            case "title", []:
                return as_text(value).title()
            case "capitalize", []:
                return as_text(value).capitalize()
            case "join", [] | [_] if isinstance(value, list):
                return self._bounded((texts[0] if texts else "").join(map(as_text, value)))
            case "int", []:
                return self._number(_number(as_text(value)))
            case "string", []:
                return as_text(value)
            case "first" | "last", [] if isinstance(value, str | list) and value:
                return value[0] if name == "first" else value[-1]
            case "length", [] if isinstance(value, str | list):
                return len(value)
            case "default", [_, *_]:
                return arguments[0] if value is None or _is_of_environment(value) else value
            case "version_to_buildstring", []:
                return "".join(as_text(value).split(".")[:2])
            case _:
                pass
        reason = f"the filter `{name}`"
        raise UnknownValue(reason)

    def _indexed(self) -> Value:
        value = self._atom()
        while True:
            if self._takes("mark", "["):
                value = self._index(value)
            elif self._takes("mark", "."):
                value = self._method(value, self._take("name"))
            else:
                return value

    def _index(self, value: Value) -> Value:
        if not isinstance(value, str | list):
            raise _unfit(_INDEX, value, None)
        parts: list[int | None] = [None]
        while not self._takes("mark", "]"):
            if self._takes("mark", ":"):
                parts.append(None)
                continue
            sign = -1 if self._takes("mark", "-") else 1
            found = self.whole()
            if not isinstance(found, int):
                raise _unfit(_INDEX, value, found)
            parts[-1] = sign * found
        if len(parts) == 1:
            at = parts[0]
            if at is None or not -len(value) <= at < len(value):
                reason = f"{quoted(as_text(value))} has no part {at}"
                raise BadExpression(reason)
            return value[at]
        if len(parts) > 3 or parts[2:] == [0]:  # noqa: PLR2004 - begin, end, step
            reason = "a slice has a begin, an end and a step that is not 0"
            raise BadExpression(reason)
        return value[slice(*parts)]

    def _method(self, value: Value, name: str) -> Value:
        if not self._takes("mark", "("):
            if isinstance(value, Symbol):
                return Symbol(f"{value}.{name}"[: bounds.EXPANDED.most], ())
            reason = f"`.{name}`"
            raise UnknownValue(reason)
        self.keywords = {}
        arguments = self._arguments()
        if value == _ENVIRONMENT and name == "get":
            if not arguments[1:] and "default" not in self.keywords:
                reason = "`env`"
                raise UnknownValue(reason)
            return arguments[1] if arguments[1:] else self.keywords["default"]
        if value == _ENVIRONMENT and name == "exists" and len(arguments) == 1:
            # As of one that is asked for with a default: builds here see none of the variables of whoever builds.
            return False
        if name in _METHODS and isinstance(value, str):
            return self._filter({"strip": "trim"}.get(name, name), value, arguments)
        if name == "join" and isinstance(value, str) and len(arguments) == 1:
            return self._filter("join", arguments[0], [value])
        if name in {"startswith", "endswith"} and isinstance(value, str) and len(arguments) == 1:
            part = as_text(arguments[0])
            return value.startswith(part) if name == "startswith" else value.endswith(part)
        reason = f"`.{name}()`"
        raise UnknownValue(reason)

    def _atom(self) -> Value:  # noqa: PLR0911 - a table
        kind, text = self._peek()
        self.at += 1
        match kind, text:
            case "text", _:
                return re.sub(r"\\(.)", r"\1", text[1:-1])
            case "number", _:
                return _number(text) if text.isdigit() else text
            case "mark", "(":
                value = self.whole()
                self._expect(")")
                return value
            case "mark", "[":
                return self._items("]")
            case "mark", "-" if self._peek()[0] == "number":
                return -_whole(self._atom())
            case "name", "true" | "True":
                return True
            case "name", "false" | "False":
                return False
            case "name", "none" | "None":
                return None
            case "name", _:
                return self._name(text)
            case _:
                pass
        reason = "it ends too early" if not text else f"{quoted(text)} stands where a value is wanted"
        raise BadExpression(reason)

    def _name(self, name: str) -> Value:
        if self._takes("mark", "("):
            values = self._arguments()
            if name == "match" and len(values) == 2:  # noqa: PLR2004 - a version, and which it should be
                return _matches(as_text(values[0]), as_text(values[1]))
            return Symbol(name, tuple(map(as_text, values)))
        if name == "env" and name not in self.names:
            return _ENVIRONMENT
        if name not in self.names:
            if self._peek() == ("name", "is") or self._peek() == ("mark", "|"):
                return None
            reason = f"`{name}`"
            raise UnknownValue(reason)
        return self.names[name]

    def _arguments(self) -> list[Value]:
        return self._items(")")

    def _items(self, end: str) -> list[Value]:
        values: list[Value] = []
        while not self._takes("mark", end):
            if self._peek()[0] == "name" and self._peek(1) == ("mark", "="):
                # An argument by its name: none of the known functions has one that matters here.
                name = self._peek()[1]
                self.at += 2
                self.keywords[name] = self.whole()
            else:
                values.append(self.whole())
            if not self._takes("mark", ","):
                self._expect(end)
                break
        return values

    def _peek(self, further: int = 0) -> tuple[str, str]:
        at = self.at + further
        return self.tokens[at] if at < len(self.tokens) else ("", "")

    def _takes(self, kind: str, text: str) -> bool:
        if self._peek() != (kind, text):
            return False
        self.at += 1
        return True

    def _take(self, kind: str) -> str:
        found, text = self._peek()
        if found != kind:
            reason = f"{quoted(text)} stands where a {kind} is wanted" if text else "it ends too early"
            raise BadExpression(reason)
        self.at += 1
        return text

    def _expect(self, mark: str) -> None:
        if not self._takes("mark", mark):
            reason = f"`{mark}` is missing"
            raise BadExpression(reason)

    def _bounded(self, text: str) -> str:
        bounds.EXPANDED.check(len(text), self.where)
        return text

    def _number(self, value: int) -> int:
        if abs(value) > 1 << _LONG_NUMBER:
            reason = "a number has too many digits"
            raise BadExpression(reason)
        return value


def _known(value: Value | UnknownValue) -> Value:
    if isinstance(value, UnknownValue):
        raise value
    return value


def is_true(value: Value) -> bool:
    """Whether a value counts as true. Raises UnknownValue for what only the build system knows."""
    if isinstance(value, Symbol):
        raise UnknownValue(str(value))
    return bool(value)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _LONG_NUMBER // 4:
        reason = f"{quoted(text)} is no number"
        raise BadExpression(reason)
    return int(text)


def _whole(value: Value) -> int:
    if not isinstance(value, int):
        reason = f"{quoted(as_text(value))} is no number"
        raise BadExpression(reason)
    return value


def _compare(left: Value, operator: str, right: Value) -> bool:
    for side in (left, right):
        if isinstance(side, Symbol):
            raise UnknownValue(str(side))
    if operator in {"==", "!="}:
        return (as_text(left) == as_text(right)) == (operator == "==")
    first, second = _ordered(left), _ordered(right)
    return {"<": first < second, ">": first > second, "<=": first <= second, ">=": first >= second}[operator]


def _matches(version: str, wanted: str) -> bool:
    """Whether a version is one of those that are wanted, as in `match(python, ">=3.9")`."""
    wanted = f"=={wanted}" if wanted[:1].isdigit() else wanted
    try:
        return SpecifierSet(wanted).contains(parse_version(version), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        reason = f"whether {quoted(version)} is {quoted(wanted)}"
        raise UnknownValue(reason) from None


def _ordered(value: Value) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isascii() and part.isdigit() and len(part) < _LONG_NUMBER else (-1, part)
        for part in as_text(value).split(".")
    ]


def _is_in(left: Value, right: Value) -> bool:
    match right:
        case str():
            return as_text(left) in right
        case list():
            return as_text(left) in [as_text(item) for item in right]
        case _:
            raise _unfit(_IN, left, right)


def _unfit(operator: str, left: Value, right: Value) -> Exception:
    if isinstance(left, Symbol) or isinstance(right, Symbol):
        return UnknownValue(str(left if isinstance(left, Symbol) else right))
    return BadExpression(f"`{operator}` does not go with {quoted(as_text(left))} and {quoted(as_text(right))}")
