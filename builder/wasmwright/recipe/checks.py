"""What a single text of a recipe may be. Each function gives the fault of its text, or None."""

from __future__ import annotations

import re

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement
from packaging.version import InvalidVersion

from wasmwright.names import quoted
from wasmwright.sources.entry import relative_fault
from wasmwright.standards import parse_requirement, parse_version


def version(text: str) -> str | None:
    """A PEP 440 version in its normal form, as it stands in wheel names."""
    try:
        normal = str(parse_version(text))
    except InvalidVersion:
        return f"{quoted(text)} is not a version (PEP 440)"
    return None if text == normal else f"{quoted(text)} is not written the PEP 440 way: write `{normal}`"


def requirement(text: str) -> str | None:
    """A PEP 508 requirement on the package index."""
    try:
        parsed = parse_requirement(text)
    except InvalidRequirement as error:
        return f"{quoted(text)} is not a requirement (PEP 508): {str(error).splitlines()[0]}"
    if parsed.url is not None:
        return f"{quoted(text)} names a URL: a requirement is found by name and version only"
    return None


def license_expression(text: str) -> str | None:
    """An SPDX licence expression."""
    try:
        canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return f"{quoted(text)} is not an SPDX licence expression"
    return None


def homepage(text: str) -> str | None:
    """The address of a web page."""
    if re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        return None
    return f"{quoted(text)} is not a web address (https://...)"


def import_name(text: str) -> str | None:
    """A dotted module name."""
    if all(part.isidentifier() for part in text.split(".")):
        return None
    return f"{quoted(text)} is not a module name"


def registry_version(text: str) -> str | None:
    """A version in the way of any registry."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+~:!_-]*", text):
        return None
    return f"{quoted(text)} is not a version"


def relative_folder(text: str) -> str | None:
    """A folder inside of another, or a file there."""
    fault = relative_fault(text)
    return f"{quoted(text)} {fault}" if fault else None


def variable(text: str) -> str | None:
    """The name of an environment variable."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text):
        return None
    return f"{quoted(text)} is not a name of an environment variable"


def symbol(text: str) -> str | None:
    """The name of a C symbol."""
    return None if re.fullmatch(r"[A-Za-z_$][\w$.]*", text, re.ASCII) else f"{quoted(text)} is not a C symbol"


def side_module(text: str) -> str | None:
    """The file name of a library that is a side module."""
    if re.fullmatch(r"lib[A-Za-z0-9_+-]+\.so", text):
        return None
    return f"{quoted(text)} is not the file name of a side module (libNAME.so)"


def patch(text: str) -> str | None:
    """The name of a file in the folder `patches/` of the recipe."""
    if text.startswith(("/", "\\")):
        return f"{quoted(text)} is an absolute path: name a file in patches/"
    if ".." in re.split(r"[/\\]", text):
        return f"{quoted(text)} leaves the recipe's folder: name a file in patches/"
    if "/" in text or "\\" in text:
        return f"{quoted(text)} is a path: name a file in patches/, without folders"
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9+._-]*", text):
        return f"{quoted(text)} has characters that a patch name must not have (allowed: letters, digits, + . _ -)"
    return None


def glob(text: str) -> str | None:
    """A pattern of files inside a wheel."""
    if not text:
        return "an empty pattern matches nothing"
    if text.startswith("/") or "\\" in text:
        return f"{quoted(text)} is not relative to the wheel's root, or has a backslash"
    parts = text.split("/")
    if ".." in parts or "." in parts or "" in parts[:-1]:
        return f"{quoted(text)} has `.`, `..` or an empty part"
    if any("**" in part and part != "**" for part in parts):
        return f"{quoted(text)}: `**` has to be a whole part of the path"
    if re.sub(r"\[!?\]?[^\]]*\]", "", text).count("["):
        return f"{quoted(text)} has a `[` without its `]`"
    return None


def single_line(text: str) -> str | None:
    """A text without control characters."""
    return None if text.isprintable() and text.strip() else f"{quoted(text)} is empty or has control characters"
