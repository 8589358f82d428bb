"""Broken input in quantity, the same for the same seed: what makes it, and what tries it."""

from __future__ import annotations

import copy
import json
import random
import resource
import signal
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

T = TypeVar("T")

_MEMORY = 1 << 30
_DEEP = 3000
_LONG = 40_000
_SHOWN = 200
_WORDS = (
    *("", " ", "\0", "\n", "\r", "\t", "'", '"', "\\", "/", "..", "../..", "//", "%", "%00", "#", ";", "=", ":", ","),
    *("[", "]", "[[", "{", "}", "(", ")", "<", ">", "&", "$", "${x}", "*", "?", "@", "-", "[/red]", "[bold]", "null"),
    *("\x1b[2J", "\x1b]0;t\x07", "\x1b]", "\x9b2J", "\u202e", "\u2066", "\ufeff", "\u2028", "\xe9", "\ud800"),
    *("\xb2", "\u0661", "nan", "inf", "1e400", "-0", "0x10", "1_000", "9" * 20, "9" * 5000, "true", "\U0001f600"),
    *("http://[", "http://h:x/", "file:///x", "pkg:pypi/a@1", "[" * 40),
)  # fmt: skip


class Hang(BaseException):
    """A case took more processor time than any may."""


@dataclass(frozen=True, kw_only=True)
class Cases:
    """How many cases to try, and how many seconds of processor time each may take."""

    seed: str
    count: int
    seconds: float = 10.0


# For a test that takes `cases`: a handful in the unit ring, thousands with `check --long`.
few_or_many = pytest.mark.parametrize(
    "cases",
    [
        pytest.param(Cases(seed="few", count=150), id="few"),
        pytest.param(Cases(seed="many", count=20_000), id="many", marks=pytest.mark.long),
    ],
)


def try_cases(
    target: Callable[[T], object],
    make: Callable[[random.Random], T],
    cases: Cases,
    *,
    refusals: tuple[type[Exception], ...] = (WasmwrightError,),
) -> None:
    """Give `target` what `make` makes; each case has a generator of its own, which the report names.

    A case may be refused with one of `refusals`. Any other exception, too much time, or more than 1 GB of memory is a
    fault; the test fails with a line for each kind of fault and one of its cases.
    """
    kinds: Counter[str] = Counter()
    examples: dict[str, str] = {}
    with _limited_memory():
        for number in range(cases.count):
            name = f"{cases.seed}-{number}"
            value = make(random.Random(name))
            try:
                with _limited_time(cases.seconds):
                    target(value)
            except refusals:
                continue
            except (Exception, Hang) as error:  # noqa: BLE001 - any of them is a finding
                kind = _kind(error)
                kinds[kind] += 1
                examples.setdefault(kind, f"random.Random({name!r}): {value!r:.{_SHOWN}}")
    lines = [f"{found} x {kind}\n    {examples[kind]}" for kind, found in kinds.most_common()]
    assert not lines, "\n".join([f"{sum(kinds.values())} of {cases.count} cases are faults", *lines])


def _kind(error: BaseException) -> str:
    """The class of an error, and the place in the product that raised it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    ours = [frame for frame in frames if "/wasmwright/" in frame.filename] or frames
    place = f" in {ours[-1].name}, line {ours[-1].lineno} of {ours[-1].filename}" if ours else ""
    return f"{type(error).__name__}{place}"


@contextmanager
def _limited_time(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        raise Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _limited_memory() -> Iterator[None]:
    """Whoever asks for much more than the tests have by now gets a MemoryError."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as opened:  # noqa: PTH123
        now = int(opened.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + _MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def odd_text(rng: random.Random) -> str:
    """A short string of the kinds that readers trip over, now and then a very long one."""
    if rng.random() < 0.03:
        word, length = rng.choice(_WORDS) or "x", rng.choice([300, _LONG])
        return word * max(length // len(word), 1)
    return "".join(rng.choice([*_WORDS, "a", "b1", "-c"]) for _ in range(rng.randrange(4)))


def odd_value(rng: random.Random) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value that is seldom what was expected."""
    numbers = [0, -1, 1, 1 << 70, 1.5, 1e300, float("inf"), float("nan")]
    plain: list[Any] = [None, True, False, *numbers, [], {}, [[]], [1], {"": {}}]
    match rng.randrange(4):
        case 0:
            return [odd_value(rng) for _ in range(rng.randrange(3))]
        case 1:
            return {odd_text(rng): odd_value(rng) for _ in range(rng.randrange(3))}
        case 2:
            return odd_text(rng)
        case _:
            return rng.choice(plain)


def mutated_value(rng: random.Random, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value like `value`, with up to four places changed: replaced, gone, twice there, or renamed."""
    changed = [copy.deepcopy(value)]
    for _ in range(rng.randrange(1, 5)):
        places = list(_places(changed))
        holder, key = rng.choice(places)
        _change(rng, holder, key)
        if not changed:
            return odd_value(rng)
    return changed[0]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _change(rng: random.Random, holder: Any, key: Any) -> None:  # noqa: ANN401
    match rng.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[odd_text(rng)] = holder.pop(key)
        case 1:
            holder.append(copy.deepcopy(holder[key]))
        case 2 if isinstance(holder[key], str):
            holder[key] = mutated_text(rng, [holder[key]])
        case 3:
            holder[key] = [holder[key]]
        case _:
            holder[key] = odd_value(rng)


def mutated_json(rng: random.Random, samples: Sequence[Any]) -> str:
    """JSON text like that of one of the values; one in four is broken as text too, some are nested deeply."""
    text = json.dumps(mutated_value(rng, rng.choice(samples)), ensure_ascii=rng.random() < 0.5)
    return mutated_text(rng, [text]) if rng.random() < 0.25 else text


def mutated_text(rng: random.Random, samples: Sequence[str]) -> str:
    """Text like one of the samples, with up to four places changed."""
    text = rng.choice(samples)
    for _ in range(rng.randrange(1, 5)):
        begin, end = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        match rng.randrange(8):
            case 0:
                text = text[:begin] + text[end:]
            case 1:
                text = text[:begin]
            case 2:
                text = text[:end] + text[begin:end] + text[end:]
            case 3:
                other = rng.choice(samples)
                text = text[:begin] + other[rng.randrange(len(other) + 1) :]
            case 4 if rng.random() < 0.1:
                text = text[:begin] + rng.choice(["[", "{", '{"a":', "(", "a.", "[[", "x=["]) * _DEEP + text[begin:]
            case 5 if rng.random() < 0.1:
                text = text[:begin] + (text[begin : begin + 3] or "x") * _LONG + text[begin:]
            case _:
                text = text[:begin] + odd_text(rng) + text[min(begin + rng.randrange(3), len(text)) :]
    return text


def mutated_toml(rng: random.Random, samples: Sequence[str]) -> str:
    """TOML like one of the samples: lines gone, twice, swapped, values replaced; one in four is broken as text too."""
    lines = rng.choice(samples).splitlines()
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(lines) + 1)
        line = lines[at] if at < len(lines) else ""
        key, equals, _ = line.partition("=")
        match rng.randrange(4):
            case 0:
                del lines[at : at + 1]
            case 1:
                lines.insert(rng.randrange(len(lines) + 1), line)
            case 2:
                lines[at : at + 1] = [f"{odd_text(rng)}{equals or '='}{line.partition('=')[2]}"]
            case _:
                lines[at : at + 1] = [f"{key or 'key'}= {_toml(odd_value(rng))}"]
    text = "\n".join(lines) + "\n"
    return mutated_text(rng, [text]) if rng.random() < 0.25 else text


def _toml(value: Any) -> str:  # noqa: ANN401
    match value:
        case None:
            return '""'
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case bool() | str():
            return json.dumps(value)
        case _:
            return str(value)


def mutated_bytes(rng: random.Random, samples: Sequence[bytes]) -> bytes:
    """Bytes like one of the samples, with up to six places changed: bits, numbers at their limits, pieces gone."""
    data = bytearray(rng.choice(samples))
    for _ in range(rng.randrange(1, 7)):
        begin, end = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
        match rng.randrange(7):
            case 0 if begin < len(data):
                data[begin] ^= 1 << rng.randrange(8)
            case 1:
                data[begin : begin + 1] = bytes([rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])])
            case 2:
                limit = rng.choice([0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, rng.getrandbits(32)])
                data[begin : begin + 4] = limit.to_bytes(4, rng.choice(["little", "big"]))
            case 3:
                del data[begin : min(end, begin + rng.choice([1, 4, 64, len(data)]))]
            case 4:
                del data[begin:]
            case 5:
                other = rng.choice(samples)
                data[begin:begin] = other[rng.randrange(len(other) + 1) :][: rng.choice([8, 200])]
            case _:
                data[begin:begin] = bytes(rng.randrange(256) for _ in range(rng.randrange(16)))
    return bytes(data)
