"""What `wasm-flang` is asked to do: the command lines of flang and gfortran that build systems write."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.fortran import options
from wasmwright.fortran.errors import Unsupported
from wasmwright.fortran.retarget import Options
from wasmwright.words import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FIXED = (".f", ".for", ".ftn", ".f77", ".F", ".FOR", ".FTN", ".F77", ".fpp", ".FPP")
FREE = (".f90", ".f95", ".f03", ".f08", ".f18", ".F90", ".F95", ".F03", ".F08", ".F18")
SOURCES = FIXED + FREE


class Mode(Enum):
    """What comes out."""

    QUERY = "query"
    PREPROCESSED = "preprocessed"
    CHECKED = "checked"
    OBJECT = "object"
    ASSEMBLY = "assembly"
    LINKED = "linked"


_MODES = {
    "-c": Mode.OBJECT,
    "-S": Mode.ASSEMBLY,
    "-E": Mode.PREPROCESSED,
    "-fsyntax-only": Mode.CHECKED,
}


@dataclass(frozen=True, kw_only=True)
class Request:
    """A command line, understood.

    `front` goes to flang, `back` to clang, `link` (with the objects among it) to the linker. `dependencies` is where a
    make rule is written, with `targets` in it.
    """

    mode: Mode
    sources: tuple[str, ...] = ()
    output: str = ""
    query: str = ""
    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    optimization: str = "-O0"
    module_folder: str = "."
    retargeting: Options = field(default_factory=Options)
    dependencies: str = ""
    target: str = ""

    def object_of(self, source: str) -> str:
        """Where the object of a source goes."""
        if self.output and self.mode is not Mode.LINKED:
            return self.output
        suffix = ".s" if self.mode is Mode.ASSEMBLY else ".o"
        return PurePosixPath(source).stem + suffix


@dataclass(slots=True)
class _Reading:
    request: Request
    sources: list[str]
    front: list[str]
    back: list[str]
    link: list[str]


def understand(argv: Sequence[str], read: Callable[[str], str | None]) -> Request:
    """Read a command line; `read` gives the text of a response file. Raises Unsupported for what cannot be done."""
    words = expand(argv, read)
    reading = _Reading(Request(mode=Mode.LINKED), [], [], [], [])
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        if word in options.VALUED:
            if position == len(words):
                message = f"{word} needs a value"
                raise Unsupported(message)
            _valued(reading, word, words[position])
            position += 1
        else:
            _word(reading, word)
    request = replace(
        reading.request,
        sources=tuple(reading.sources),
        front=tuple(reading.front),
        back=tuple(reading.back),
        link=tuple(reading.link),
    )
    return _checked(request)


def _checked(request: Request) -> Request:
    if request.mode is Mode.QUERY:
        return request
    if not request.sources and request.mode is not Mode.LINKED:
        message = "no Fortran source is named"
        raise Unsupported(message, hint=f"sources end in {', '.join(SOURCES)}")
    if not request.sources and not any(not word.startswith("-") for word in request.link):
        message = "nothing to compile or to link is named"
        raise Unsupported(message)
    if len(request.sources) > 1 and request.output and request.mode in {Mode.OBJECT, Mode.ASSEMBLY}:
        message = f"-o {request.output} cannot be the output of {len(request.sources)} sources"
        raise Unsupported(message, hint="leave -o out, or compile one after the other")
    return request


def _valued(reading: _Reading, word: str, value: str) -> None:
    if word == "-o":
        reading.request = replace(reading.request, output=value)
    elif word in {"-J", "-module-dir", "-M"}:
        reading.request = replace(reading.request, module_folder=value)
    elif word == "-x":
        reading.front += [] if value.startswith("f") else _refuse(f"-x {value}", "wasm-flang compiles Fortran only")
    elif word == "-MF":
        reading.request = replace(reading.request, dependencies=value)
    elif word in {"-MT", "-MQ"}:
        reading.request = replace(reading.request, target=value)
    elif word in options.FRONT_VALUED:
        reading.front += [word, value]
    elif word in options.LINK_VALUED:
        reading.link += [word, value]
    elif word not in options.DROPPED_VALUED:
        _refuse(f"{word} {value}", options.reason(word))


def _word(reading: _Reading, word: str) -> None:
    if not word.startswith("-"):
        (reading.sources if word.endswith(SOURCES) else reading.link).append(word)
        return
    changed = _about_all(reading.request, word)
    if changed is not None:
        reading.request = changed
    elif options.is_link(word):
        reading.link.append(word)
    else:
        reading.front += options.for_flang(word)
        reading.back += options.for_clang(word)
        if options.is_unknown(word):
            _refuse(word, options.reason(word))


def _about_all(request: Request, word: str) -> Request | None:
    """The request changed by a word that is for no single program; None for another word."""
    retargeting = request.retargeting
    if options.is_query(word):
        return replace(request, mode=Mode.QUERY, query=word)
    if word in _MODES:
        return request if request.mode is Mode.QUERY else replace(request, mode=_MODES[word])
    if word.startswith("-O"):
        return replace(request, optimization=options.level(word))
    if (folder := options.module_folder(word)) is not None:
        return replace(request, module_folder=folder)
    if word in options.HIDDEN_LENGTHS:
        retargeting = replace(retargeting, hidden_lengths=options.HIDDEN_LENGTHS[word])
    elif word in options.CONSTANT_LENGTHS:
        retargeting = replace(retargeting, constant_lengths=options.CONSTANT_LENGTHS[word])
    elif word in options.VISIBILITY:
        retargeting = replace(retargeting, visibility=options.VISIBILITY[word])
    elif word.startswith(options.STAR_LENGTHS):
        names = tuple(name.lower() for name in word.removeprefix(options.STAR_LENGTHS).split(",") if name)
        retargeting = replace(retargeting, star_lengths=(*retargeting.star_lengths, *names))
    else:
        return None
    return replace(request, retargeting=retargeting)


def _refuse(word: str, why: str) -> list[str]:
    message = f"the option {word} cannot be used: {why}"
    raise Unsupported(message)
