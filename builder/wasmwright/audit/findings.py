"""What an audit can find. The codes are stable: tools and people refer to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# How many names a message lists, and how much of each: those of C++ may have thousands of characters.
_NAMED, _LONG = 5, 100


class Code(Enum):
    """A kind of fault: its code, its name, and what to do about it."""

    PLATFORM_TAG = ("WW101", "platform-tag", "build the wheel for this profile, or repack it with the right tag")
    PYTHON_TAG = ("WW102", "python-tag", "build the wheel with the Python that the runtime has")
    TAG_LINES = ("WW103", "tag-lines", "repack the wheel: the file name and the Tag lines of WHEEL must agree")
    METADATA = (
        "WW104",
        "metadata",
        "build the wheel again: installers go by METADATA, and people by the file name",
    )
    OVERWRITES = (
        "WW105",
        "overwrites",
        "installed together, one replaces the other's code: leave the file out of the wheel that does not own it",
    )
    OVERLAPS = ("WW106", "overlaps", "leave the file out of one wheel, or put it into the folder of its package")
    STANDARD_LIBRARY = (
        "WW107",
        "standard-library",
        "Python takes its own, or is broken: leave the file out of the wheel, or give it another name",
    )
    START = ("WW108", "start", "the runtime may not read it, and others run it at each start: do without")
    NOT_WASM = ("WW201", "not-wasm", "the file was built for another machine, or was cut short: build it again")
    NOT_SIDE_MODULE = ("WW202", "not-side-module", "link it with -shared; Python can only load side modules")
    SUFFIX = ("WW203", "suffix", "Python does not look for this name: build with the target's sysconfig data")
    UNRESOLVED = ("WW301", "unresolved", "link what defines it, or declare the library as a dependency of the recipe")
    SIGNATURE = (
        "WW302",
        "signature",
        "the caller declares the function otherwise than it is defined: correct it there",
    )
    KIND = ("WW303", "kind", "one side takes the name for a function, the other for data: correct the declaration")
    FORTRAN_LENGTHS = (
        "WW304",
        "fortran-lengths",
        "compile all Fortran that is linked together with -fhidden-lengths, or all without; with, where f2py wraps it",
    )
    FORTRAN_COMMON = (
        "WW305",
        "fortran-common",
        "give the COMMON block the same variables everywhere: the linker takes the first, which may be too small",
    )
    PROFILE_TYPE = (
        "WW306",
        "profile-type",
        "do without it in the recipe; or build what calls it as part of each wheel, which has the profile's headers",
    )
    OWN_SYMBOLS = (
        "WW307",
        "own-symbols",
        "what is loaded first wins: link it with this toolchain, or make them static or hidden (-fvisibility=hidden)",
    )
    VECTOR_IMPORT = (
        "WW308",
        "vector-import",
        "calls through imports pass JavaScript, which has no vectors, and end the runtime: make the function hidden",
    )
    JS_EXCEPTIONS = (
        "WW401",
        "js-exceptions",
        "compile and link everything with -fwasm-exceptions -sSUPPORT_LONGJMP=wasm",
    )
    THREADS = ("WW501", "threads", "compile and link everything without -pthread: the runtime has no threads")
    NEEDED = ("WW601", "needed", "ship the library in the wheel, declare it as a dependency, or link it statically")
    RUN_PATH = ("WW602", "run-path", "only run paths relative to $ORIGIN mean anything in the runtime")
    NOT_FOUND = ("WW603", "not-found", "repack the wheel with that of the library, which gives it the run path")
    NAMES_NOTHING = (
        "WW604",
        "names-nothing",
        "what uses it would not link or compile: correct the file by a patch, or build and install what it names",
    )
    STORE_PATH = ("WW701", "store-path", "find what writes it (a configuration record, __FILE__) and keep it out")
    BUILD_PATH = ("WW702", "build-path", "compile with -ffile-prefix-map, or keep the configuration record out")
    COMMENT_PATH = (
        "WW703",
        "comment-path",
        "it is only a comment: leave sources out of the wheel if nobody needs them",
    )
    RECORD = ("WW801", "record", "repack the wheel: RECORD must list every file with its hash and size")
    NO_INIT = (
        "WW901",
        "no-init",
        "importing it would fail: give the function default visibility, or `exports` in the recipe",
    )

    @property
    def id(self) -> str:
        """Such as WW101."""
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
        """Whether it stops a build; the others are told."""
        return self not in _WARNINGS


_WARNINGS = {Code.OVERLAPS, Code.START, Code.COMMENT_PATH}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault. `member` and `message` read as a sentence: `x.so imports f, which nothing exports`."""

    code: Code
    member: str
    message: str
    hint: str = ""

    def as_json(self) -> dict[str, str]:
        """For reports."""
        return {
            "code": self.code.id,
            "name": self.code.slug,
            "level": "error" if self.code.is_error else "warning",
            "member": self.member,
            "message": self.message,
            "hint": self.hint or self.code.hint,
        }


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an audit found, and the facts it went by."""

    subject: str
    findings: tuple[Finding, ...]
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; there may be warnings."""
        return not any(finding.code.is_error for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """For reports."""
        return {
            "subject": self.subject,
            "ok": self.ok,
            "findings": [finding.as_json() for finding in self.findings],
            "facts": dict(self.facts),
        }


def named(names: Collection[str]) -> str:
    """The first few of the names, for a message, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    shown = (name if len(name) <= _LONG else f"{name[:_LONG]}..." for name in sorted(names)[:_NAMED])
    return ", ".join(shown) + more
