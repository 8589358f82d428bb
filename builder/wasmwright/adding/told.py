"""What a project's metadata (PKG-INFO, METADATA) says of it, as recipes say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.wheel.inspect import parse_fields

if TYPE_CHECKING:
    from email.message import Message

_LICENSE = "License :: "
# Where an older project says its licence, classifiers of the index to SPDX. What is ambiguous is not in it.
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Boost Software License 1.0 (BSL-1.0)": "BSL-1.0",
    "CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "zlib/libpng License": "Zlib",
}
# Several licences have this name.
_AMBIGUOUS = {"BSD License"}
_LONGEST_LICENSE = 60
_HOMES = ("homepage", "home", "home page", "repository", "source", "source code", "github", "documentation")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What metadata says. `is_guess`: the licence has a name that several have."""

    summary: str = ""
    license: str = ""
    is_guess: bool = False
    homepage: str = ""
    requires: tuple[str, ...] = ()


def read_told(metadata: str | bytes, *, where: str) -> Told:
    """The fields of a METADATA or PKG-INFO. Raises LimitExceeded, which names `where`."""
    content = metadata.encode(errors="replace") if isinstance(metadata, str) else metadata
    limits.METADATA_SIZE.check(len(content), where)
    limits.METADATA_FIELDS.check(content.replace(b"\r", b"").partition(b"\n\n")[0].count(b"\n"), where)
    fields = parse_fields(content)
    license_, is_guess = _license(fields)
    return Told(
        summary=_text(fields, "Summary"),
        license=license_,
        is_guess=is_guess,
        homepage=_homepage(fields),
        requires=tuple(str(each) for each in fields.get_all("Requires-Dist", [])),
    )


def _license(fields: Message) -> tuple[str, bool]:
    expression = _text(fields, "License-Expression")
    if expression:
        return expression, False
    said = _text(fields, "License")
    classifiers = (str(each) for each in fields.get_all("Classifier", []))
    named = dict.fromkeys(each.rpartition(" :: ")[2] for each in classifiers if each.startswith(_LICENSE))
    known = [one for one in named if one in _CLASSIFIERS]
    if known and len(known) == 1 and not (known[0] in _AMBIGUOUS and _is_name(said)):
        return _CLASSIFIERS[known[0]], known[0] in _AMBIGUOUS
    return (said, False) if _is_name(said) else ("", False)


def _is_name(text: str) -> bool:
    """Whether it is the name of a licence, and not its text."""
    return 0 < len(text) <= _LONGEST_LICENSE and text.lower() not in {"unknown", "bsd"}


def _homepage(fields: Message) -> str:
    labelled = (str(each).partition(",") for each in fields.get_all("Project-URL", []))
    named = {label.strip().lower(): address.strip() for label, _, address in labelled}
    home = _text(fields, "Home-page")
    found = (named[label] for label in _HOMES if label in named)
    return home if home and home != "UNKNOWN" else next(found, "")


def _text(fields: Message, name: str) -> str:
    value = fields[name]
    return "" if value is None else " ".join(str(value).split())
