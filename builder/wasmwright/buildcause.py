"""Which lines of a build's log tell why it failed, and what helps against causes of known kinds. Pure.

What a log says decides no error: it is shown, and advised on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Lines of one failure lie within so many of each other, and of the end: other compilers that ran beside still speak.
_NEAR = 80
# The programs that know the cause, as they write it. Those that started them say more below, and know less.
_CAUSE = re.compile(
    r"\S+:\d+(?::\d+)?: (?:fatal |internal compiler )?error:"
    r"|(?:\S*/)?(?:wasm-ld|em\+\+|emcc|clang(?:\+\+)?(?:-\d+)?|flang(?:-new)?|wasm-flang)(?:\.py)?: (?:fatal )?error:"
    r"|error: Semantic errors in |error: Could not parse "
    r"|Error compiling Cython file:"
    r"|CMake Error(?: at |: )"
    r"|\S+:\d+:\d+: ERROR: "
    r"|configure: error: "
    r"|make(?:\[\d+\])?: \*\*\* No rule to make target"
    r"|(?:\S*/)?(?:ba|da)?sh: (?:line )?\d+: "
    r"|patch: \*\*\*|\d+ out of \d+ hunks? (?:FAILED|failed)"
)
# Our own programs, and the runtime that they start, end so; of a step that failed they know no more than that.
_OURS = re.compile(r"runtime: |wasmwright: (?!the \S+ phase failed|the build back end of |\S+ failed with exit code )")
_EXCEPTION = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception|Failed|Failure|NotFound|Exit|Mismatch)\b(?::|$)")
# Exceptions that say no more than that a program failed.
_MESSENGER = re.compile(
    r"(?:\w+\.)*(?:CalledProcessError|BackendFailed|SystemExit|CompileError|LinkError|CCompilerError|BuildError"
    r"|BuildBackendException|ExecError|DistutilsExecError)\b"
)
_TRACEBACK = re.compile(r"\s*Traceback \(most recent call last\):")
# Of no use to who reads them: that a program failed which a cause above is of, and the front end's own advice.
_NOISE = re.compile(
    r"\s*$|TIP |(?:ERROR )?Backend subprocess exited|\* Building wheel|wasmwright: the build back end of .* failed$"
    r"|\s+[~^]+\s*$"
)
# The word of who started it, and the last about it.
_GAVE_UP = re.compile(
    r"error: [Cc]ommand .*(?:failed|returned non-zero)|ninja: build stopped|make(?:\[\d+\])?: \*\*\* .*Error \d+"
)
_FURTHER = re.compile(r"\s*Traceback \(most|\s*(?:During handling of|The above exception was)")
_LEADS_TO_IT = re.compile(r"In file included from |\s+from \S+:\d+|\S+: In (?:member )?function ")
# Of a traceback that is too long, the end of the way there.
_FRAMES = 4


@dataclass(frozen=True, kw_only=True)
class _Advice:
    """What to do when a line is so; `{0}` in the text is what the pattern's group found."""

    pattern: re.Pattern[str]
    text: str


_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]{1,200})'")
_LIBRARY = "if a library has it, name the library's package in `[dependencies] host` of the recipe"
_TOOL = 'add `tools = ["cmake", "ninja"]` to `[build]` of the recipe'
_ADVICE = (
    _Advice(
        # As assemble/targetmodules.py says it, and Python itself.
        pattern=re.compile(
            r"No module named .{1,500}(?:is WebAssembly, which nothing can import"
            r"|was found for a different Python version)"
        ),
        text="what is compiled for WebAssembly cannot be imported while it is built: turn off what imports it, "
        "such as a generator of stubs",
    ),
    _Advice(pattern=re.compile(r"fatal error: '([^']{1,200})' file not found"), text=f"`{{0}}` is missing: {_LIBRARY}"),
    _Advice(
        pattern=_NO_MODULE,
        text="if the build needs `{0}`, name what has it in `[build] requires` of the recipe; "
        "what is a package here, such as numpy, in `[dependencies] host`",
    ),
    _Advice(
        pattern=re.compile(r"CMakeNotFoundError|Could not find CMake|program `cmake` is not installed"), text=_TOOL
    ),
    _Advice(
        pattern=re.compile(r"Could not (?:find|detect) [Nn]inja|program `ninja` is not installed|NinjaNotFoundError"),
        text='add `"ninja"` to `tools` in `[build]` of the recipe',
    ),
    _Advice(
        pattern=re.compile(
            r"Unknown compiler\(s\): \[\['(?:gfortran|flang|wasm-flang)|No CMAKE_Fortran_COMPILER could be"
        ),
        text='it needs Fortran: add `"flang"` to `tools` in `[build]` of the recipe',
    ),
    _Advice(
        # The compiler of the target is there in every build.
        pattern=re.compile(r"Unknown compiler\(s\): \[\['(?:cc|c\+\+)'|no acceptable C(?:\+\+)? compiler found in"),
        text='it compiles for the machine that builds: add `"native-cc"` to `tools` in `[build]` of the recipe',
    ),
    _Advice(
        pattern=re.compile(r"unsupported option '(-m[^']{1,100})' for target"),
        text="`{0}` is for other processors: an option of the project may turn it off (`config-settings` or `env` of "
        "the recipe), or a patch",
    ),
    _Advice(
        # Where the file system was full when it was asked, the failure is another.
        pattern=re.compile(
            r"(?:[Ee]rror|failed|cannot)\b.{0,300}: ?(?:No space left on device|Disk quota exceeded)|\[Errno 28\]"
        ),
        text="the disks had room when they were asked: a quota, or a limit of a container, may be what is reached",
    ),
    _Advice(
        pattern=re.compile(r"Did not find pkg-config|Pkg-config .{1,60} not found|Could NOT find PkgConfig"),
        text='add `"pkgconf"` to `tools` in `[build]` of the recipe',
    ),
    _Advice(
        pattern=re.compile(r"sh: (?:line )?\d+: (?:\S{0,200}/)?([\w.+-]{1,100}): (?:command )?not found"),
        text="`{0}` is none of the build's programs: the recipe's `tools` in `[build]` may know it",
    ),
    _Advice(
        pattern=re.compile(
            r"Dependency \"([^\"]{1,200})\" not found|Package '([^']{1,200})'.{0,100} not found"
            r"|Could NOT find (?!Python)(\w{1,200}) \(missing"
        ),
        text=f"`{{0}}` was looked for: {_LIBRARY}",
    ),
)


def telling_lines(lines: Sequence[str], most: int) -> list[str]:
    """The `most` lines of a log, or fewer, that tell the cause: from where the last failure begins, else the last.

    What our own program advises at the end of it is among them.
    """
    known = [line for line in lines if not _NOISE.match(line)] or list(lines)
    advised = _advised(known)[:most]
    begin, end = _failure(known, most)
    end = min(end, begin + most)
    if not advised or end > len(known) - len(advised):
        return known[begin:end]
    return [*known[begin : min(end, begin + most - len(advised))], *advised]


def advice(lines: Sequence[str]) -> str | None:
    """What helps against what the lines tell, if that is known."""
    for line in lines:
        for known in _ADVICE:
            if match := known.pattern.search(line):
                return known.text.format(next((group for group in match.groups() if group), ""))
    return None


def import_advice(lines: Sequence[str], package: str) -> str | None:
    """What helps where an import test of `package` ends for want of a module, unless that is one of its own."""
    found = [match[1] for line in lines if (match := _NO_MODULE.search(line))]
    if not found or any(line.startswith("  hint: ") for line in lines):
        return None
    top = found[-1].split(".")[0]
    if top.replace("_", "-").lower() == package:
        return None
    return f"if another package has `{top}`, name that one in `[dependencies] run` of the recipe"


def _failure(lines: Sequence[str], most: int) -> tuple[int, int]:
    """Where the failure begins, and where it ends."""
    cause = _first_cause(lines)
    if cause is not None:
        return cause, _end_of_it(lines, cause + 1)
    exception = _first_exception(lines)
    if exception is not None:
        return _begin_of_traceback(lines, exception, most), _end_of_it(lines, exception + 1)
    return max(len(lines) - most, 0), len(lines)


def _advised(lines: Sequence[str]) -> Sequence[str]:
    """The last words of our own program, if there is a hint in them."""
    begin = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].startswith("wasmwright: ")), len(lines))
    words = lines[begin:]
    return words if any(line.startswith("  hint: ") for line in words) else ()


def _first_cause(lines: Sequence[str]) -> int | None:
    """Where the first of the errors stands that lie near each other, and the last of them near the end."""
    found = [at for at, line in enumerate(lines) if _CAUSE.match(line.lstrip()) or _OURS.match(line)]
    begin: int | None = None
    for at in reversed(found):
        if (begin if begin is not None else len(lines)) - at > _NEAR:
            break
        begin = at
    while begin and _LEADS_TO_IT.match(lines[begin - 1]):
        begin -= 1
    return begin


def _first_exception(lines: Sequence[str]) -> int | None:
    """The same for exceptions of Python; the first one raised the others."""
    near = range(max(len(lines) - _NEAR, 0), len(lines))
    return next((at for at in near if _EXCEPTION.match(lines[at]) and not _MESSENGER.match(lines[at])), None)


def _begin_of_traceback(lines: Sequence[str], exception: int, most: int) -> int:
    """Where the way to an exception begins to be shown: with its traceback, if that fits."""
    fitting = range(exception - 1, max(exception - most + 1, -1), -1)
    return next((at for at in fitting if _TRACEBACK.match(lines[at])), max(exception - _FRAMES, 0))


def _end_of_it(lines: Sequence[str], begin: int) -> int:
    """Where whoever started the program that failed begins to speak, who has no more to say."""
    for at in range(begin, len(lines)):
        if _FURTHER.match(lines[at]):
            return at
        if _GAVE_UP.match(lines[at]):
            return at + 1
    return len(lines)
