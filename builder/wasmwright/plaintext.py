r"""Text that others wrote, as it may stand on a terminal and in a log. Pure.

Names and messages keep every character: `visible` writes what would move the cursor, turn the reading direction or not
be seen as `\x1b` and the like, so that two names that differ look different. Logs are for reading: `plain` takes
colours and such characters out.
"""

from __future__ import annotations

import re

# Escape sequences, of seven and of eight bits. A title or other string that does not end is no sequence: only its
# beginning goes. No part of a match can be tried in two ways, so the time is linear in the length.
_STRING = "\x07\x1b\x90\x98\x9c-\x9f\n"
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)(?:[0-?]*+[ -/]*+[@-~])?+"
    rf"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^{_STRING}]*+(?:\x07|\x1b\\|\x9c))?+"
    r"|\x1b(?:[ -/]++[0-~]|[0-OQ-WYZ`-~])?+"
)
# Unicode's control, format and surrogate characters, its line and paragraph separators, and what it calls ignorable.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IN_TEXT = re.compile(f"[{_UNSEEN}]")
_IN_LINE = re.compile(f"[\t\n{_UNSEEN}]")
_SHORT = {"\n": r"\n", "\t": r"\t", "\r": r"\r"}


def plain(text: str) -> str:
    """Text of a log without colours and what is not seen; of a line that was overwritten, what stood there last."""
    if "\r" in text:
        text = "\n".join(part.rstrip("\r").rsplit("\r", 1)[-1] for part in text.split("\n"))
    return _IN_TEXT.sub("", _SEQUENCES.sub("", text))


def visible(text: str) -> str:
    """A message of one or more lines, with all that is not seen written out."""
    return _IN_TEXT.sub(_written, text)


def visible_line(text: str) -> str:
    r"""A name or a message that has to stay on its line: also a line break is written out, as `\n`."""
    return _IN_LINE.sub(_written, text)


def shortened(line: str, most: int) -> str:
    """The first `most` characters of a line, and how many there were more."""
    return line if len(line) <= most else f"{line[:most]}... ({len(line) - most:,} characters more)"


def _written(match: re.Match[str]) -> str:
    character = match[0]
    number = ord(character)
    if number > 0xFFFF:  # noqa: PLR2004 - where four digits end
        return f"\\U{number:08x}"
    return _SHORT.get(character) or (f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}")  # noqa: PLR2004
