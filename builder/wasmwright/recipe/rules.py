"""What `check-recipes` can find in the folder of a package. The codes are stable: tools and people refer to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Rule(Enum):
    """A kind of fault in a recipe: its code, its name, and what to do about it."""

    MISTAKE = ("WR001", "mistake", "see docs/reference/recipe.md, and docs/how-to/known-failures.md for that list")
    NO_LICENSE = ("WR101", "no-license", "write `license` as upstream's LICENSE says, as an SPDX expression")
    LICENSE_SPELLING = ("WR102", "license-spelling", "write the SPDX expression as the SPDX list spells it")
    NO_SUMMARY = ("WR103", "no-summary", "write `summary`: a line that tells what it does")
    NO_HOMEPAGE = ("WR104", "no-homepage", "write `homepage`: where to read about it")
    NO_RELEASE = ("WR105", "no-release", "take a release of upstream's; where there is none, leave it, it is a warning")
    NO_PROOF = (
        "WR106",
        "no-proof",
        "say what was seen: the message of the failure, what the runtime lacks, the version that dropped it",
    )
    NO_TEST = ("WR201", "no-test", "add a test_import.py that asserts a result, such as a value of the native package")
    ASSERTS_NOTHING = ("WR202", "asserts-nothing", "assert a result: an import alone shows only that it can be loaded")
    NEVER_CALLED = ("WR203", "never-called", "call it: test_import.py is run as a script, and pytest is not there")
    NO_LIST = (
        "WR204",
        "no-list",
        "run `test NAME --suite` and add known_failures.toml; where all pass, with a comment that says so",
    )
    LIST_WITHOUT_SUITE = ("WR205", "list-without-suite", "add the [[tests.suite]] that it belongs to, or remove it")
    UNUSED_TEST_REQUIREMENT = (
        "WR206",
        "unused-test-requirement",
        "`requires` and `folders` of [tests] are for suites alone: add a [[tests.suite]], or take it out",
    )
    UNUSED_HOST = (
        "WR301",
        "unused-host",
        "take it out of `host`: its changes would compile this package anew for nothing",
    )
    WIDE_EXPORTS = (
        "WR302",
        "wide-exports",
        "list the symbols that others need: what is exported cannot be dropped by the linker, and may clash",
    )
    PATCH_REASON = ("WR401", "patch-reason", "say in the lines before the first difference why it is needed")
    PATCH_LINK = ("WR402", "patch-link", "add a link upstream to its head: an issue, a change, or the file itself")
    PATCH_UNUSED = ("WR403", "patch-unused", "name it in `patches`, or remove it")

    @property
    def id(self) -> str:
        """Such as WR101."""
        return self.value[0]

    @property
    def slug(self) -> str:
        """A name for people."""
        return self.value[1]

    @property
    def hint(self) -> str:
        """What to do."""
        return self.value[2]

    @property
    def is_error(self) -> bool:
        """Whether the check fails; the others are told."""
        return self not in _WARNINGS


_WARNINGS = {
    *(Rule.LICENSE_SPELLING, Rule.NO_RELEASE, Rule.NO_LIST, Rule.UNUSED_TEST_REQUIREMENT),
    *(Rule.UNUSED_HOST, Rule.WIDE_EXPORTS, Rule.PATCH_LINK),
}


@dataclass(frozen=True, kw_only=True)
class Offence:
    """A fault of a package's folder: in which file, on which line (None: unknown, or all of it), and what is wrong."""

    file: str
    line: int | None
    rule: Rule
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        warning = "" if self.rule.is_error else "warning: "
        return f"{where}: {self.rule.id} {warning}{self.message}"

    def to_json(self) -> dict[str, object]:
        """The fault as `--json` prints it."""
        return {
            "code": self.rule.id,
            "name": self.rule.slug,
            "level": "error" if self.rule.is_error else "warning",
            "file": self.file,
            "line": self.line,
            "message": self.message,
            "hint": self.rule.hint,
        }
