"""Takes the build machine's programs out of what builds record about themselves.

numpy, SciPy and others keep the commands of their compilers and the path of the Python that built them in a text that
people read. Which program it was is worth telling, in which folder of the store it lay is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.wheel.inspect import Member, is_shared_object

if TYPE_CHECKING:
    from collections.abc import Mapping

# Paths have ends: without these a long row of them would be searched again from each of its folders.
_PROGRAM = re.compile(rb"/nix/store/[0-9a-df-np-sv-z]{32}-[\w+.?=-]{1,211}(?:/[\w+.-]{1,255}){0,30}?/bin/(?=[\w+.-])")


def scrub(members: Mapping[str, Member]) -> dict[str, Member]:
    """The members, with programs of the store named without their folder in all that is text.

    Other paths of the store stay: the audit has to see them.
    """
    return {name: _scrubbed(name, member) for name, member in members.items()}


def _scrubbed(name: str, member: Member) -> Member:
    if is_shared_object(name) or b"\0" in member.data or not _PROGRAM.search(member.data):
        return member
    return Member(data=_PROGRAM.sub(b"", member.data), is_executable=member.is_executable)
