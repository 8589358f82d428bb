"""The headers of a request that decide what is sent: what they say, whoever wrote them. Pure.

Whatever cannot be understood is as if it were not there, except for ranges.
"""

from __future__ import annotations

import re

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_RANGE = re.compile(r"([0-9]*)-([0-9]*)")
_QUALITY = re.compile(r"[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
# Larger than any file, and with fewer digits than Python refuses to read.
_MOST_DIGITS = 18
_BYTES = "bytes="


class Unsatisfiable(Exception):
    """A range of bytes that the file does not have, or that is none."""


def quality(accept_encoding: str, coding: str) -> float:
    """How much a client wants a coding, from 0 for not at all to 1. `*` speaks for those that are not named."""
    found: dict[str, float] = {}
    for item in accept_encoding.split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        given = _QUALITY.fullmatch(parameters[0]) if parameters else None
        if not parameters or given:
            found[name.lower()] = float(given[1]) if given else 1.0
    return found.get(coding, found.get("*", 0.0))


def names_tag(header: str, tag: str) -> bool:
    """Whether If-None-Match or If-Match names an entity tag, or any with `*`. Weak ones count as the strong."""
    return header.strip() == "*" or tag in _TAG.findall(header)


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """Which bytes of a file Range asks for, as the first and the one after the last; None for all of them.

    Several ranges at once are answered with all. Raises Unsatisfiable.
    """
    text = header.strip()
    if not text.startswith(_BYTES) or "," in text:
        return None
    asked = _RANGE.fullmatch(text.removeprefix(_BYTES).strip())
    if asked is None or not size:
        raise Unsatisfiable
    first, last = asked[1], asked[2]
    if first:
        begin, end = _number(first), _number(last) + 1 if last else size
    elif last:
        begin, end = max(size - _number(last), 0), size
    else:
        raise Unsatisfiable
    if begin >= min(end, size):
        raise Unsatisfiable
    return begin, min(end, size)


def _number(digits: str) -> int:
    significant = digits.lstrip("0") or "0"
    return int(significant) if len(significant) <= _MOST_DIGITS else 10**_MOST_DIGITS
