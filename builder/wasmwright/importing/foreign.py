"""What a foreign recipe says, whatever its system, before it becomes a recipe of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from wasmwright.names import normalize

if TYPE_CHECKING:
    from collections.abc import Collection

    from wasmwright.importing.beside import Beside
    from wasmwright.importing.findings import Findings
    from wasmwright.importing.left import Left
    from wasmwright.importing.sources import NamedSource
    from wasmwright.recipe.model import BuildSystem

# What the name of a library may have around the one that it has here: `libzlib`, `zlib-static`. Then that of others.
_SUFFIXES = ("-static", "-base", "-dev", "-devel", "-headers", "-c", "-core")
_OF_WHEELS = re.compile(r"(?:python-|py-)?(.+?)(?:-base|-core)?")
# Names that are others here.
_OTHERWISE = {
    **dict.fromkeys(("libblas", "libcblas", "liblapack", "liblapacke", "blas"), "openblas"),
    **dict.fromkeys(("jpeg", "libjpeg"), "libjpeg-turbo"),
    **dict.fromkeys(("lz4-c", "liblz4-static"), "liblz4"),
    **dict.fromkeys(("boost-cpp", "libboost-headers"), "boost"),
    "libxml": "libxml2",
    "sqlite3": "sqlite",
}


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A text, and where it stands: in `file`, where that is not the recipe itself."""

    text: str
    line: int | None
    key: str
    file: str | None = None


@dataclass(frozen=True, kw_only=True)
class ForeignSource:
    """A source: addresses that are said to have the same file, or a repository at a revision.

    One that is `named` has its keys already. `beside` is a file or folder that lies beside the recipe.
    """

    named: NamedSource | None = None
    urls: tuple[Cited, ...] = ()
    sha256: Cited | None = None
    repository: Cited | None = None
    rev: Cited | None = None
    patches: tuple[Cited, ...] = ()
    beside: Cited | None = None
    into: Cited | None = None
    key: str = "source"
    line: int | None = None


@dataclass(kw_only=True)
class Foreign:
    """All that has a meaning here, gathered while a foreign recipe is read. What has none went to the findings.

    `known` are names that recipes have here, `libraries` those of them that are known to be libraries.

    `left` are files that are never copied, besides the patches of sources. `scripted` counts the characters of its
    scripts, and those that their variables became. `profiles` is empty where it is for all. `pure` are requirements
    that the index has pure wheels of. `needless` is why nothing needs to be made of it, where that is so.
    """

    findings: Findings
    known: Collection[str]
    beside: Beside
    libraries: Collection[str] = ()
    name: Cited | None = None
    version: Cited | None = None
    summary: Cited | None = None
    license: Cited | None = None
    homepage: Cited | None = None
    project: Cited | None = None
    disabled: Cited | None = None
    needless: Cited | None = None
    hold: Cited | None = None
    profiles: list[str] = field(default_factory=list)
    profiles_reason: str = ""
    sets: list[Cited] = field(default_factory=list)
    sources: list[ForeignSource] = field(default_factory=list)
    folder: str = ""
    is_library: bool = False
    is_rust: bool = False
    system: BuildSystem | None = None
    flags: list[str] = field(default_factory=list)
    cflags: list[str] = field(default_factory=list)
    cxxflags: list[str] = field(default_factory=list)
    ldflags: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)
    settings: dict[str, list[str]] = field(default_factory=dict)
    exports: str | list[str] = ""
    requires: list[Cited] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)
    host: dict[str, Cited] = field(default_factory=dict)
    run: dict[str, Cited] = field(default_factory=dict)
    pure: list[Cited] = field(default_factory=list)
    imports: list[Cited] = field(default_factory=list)
    taken_out: list[Cited] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    scripted: int = 0

    def state(self) -> dict[str, object]:
        """All that a recipe is made of, as it is now."""
        kept = (list, dict)
        return {
            one.name: type(value)(value) if isinstance(value := getattr(self, one.name), kept) else value
            for one in fields(self)
            if one.name not in {"findings", "known", "beside", "libraries", "scripted"}
        }

    def restore(self, state: dict[str, object]) -> None:
        """Be as it was."""
        for name, value in state.items():
            setattr(self, name, value)

    def need(self, wanted: Cited, *, run: bool = False) -> None:
        """A package that is needed to build, or to use it, by the name that it has or would have here."""
        name = self.our_name(wanted.text)
        if name != wanted.text:
            self.findings.note(f"`{wanted.text}` is `{name}` here", at=wanted)
        (self.run if run else self.host).setdefault(name, wanted)

    def our_name(self, name: str) -> str:
        """The recipe here that a foreign name means; where there is none, the name as ours are written."""
        plain = normalize(name)
        if plain in self.known:
            return plain
        likely = [_OTHERWISE[plain]] if plain in _OTHERWISE else []
        # `libfoo` is no wheel `foo`, which may be Python's side of it.
        likely += [one for one in _alike(plain) if one in self.libraries]
        likely += [one for one in _without(plain) if one not in self.libraries]
        return next((one for one in likely if one in self.known), plain)

    def add_tool(self, name: str) -> None:
        """A native tool that the build calls."""
        if name not in self.tools:
            self.tools.append(name)

    def host_for(self, hint: str) -> str | None:
        """The library of `host` that an option or file is about, such as `ZLIB_LIBRARY` or `libz.a`."""
        libraries = [name for name in self.host if name in self.libraries or name not in self.known]
        if len(libraries) == 1 == len(self.host):
            return libraries[0]
        word = _bare(hint)
        return next((name for name in libraries if word in {_bare(name), _bare(name).removeprefix("lib")}), None)


def _alike(name: str) -> list[str]:
    shorter = [name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)]
    shorter += [one.removeprefix("lib") for one in (name, *shorter) if one.startswith("lib")]
    return [one for one in (*shorter, f"lib{name}") if one]


def _without(name: str) -> list[str]:
    found = _OF_WHEELS.fullmatch(name)
    return [found[1]] if found and found[1] != name else []


def _bare(hint: str) -> str:
    word = re.sub(
        r"(?i)(?<=.)[_-]?(inc(?:lude)?|librar|lib|dir|root|prefix|path|home|config|base).*$", "", hint.strip("-")
    )
    word = re.sub(r"^(with|enable)-", "", word.lower())
    return re.sub(r"[^a-z0-9]", "", word or hint.lower())
