"""Versions and requirements of Python packages, in texts that others wrote.

packaging recurses into brackets, and makes numbers of any length of digits: what is longer than any real one is none.
"""

from __future__ import annotations

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

_LONGEST_VERSION = 200
_LONGEST_REQUIREMENT = 2000
_DEEPEST = 30


def parse_version(text: str) -> Version:
    """A PEP 440 version. Raises InvalidVersion."""
    if len(text) > _LONGEST_VERSION:
        message = f"it has more than {_LONGEST_VERSION} characters"
        raise InvalidVersion(message)
    return Version(text)


def parse_requirement(text: str) -> Requirement:
    """A PEP 508 requirement. Raises InvalidRequirement."""
    if len(text) > _LONGEST_REQUIREMENT or text.count("(") > _DEEPEST:
        message = f"it has more than {_LONGEST_REQUIREMENT} characters, or {_DEEPEST} brackets"
        raise InvalidRequirement(message)
    return Requirement(text)


def is_version(text: str) -> bool:
    """Whether it is a PEP 440 version."""
    try:
        parse_version(text)
    except InvalidVersion:
        return False
    return True
