"""What a source distribution tells of how it is built: languages, back end, libraries. Its files are only read."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.adding.told import Told, read_told
from wasmwright.lock.package import build_system_requires, project_dependencies, requires_dist
from wasmwright.names import normalize
from wasmwright.sources.archivetext import look_through
from wasmwright.standards import parse_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wasmwright.sources.archivetext import Contents

PYPROJECT, METADATA, SETUP = "pyproject.toml", "PKG-INFO", "setup.py"
_MESON, _CMAKE = "meson.build", "CMakeLists.txt"
# What lies in these is not part of what is built.
_ASIDE = {"test", "tests", "testing", "doc", "docs", "example", "examples", "benchmark", "benchmarks", "bench", "fuzz"}
_RUST_BACK_ENDS = {"maturin", "setuptools-rust", "puccinialin", "pyo3-build"}
# Bounded: nothing is tried twice, and a name is no longer than that.
_DEPENDENCY = re.compile(r"\b(?:dependency|find_library)\(\s{0,20}'([A-Za-z0-9_.+-]{1,60})'")
_FIND_PACKAGE = re.compile(r"\bfind_package\(\s{0,20}([A-Za-z0-9_+-]{1,60})", re.IGNORECASE)
_TELLS = re.compile(
    r"(?i)setup\.(?:py|cfg)|pyproject\.toml|PKG-INFO|MANIFEST(?:\.in)?|tox\.ini|\..*|requirements.*\.txt|"
    r"(?:README|LICEN[CS]E|COPYING|CHANGE|HISTORY|NEWS|AUTHORS|NOTICE|CONTRIBUTING).*"
)
_SUBPROJECTS = "subprojects"
_MADE_BY_CYTHON = {".c", ".cpp", ".cxx"}
_DEFAULT_BACK_END = "setuptools"


class Language(Enum):
    """A language that has to be compiled, as people call it."""

    C = "C"
    CXX = "C++"
    CYTHON = "Cython"
    FORTRAN = "Fortran"
    RUST = "Rust"


_ENDS = {
    **dict.fromkeys((".c",), Language.C),
    **dict.fromkeys((".cc", ".cpp", ".cxx", ".c++"), Language.CXX),
    **dict.fromkeys((".pyx",), Language.CYTHON),
    **dict.fromkeys((".f", ".for", ".f77", ".f90", ".f95", ".f03", ".f08"), Language.FORTRAN),
    **dict.fromkeys((".rs",), Language.RUST),
}


@dataclass(frozen=True, kw_only=True)
class SdistSurvey:
    """An sdist. `libraries` are names that its build files link or look for, each with the file that does.

    `requires` are its build requirements, `needs` their projects, `run` what it requires besides, as a lock reads that.
    `is_own_back_end`: the back end is part of it. `is_cython_run`: it has files of Cython, and not what comes of them.
    `is_empty`: it has nothing in it but what tells of it.
    """

    file: str
    languages: Mapping[Language, int]
    back_end: str
    is_own_back_end: bool
    is_cython_run: bool
    is_empty: bool
    requires: tuple[str, ...]
    run: tuple[str, ...]
    libraries: Mapping[str, str]
    tops: tuple[str, ...]
    told: Told

    @property
    def needs(self) -> frozenset[str]:
        """The projects that it requires to be built."""
        return frozenset(normalize(parse_requirement(text).name) for text in self.requires)

    @property
    def rust(self) -> str | None:
        """What shows that it is written in Rust; None where it is not."""
        named = sorted(self.needs & _RUST_BACK_ENDS)
        return f"its build requires {named[0]}" if named else None

    @property
    def is_compiled(self) -> bool:
        """Whether there is anything to compile."""
        return bool(self.languages)


def survey(archive: bytes, file: str) -> SdistSurvey:
    """Look an sdist through. Raises BrokenTar, BrokenZip, LimitExceeded, and Unresolvable for a pyproject.toml."""
    contents = look_through(archive, file, _is_read)
    pyproject = contents.texts.get(PYPROJECT)
    requires = build_system_requires(pyproject, where=file)
    back_end, is_own = _back_end(pyproject, file)
    metadata = contents.texts.get(METADATA)
    return SdistSurvey(
        file=file,
        languages=_languages(contents.names),
        back_end=back_end,
        is_own_back_end=is_own,
        requires=requires,
        run=requires_dist(metadata, where=file) or project_dependencies(pyproject, where=file),
        libraries=_libraries(contents),
        is_cython_run=_is_cython_run(contents.names),
        is_empty=all(map(_only_tells, contents.names)),
        tops=_tops(contents),
        told=read_told(metadata, where=f"{file}, {METADATA}") if metadata is not None else Told(),
    )


def _is_read(path: str) -> bool:
    *folders, file = path.split("/")
    if not folders and file in {PYPROJECT, METADATA, SETUP}:
        return True
    is_listing = file in {_MESON, _CMAKE} and not {_SUBPROJECTS, *_ASIDE} & {*folders}
    return is_listing or (file == "top_level.txt" and bool(folders) and folders[-1].endswith(".egg-info"))


def _languages(names: Iterable[str]) -> dict[Language, int]:
    """How many files there are of each, the most first."""
    found: Counter[Language] = Counter()
    for name in names:
        path = PurePosixPath(name)
        if not _is_aside(path) and path.suffix.lower() in _ENDS:
            found[_ENDS[path.suffix.lower()]] += 1
    return dict(found.most_common())


def _back_end(pyproject: str | None, file: str) -> tuple[str, bool]:
    """Its name, as the first word of its module, and whether the project brings it itself."""
    if pyproject is None:
        return _DEFAULT_BACK_END, False
    document = reading.Fields(reading.toml(pyproject, where=f"the {PYPROJECT} of {file}"))
    try:
        system = document.table("build-system", is_optional=True)
        name = system.optional_text("build-backend") or _DEFAULT_BACK_END
        return name.partition(":")[0].partition(".")[0], bool(system.texts("backend-path", ()))
    except reading.Unreadable:
        return _DEFAULT_BACK_END, False


def _is_cython_run(names: Iterable[str]) -> bool:
    paths = [PurePosixPath(name) for name in names]
    made = {path.with_suffix("") for path in paths if path.suffix in _MADE_BY_CYTHON}
    return any(path.suffix == ".pyx" and path.with_suffix("") not in made and not _is_aside(path) for path in paths)


def _only_tells(name: str) -> bool:
    """Whether a file says something of a project, and is nothing of it."""
    path = PurePosixPath(name)
    if _is_aside(path) or any(folder.endswith((".egg-info", ".dist-info")) for folder in path.parts):
        return True
    return len(path.parts) == 1 and _TELLS.fullmatch(path.name) is not None


def _is_aside(path: PurePosixPath) -> bool:
    return bool(_ASIDE & {part.lower() for part in path.parts[:-1]})


def _libraries(contents: Contents) -> dict[str, str]:
    """What build files link, by name, with the file that says so. What the archive brings itself is left out."""
    brought = {path.split("/")[1].lower() for path in contents.names if path.startswith(f"{_SUBPROJECTS}/")}
    found: dict[str, str] = {}
    for path, text in sorted(contents.texts.items()):
        for name in _names_in(path, text):
            if not any(one.startswith(name.lower()) for one in brought):
                found.setdefault(name, path)
    return found


def _names_in(path: str, text: str) -> Iterable[str]:
    file = path.rpartition("/")[2]
    if path == SETUP:
        return _linked(text)
    if file == _MESON:
        return _DEPENDENCY.findall(text)
    return _FIND_PACKAGE.findall(text) if file == _CMAKE else ()


def _linked(setup: str) -> list[str]:
    """The texts of each list called `libraries` in a setup.py: an argument, a variable or a key."""
    try:
        with warnings.catch_warnings():
            # Of escapes that are none, which are not ours to mend.
            warnings.simplefilter("ignore")
            tree = ast.parse(setup)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    entries = (entry for one in _called_libraries(tree) if isinstance(one, ast.List | ast.Tuple) for entry in one.elts)
    return [entry.value for entry in entries if isinstance(entry, ast.Constant) and isinstance(entry.value, str)]


def _called_libraries(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="libraries", value=value):
                yield value
            case ast.Assign(targets=[ast.Name(id="libraries")], value=value):
                yield value
            case ast.Dict(keys=keys, values=values):
                pairs = zip(keys, values, strict=True)
                yield from (value for key, value in pairs if getattr(key, "value", "") == "libraries")
            case _:
                pass


def _tops(contents: Contents) -> tuple[str, ...]:
    """The modules at the top, as the egg-info tells, else as folders with an `__init__` show."""
    listed = next((text for path, text in contents.texts.items() if path.endswith("top_level.txt")), None)
    if listed is not None:
        return tuple(line.strip() for line in listed.splitlines() if line.strip().isidentifier())
    found = set()
    for name in contents.names:
        parts = PurePosixPath(name).parts
        parts = parts[1:] if parts[0] in {"src", "lib", "python"} else parts
        if len(parts) == 2 and parts[1] in {"__init__.py", "__init__.pyx"} and parts[0] not in _ASIDE:  # noqa: PLR2004
            found.add(parts[0])
    return tuple(sorted(found))
