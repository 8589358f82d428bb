"""A recipe of ours from what a foreign one says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion

from wasmwright.importing.findings import Findings, ImportFinding, Level, listed
from wasmwright.importing.foreign import Cited, Foreign, ForeignSource
from wasmwright.importing.left import Building, Left, placed_file, tell_left
from wasmwright.importing.sources import NamedSource, name_archive, name_source
from wasmwright.names import fault, normalize, quoted
from wasmwright.recipe import schema
from wasmwright.recipe.model import BuildSystem
from wasmwright.recipe.parse import RECIPE, parse_recipe
from wasmwright.recipe.problems import Problems
from wasmwright.recipe.write import Written, add_table, new_recipe
from wasmwright.sources.entry import relative_fault
from wasmwright.standards import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.recipe.known import Known

_LICENSES = {
    "psf": "PSF-2.0",
    "psf license": "PSF-2.0",
    "python-2.0": "Python-2.0",
    "boost": "BSL-1.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache-2": "Apache-2.0",
    "apache": "Apache-2.0",
    "bsd-3": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "new bsd": "BSD-3-Clause",
    "bsd-2": "BSD-2-Clause",
    "simplified bsd": "BSD-2-Clause",
    "modified bsd": "BSD-3-Clause",
    "3-clause bsd": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "boost software license - version 1.0": "BSL-1.0",
    "boost software license 1.0": "BSL-1.0",
    "apache software license": "Apache-2.0",
    "apache software license 2.0": "Apache-2.0",
    "mozilla public license 2.0": "MPL-2.0",
    "mpl 2.0": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "isc license": "ISC",
    "zlib license": "Zlib",
    "public domain": "CC-PDDC",
    "mit license": "MIT",
    "the mit license": "MIT",
    "lgpl": "LGPL-2.1-or-later",
    "public-domain": "CC-PDDC",
}


@dataclass(frozen=True, kw_only=True)
class ImportedRecipe:
    """What came of one foreign recipe: `text` is the recipe of ours, None where there is none, or none is needed."""

    file: str
    name: str | None
    version: str | None
    text: str | None
    findings: tuple[ImportFinding, ...]

    @property
    def level(self) -> Level | None:
        """The worst of the findings."""
        return max((one.level for one in self.findings), key=list(Level).index, default=None)

    @property
    def is_carried(self) -> bool:
        """Whether nobody is needed: neither to decide anything, nor for patches, which are not copied."""
        return self.text is not None and self.level in {None, Level.NOTE}

    @property
    def is_needless(self) -> bool:
        """Whether nothing needs to be made of it, as what it is about is here."""
        return self.text is None and self.level is Level.NOTE

    def count(self, *levels: Level) -> int:
        """How many findings are of these levels."""
        return sum(finding.level in levels for finding in self.findings)


def refused(findings: Findings, *, name: str | None = None) -> ImportedRecipe:
    """What comes of a recipe that cannot be read."""
    return ImportedRecipe(file=findings.file, name=name, version=None, text=None, findings=findings.in_order())


def compose(foreign: Foreign, known: Known, profile: str) -> ImportedRecipe:
    """The recipe; `profile` is the one that finished wheels of upstream are for."""
    if foreign.needless is not None:
        return _needless(foreign, foreign.needless)
    composer = _Composer(foreign=foreign, known=known, profile=profile)
    text = composer.recipe()
    name = foreign.name.text if foreign.name else None
    if text is None or foreign.findings.is_refused:
        return refused(foreign.findings, name=name)
    problems = Problems()
    folder = composer.name
    parse_recipe(text, Path(folder, RECIPE), (), problems, known=known)
    for problem in problems.found:
        foreign.findings.refuse(f"it cannot be said here: {problem.without_file}")
    if problems:
        return refused(foreign.findings, name=name)
    found = foreign.findings.in_order()
    return ImportedRecipe(
        file=foreign.findings.file, name=folder, version=composer.version, text=_headed(text, found), findings=found
    )


def _needless(foreign: Foreign, why: Cited) -> ImportedRecipe:
    """What comes of a recipe of something that is here: its own findings are of a build that nobody needs."""
    findings = Findings(file=foreign.findings.file)
    findings.note(f"nothing is made of it: {why.text}", key=why.key, line=why.line)
    name = normalize(foreign.name.text) if foreign.name else None
    return ImportedRecipe(file=findings.file, name=name, version=None, text=None, findings=findings.in_order())


_HEADS = {
    Level.PERSON: "Imported; to be decided, and then to be taken out here:",
    Level.PATCH: "Imported without these; if it fails to build or in its tests, see which it needs, and their licence:",
}


def _headed(text: str, findings: Iterable[ImportFinding]) -> str:
    """The recipe, above it what a person has to decide, and patches."""
    heads = []
    for level, head in _HEADS.items():
        told = [replace(one, file=one.file.rpartition("/")[2]) for one in findings if one.level is level]
        heads += [f"# {head}\n", *(f"# - {one}\n" for one in told)] if told else []
    return f"{''.join(heads)}\n{text}" if heads else text


@dataclass(kw_only=True)
class _Composer:
    foreign: Foreign
    known: Known
    profile: str
    name: str = ""
    version: str = ""
    tables: dict[str, dict[str, Written]] = field(default_factory=dict)
    more: list[dict[str, Written]] = field(default_factory=list)

    @property
    def _findings(self) -> Findings:
        return self.foreign.findings

    def recipe(self) -> str | None:
        self._package()
        if self._findings.is_refused:
            return None
        self._sources()
        if self._findings.is_refused:
            return None
        self._build()
        self._dependencies()
        self._tests()
        text = new_recipe(self.tables)
        for table in self.more:
            text = add_table(text, "source.more", table)
        return text

    def _set(self, table: str, key: str, value: Written) -> None:
        if value not in ("", (), [], {}):
            self.tables.setdefault(table, {})[key] = value

    def _checked(self, table: str, key: str, said: Cited) -> bool:
        """Set a text if it may be one here; else tell."""
        known = schema.table(table).key(key)
        assert known is not None
        found = known.check(said.text) if known.check else None
        if found is None:
            self._set(table, key, said.text)
            return True
        self._findings.note(f"left out: {found}", at=said)
        return False

    def _package(self) -> None:
        name, version = self.foreign.name, self.foreign.version
        if name is None or not name.text:
            self._findings.refuse("has no name", key="package.name")
        else:
            self.name = normalize(name.text)
            if (wrong := fault(self.name)) is not None:
                self._findings.refuse(wrong, key=name.key, line=name.line)
            elif self.name != name.text:
                self._findings.note(f"{quoted(name.text)} is `{self.name}` here", key=name.key, line=name.line)
        if version is None or not version.text:
            self._findings.refuse("has no version", key="package.version")
        else:
            self._version(version)
        self._set("package", "name", self.name)
        self._set("package", "version", self.version)
        self._about()

    def _version(self, version: Cited) -> None:
        # A letter behind that of a library is a later release, where it is one before in Python's versions.
        is_later = self.foreign.is_library and re.fullmatch(r"[vV]?\d+(\.\d+)*[a-z]", version.text)
        try:
            self.version = _like_pep_440(version.text) if is_later else str(parse_version(version.text))
        except InvalidVersion:
            self.version = _like_pep_440(version.text)
            if not self.version:
                self._findings.refuse(f"{quoted(version.text)} is no version", key=version.key, line=version.line)
                return
        if self.version != version.text:
            self._findings.note(
                f"{quoted(version.text)} is written {self.version} here", key=version.key, line=version.line
            )

    def _about(self) -> None:
        foreign = self.foreign
        if foreign.summary and (summary := " ".join(foreign.summary.text.split())):
            self._checked("package", "summary", Cited(text=summary, line=foreign.summary.line, key=foreign.summary.key))
        if foreign.license and foreign.license.text:
            text = foreign.license.text
            spdx = as_spdx(text)
            said = Cited(text=spdx, line=foreign.license.line, key=foreign.license.key)
            if self._checked("package", "license", said) and spdx != text:
                self._findings.note(f"{quoted(text)} is {spdx} as an SPDX expression", at=said)
        if foreign.homepage and foreign.homepage.text:
            self._checked("package", "homepage", foreign.homepage)
        sets = [normalize(one.text) for one in foreign.sets]
        self._set("package", "sets", list(dict.fromkeys(one for one in sets if fault(one) is None)))
        if foreign.profiles:
            self._set("package", "profiles", foreign.profiles)
            self._set("package", "profiles-reason", foreign.profiles_reason)
        if foreign.hold is not None:
            self._checked("package", "hold", foreign.hold)
        if foreign.disabled is not None:
            self._checked("package", "disabled", foreign.disabled)

    def _sources(self) -> None:
        sources = self.foreign.sources or [ForeignSource()]
        found = [one for one in sources if one.named is not None or one.urls or one.repository is not None]
        first = next((one for one in found if one.into is None), found[0] if found else sources[0])
        self._first(first)
        for other in sources:
            if other is not first:
                self._further(other)
        left = [Left(at=patch) for source in self.foreign.sources for patch in source.patches]
        left += self.foreign.left
        system = self.foreign.system if self.foreign.is_library else None
        building = Building(is_built=not self.is_prebuilt, system=system, tools=self.foreign.tools)
        tell_left(self._findings, left, self.foreign.beside, building)

    def _first(self, source: ForeignSource) -> None:
        named = name_source(self.foreign, source) or self._same_on_index(source) or name_archive(self.foreign, source)
        if named is None:
            self._nameless(source)
            return
        for key, text in named.keys.items():
            self._set("source", key, text)
        kind = next(iter(named.keys))
        if named.version is not None and not self._is_version(named.version) and kind.startswith("pypi"):
            where = source.urls[0]
            message = f"the address is of version {named.version}, which is what is built, and not {self.version}"
            self._findings.note(message, at=where)
            self.version = str(parse_version(named.version))
            self._set("package", "version", self.version)
        if source.sha256 is not None and kind.startswith(("pypi", "npm")):
            message = "`lock` pins the file by the registry's own hash"
            self._findings.note(message, key=source.sha256.key, line=source.sha256.line)
        if self.foreign.is_rust and not named.is_wheel:
            self._rust(named)
        if self.is_prebuilt and not named.is_for_all:
            self._limit("upstream's wheel is for one platform")

    @property
    def is_prebuilt(self) -> bool:
        """Whether the source is a finished wheel."""
        return "pypi-wheel" in self.tables.get("source", {})

    def _is_version(self, text: str) -> bool:
        try:
            return parse_version(text) == parse_version(self.version)
        except InvalidVersion:
            return False

    def _rust(self, named: NamedSource) -> None:
        """What needs Rust is upstream's own wheel, if there is one."""
        project = named.keys.get("pypi") or (normalize(self.foreign.project.text) if self.foreign.project else None)
        if project is None or self.foreign.is_library:
            self._findings.person("it is written in Rust, which no toolchain here has")
            return
        self.tables["source"] = {"pypi-wheel": project}
        self._limit("written in Rust, which is not built here: upstream's wheel is for one platform")
        message = f"it is written in Rust: upstream's own wheel for {self.profile} is taken, if `lock` finds one"
        self._findings.note(message)

    def _limit(self, reason: str) -> None:
        self._set("package", "profiles", self.foreign.profiles or [self.profile])
        self._set("package", "profiles-reason", self.foreign.profiles_reason or reason)

    def _same_on_index(self, source: ForeignSource) -> NamedSource | None:
        """An sdist that lies elsewhere too, by the name of its file."""
        for url in source.urls if not self.foreign.is_library else ():
            file = url.text.rstrip("/").rpartition("/")[2]
            found = re.fullmatch(r"(.+?)-v?(\d[^-]*?)\.(?:tar\.\w+|tgz|zip)", file)
            if found and normalize(found[1]) == self.name and self._is_version(found[2]):
                message = f"the index's own sdist of that name and version is taken instead of {quoted(url.text)}"
                self._findings.note(message, key=url.key, line=url.line)
                return NamedSource(keys={"pypi": self.name}, version=found[2])
        return None

    def _nameless(self, source: ForeignSource) -> None:
        where = source.urls[0] if source.urls else Cited(text="", line=source.line, key=source.key)
        if not source.urls:
            message = "names no source that could be fetched: a recipe here has one"
            if source.beside is not None:
                message = (
                    f"the source lies beside the recipe, in {quoted(source.beside.text)}: `build FOLDER` builds such"
                )
            self._findings.refuse(message, at=where)
            return
        file = re.match(r"([a-z][a-z0-9+.-]*?)[-_]v?\d", where.text.rstrip("/").rpartition("/")[2].lower())
        name = file[1] if file else self.name
        told = f"no source here is an address, and {quoted(where.text)} is no archive with a hash"
        self._findings.person(f"{told}; Debian's `{name}` stands in its place", at=where)
        self._set("source", "debian", name)

    def _further(self, source: ForeignSource) -> None:
        named = name_source(self.foreign, source) or name_archive(self.foreign, source)
        where = source.urls[0] if source.urls else Cited(text="", line=source.line, key=source.key)
        into = source.into.text.strip("/").removeprefix("./") if source.into else ""
        key = schema.table("source.more").key("into")
        assert key is not None
        assert key.check is not None
        if source.beside is not None:
            self._beside(source.beside, into)
        elif not source.urls and source.repository is None:
            self._findings.person("a further source names nothing that could be fetched", at=where)
        elif named is None or not into or into == "." or key.check(into) is not None:
            told = where if where.text or source.repository is None else source.repository
            message = f"a further source, {quoted(told.text)}: write it as [[source.more]], with where it goes `into`"
            self._findings.person(message, at=where)
        else:
            table: dict[str, Written] = {**named.keys, "into": into}
            if named.version is not None:
                table["version"] = named.version
            elif "github" not in named.keys:
                table["version"] = self.version
            self.more.append(table)

    def _beside(self, said: Cited, into: str) -> None:
        """A file beside the recipe that is put into the source."""
        path = said.text.removeprefix("./")
        file = None if relative_fault(path) is not None else placed_file(path, f"./{into}/")
        if file is None or self.foreign.beside.has_folder(path):
            message = (
                f"{quoted(said.text)} is no file beside the recipe, and is not copied: a patch can bring what it has"
            )
            self._findings.person(message, at=said)
        else:
            self.foreign.left.append(Left(at=replace(said, text=path), into=file))

    def _build(self) -> None:
        foreign = self.foreign
        if self.is_prebuilt:
            self._left_out_of_finished()
            return
        if foreign.folder:
            self._set("source", "folder", foreign.folder)
        if foreign.is_library:
            self._set("build", "type", "library")
            if foreign.system is None:
                message = "nothing says what configures and compiles it: `make` stands as its `system`"
                self._findings.person(message, key="build")
            self._set("build", "system", str(foreign.system or BuildSystem.MAKE))
            self._set("build", "flags", foreign.flags)
        else:
            self._set("build", "config-settings", self._settings())
            self._set("build", "exports", foreign.exports)
            self._set("build", "requires", self._fit(foreign.requires, "build", "requires"))
        for key in ("cflags", "cxxflags", "ldflags"):
            self._set("build", key, getattr(foreign, key))
        self._set("build", "env", dict(foreign.env))
        unknown = [tool for tool in foreign.tools if tool not in self.known.tools]
        if unknown:
            self._findings.person(f"no tool here is called {listed(unknown)}", key="build")
        self._set("build", "tools", [tool for tool in foreign.tools if tool in self.known.tools])

    def _settings(self) -> dict[str, str | list[str]]:
        return {key: values if len(values) > 1 else values[0] for key, values in self.foreign.settings.items()}

    def _left_out_of_finished(self) -> None:
        foreign = self.foreign
        written = [*foreign.flags, *foreign.cflags, *foreign.cxxflags, *foreign.ldflags, *foreign.env, *foreign.host]
        written += [*foreign.settings, *(one.text for one in foreign.requires)]
        if written:
            self._findings.note(f"a finished wheel is not built: {listed(written)} is left out")
        self._findings.of_building_are_notes("a finished wheel is not built, so nobody is asked")

    def _fit(self, said: list[Cited], table: str, key: str, *, is_needed: bool = True) -> list[str]:
        known = schema.table(table).key(key)
        assert known is not None
        kept: list[str] = []
        for one in said:
            wrong = known.check(one.text) if known.check else None
            if wrong is not None:
                tell = self._findings.person if is_needed else self._findings.note
                tell(f"left out: {wrong}", at=one)
            elif one.text not in kept:
                kept.append(one.text)
        return kept

    def _dependencies(self) -> None:
        host = {} if self.is_prebuilt else dict(self.foreign.host)
        run = {} if self.foreign.is_library else dict(self.foreign.run)
        for name in [name for name in run if name in self.foreign.libraries]:
            said = run.pop(name)
            if not self.is_prebuilt:
                host.setdefault(name, said)
                self._findings.note(f"`{name}` is a library, which is linked: it is under `host`", at=said)
            else:
                self._findings.note(f"`{name}` is a library, which a finished wheel has linked", at=said)
        if self.foreign.is_library:
            for name, said in self.foreign.run.items():
                if name not in host:
                    message = f"`{name}` is for programs that run it: what links a library says so itself"
                    self._findings.note(message, at=said)
        for table, names in (("host", host), ("run", run)):
            names.pop(self.name, None)
            kept = self._names(names)
            self._set("dependencies", table, kept)
        self._set("dependencies", "requires", self._fit(self.foreign.pure, "dependencies", "requires"))

    def _names(self, names: dict[str, Cited]) -> list[str]:
        kept = []
        for name, said in names.items():
            if (wrong := fault(name)) is not None:
                self._findings.person(f"left out: {wrong}", at=said)
                continue
            if name not in self.foreign.known:
                self._findings.note(f"no recipe here is called `{name}`: add it too", at=said)
            kept.append(name)
        return kept

    def _tests(self) -> None:
        if self.foreign.is_library:
            return
        # What is no name of a module could be imported nowhere.
        imports = self._fit(self.foreign.imports, "tests", "imports", is_needed=False)
        if not imports:
            guess = re.sub(r"[^A-Za-z0-9]", "_", self.name)
            guess = guess if guess.isidentifier() else f"_{guess}"
            self._findings.note(f"no module is named: `{guess}` is guessed from the name", key="tests")
            imports = [guess]
        self._set("tests", "imports", imports)
        self._set("tests", "split", self._fit(self.foreign.taken_out, "tests", "split"))


def as_spdx(text: str) -> str:
    """A licence as SPDX writes it, where it is one of those that are often written otherwise."""
    text = " ".join(text.split())
    found = re.fullmatch(r"(?i)([al]?gpl)[ -]?v?(\d(?:\.\d)?)(\+)?", text)
    if found is not None:
        number = found[2] if "." in found[2] else f"{found[2]}.0"
        return f"{found[1].upper()}-{number}-{'or-later' if found[3] else 'only'}"
    return _LICENSES.get(text.lower(), text)


def _like_pep_440(text: str) -> str:
    """A version of a registry that is not Python's, as near as PEP 440 can say it; empty where it cannot.

    A name before it is left out; a commit alone comes after a 0, and other letters after a plus sign.
    """
    if re.fullmatch(r"[0-9a-f]{7,40}", text.strip()) and not text.strip().isdigit():
        return f"0+{text.strip()[:12]}"
    text = re.sub(r"^[A-Za-z][A-Za-z0-9+]*[-_](?=v?\d)", "", text.strip())
    found = re.fullmatch(r"[vV]?(\d+(?:[._-]\d+)*)[._-]?([a-z]?)(\d*)", text.strip())
    if found is not None:
        letter = f".{ord(found[2]) - ord('a') + 1}" if found[2] else ""
        more = f"{letter}{'.' + found[3] if found[3] else ''}"
    else:
        found = re.fullmatch(r"[vV]?(\d+(?:[._-]\d+)*)[._+-]?([A-Za-z][\w.+-]*)", text.strip(), re.ASCII)
        if found is None:
            return ""
        more = f"+{'.'.join(re.findall(r'[a-z0-9]+', found[2].lower()))}"
    try:
        return str(parse_version(re.sub("[_-]", ".", found[1]) + more))
    except InvalidVersion:
        return ""
