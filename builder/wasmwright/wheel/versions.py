"""Versions as Python's version scheme compares them: `1.0`, `1.0.0` and `v1.0` are one."""

from __future__ import annotations

import re

_SEPARATOR = "[-_.]?"
_VERSION = re.compile(
    rf"v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    rf"(?:{_SEPARATOR}(?P<pre>alpha|a|beta|b|preview|pre|c|rc){_SEPARATOR}(?P<pre_number>\d*))?"
    rf"(?P<post>-(?P<post_alone>\d+)|{_SEPARATOR}(?:post|rev|r){_SEPARATOR}(?P<post_number>\d*))?"
    rf"(?P<dev>{_SEPARATOR}dev{_SEPARATOR}(?P<dev_number>\d*))?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
    re.ASCII,
)
_PRE = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}


def canonical_version(version: str) -> str:
    """One spelling for all that mean the same version; another text as it is, in lower case."""
    text = version.strip().lower()
    found = _VERSION.fullmatch(text)
    if not found:
        return text
    release = [_number(part) for part in found["release"].split(".")]
    while len(release) > 1 and release[-1] == "0":
        release.pop()
    epoch = _number(found["epoch"] or "0")
    parts = [f"{epoch}!" if epoch != "0" else "", ".".join(release)]
    if found["pre"]:
        parts.append(_PRE.get(found["pre"], found["pre"]) + _number(found["pre_number"]))
    if found["post"]:
        parts.append(f".post{_number(found['post_alone'] or found['post_number'] or '')}")
    if found["dev"]:
        parts.append(f".dev{_number(found['dev_number'])}")
    if found["local"]:
        local = re.split("[-_.]", found["local"])
        parts.append("+" + ".".join(_number(part) if part.isdecimal() else part for part in local))
    return "".join(parts)


def same_version(one: str, other: str) -> bool:
    """Whether both are the same version."""
    return canonical_version(one) == canonical_version(other)


def _number(digits: str) -> str:
    """Without leading zeros; as text, which may have more digits than Python makes a number of."""
    return digits.lstrip("0") or "0"
