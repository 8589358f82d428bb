"""recipe.toml to WrittenRecipe. Mistakes are collected; every one of them is told, then InvalidRecipe is raised."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe import schema
from wasmwright.recipe.model import (
    Build,
    BuildSystem,
    BuildType,
    DebianSource,
    Exports,
    FolderSource,
    PypiSource,
    SelfTests,
    Suite,
    WrittenRecipe,
)
from wasmwright.recipe.problems import Problems, RecipeProblems, shown, suggestion
from wasmwright.recipe.values import read_table

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from wasmwright.recipe.known import Known
    from wasmwright.recipe.values import Values

RECIPE = "recipe.toml"
SMOKE_TEST = "test_import.py"


def load_recipe(path: Path, known: Known, *, own: FolderSource | None = None) -> WrittenRecipe:
    """Read one recipe.toml, which may name what is `known`. Raises InvalidRecipe with all mistakes in it.

    `own` is the source of a recipe that lies in its project's folder, and names none.
    """
    problems = Problems()
    recipe = _load(path, known, problems, own=own)
    problems.raise_if_any()
    assert recipe is not None
    return recipe


def load_all(pkgs_dir: Path, known: Known) -> dict[str, WrittenRecipe]:
    """Read every pkgs_dir/NAME/recipe.toml, by name, the disabled ones too. Raises InvalidRecipe with all mistakes."""
    problems = Problems()
    paths = sorted(pkgs_dir.glob(f"*/{RECIPE}"))
    recipes = [recipe for recipe in (_load(path, known, problems) for path in paths) if recipe is not None]
    problems.raise_if_any()
    return {recipe.name: recipe for recipe in recipes}


def parse_recipe(  # noqa: PLR0913 - of which two by name
    text: str,
    path: Path,
    files: Collection[str],
    problems: Problems,
    *,
    known: Known,
    own: FolderSource | None = None,
) -> WrittenRecipe | None:
    """The recipe that `text` describes, or None when it has mistakes, which are then added to `problems`.

    `path` is where the text comes from; `files` are the files of its folder, with `/` and relative to it.
    """
    noted = RecipeProblems(file=shown(path), text=text, problems=problems)
    before = len(problems.found)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _add_toml_error(noted, error)
        return None
    written = _written_tables(document, noted)
    tables = _values(written, noted, known)
    reader = _Reader(noted=noted, files=files, folder=path.parent.name, written=written, tables=tables, own=own)
    reader.check()
    return reader.recipe(path) if len(problems.found) == before else None


def _load(path: Path, known: Known, problems: Problems, *, own: FolderSource | None = None) -> WrittenRecipe | None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        noted = RecipeProblems(file=shown(path), text="", problems=problems)
        noted.add(f"not UTF-8 text: {error.reason} at byte {error.start}")
        return None
    except OSError as error:
        message = f"{shown(path)}: cannot be read: {error.strerror}"
        raise InvalidRecipe(message) from error
    folder = path.parent
    beside = [*folder.glob("*"), *folder.glob("patches/*")]
    files = {file.relative_to(folder).as_posix() for file in beside if file.is_file()}
    return parse_recipe(text, path, files, problems, known=known, own=own)


def _add_toml_error(noted: RecipeProblems, error: tomllib.TOMLDecodeError) -> None:
    found = re.search(r"at line (\d+), column \d+", str(error))
    noted.add(f"not valid TOML: {error}", line=int(found[1]) if found else None)


def _written_tables(document: Mapping[str, object], noted: RecipeProblems) -> dict[str, Mapping[str, object]]:
    """Every known table as it is written, empty where it is not; anything else at the top is noted."""
    written: dict[str, Mapping[str, object]] = {table.name: {} for table in schema.TABLES if not table.repeated}
    for name, content in document.items():
        if name in written and isinstance(content, Mapping):
            written[name] = content
        elif name in written:
            noted.add("has to be a table", key=name)
        elif isinstance(content, Mapping):
            noted.add(f"unknown table{suggestion(name, written)}", table=name)
        else:
            noted.add(f"unknown key outside of all tables; tables: {', '.join(written)}", key=name)
    return written


def _values(written: Mapping[str, Mapping[str, object]], noted: RecipeProblems, known: Known) -> dict[str, Values]:
    tables = {}
    for name, content in written.items():
        others = ("suite",) if name == "tests" else ()
        tables[name] = read_table(schema.table(name), content, noted, known, others=others)
    tables["tests"]["suite"] = _suites(written["tests"].get("suite", []), noted, known)
    return tables


def _suites(written: object, noted: RecipeProblems, known: Known) -> tuple[Suite, ...]:
    if not isinstance(written, list) or not all(isinstance(entry, Mapping) for entry in written):
        noted.add("has to be written as [[tests.suite]]", table="tests", key="suite")
        return ()
    suites: list[Suite] = []
    for nth, entry in enumerate(written, 1):
        here = replace(noted, nth=nth)
        values = read_table(schema.SUITE, entry, here, known)
        if "name" not in values or "args" not in values:
            continue
        suite = Suite(name=cast("str", values["name"]), args=cast("tuple[str, ...]", values["args"]))
        if suite.name in {other.name for other in suites}:
            here.add(f"two suites are called `{suite.name}`", table=schema.SUITE.name, key="name")
        suites.append(suite)
    return tuple(suites)


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """The values of one recipe: what they must be together, and the recipe they make.

    `written` holds the tables before any check, so that one mistake does not look like two.
    """

    noted: RecipeProblems
    files: Collection[str]
    folder: str
    written: Mapping[str, Mapping[str, object]]
    tables: Mapping[str, Values]
    own: FolderSource | None

    def check(self) -> None:
        name = self._text("package", "name")
        if name is not None and name != self.folder and self.own is None:
            self.noted.add(f"is `{name}`, but the folder is `{self.folder}`", table="package", key="name")
        self._check_profiles()
        self._check_source()
        if "type" in self.tables["build"] or "type" not in self.written["build"]:
            self._check_build_type()
            self._check_imports()

    def recipe(self, path: Path) -> WrittenRecipe:
        package = self.tables["package"]
        return WrittenRecipe(
            path=path,
            name=cast("str", package["name"]),
            version=cast("str", package["version"]),
            summary=self._text("package", "summary"),
            license=self._text("package", "license"),
            homepage=self._text("package", "homepage"),
            sets=self._texts("package", "sets"),
            profiles=self._texts("package", "profiles") or None,
            profiles_reason=self._text("package", "profiles-reason"),
            disabled=self._text("package", "disabled"),
            source=self._source(),
            patches=self._texts("source", "patches"),
            build=self._build(),
            host=self._texts("dependencies", "host"),
            run=self._texts("dependencies", "run"),
            tests=SelfTests(
                imports=self._texts("tests", "imports"),
                requires=self._texts("tests", "requires"),
                split=self._texts("tests", "split"),
                suites=cast("tuple[Suite, ...]", self.tables["tests"]["suite"]),
            ),
            smoke_test=SMOKE_TEST in self.files,
        )

    def _check_profiles(self) -> None:
        package = self.written["package"]
        if "profiles" in package and "profiles-reason" not in package:
            message = "leaves out a profile: say why as `profiles-reason`"
            self.noted.add(message, table="package", key="profiles")
        if "profiles-reason" in package and "profiles" not in package:
            self.noted.add("has a meaning with `profiles` only", table="package", key="profiles-reason")
        if package.get("profiles") == []:
            message = "is empty: leave it out for all profiles, or say why the package is `disabled`"
            self.noted.add(message, table="package", key="profiles")

    def _check_imports(self) -> None:
        if self._build_type() is not BuildType.WHEEL or self.written["tests"].get("imports"):
            return
        message = "names no module: a wheel has to show that it can be imported"
        self.noted.add(message, table="tests", key="imports")

    def _check_source(self) -> None:
        source = self.written["source"]
        if self.own is not None:
            if source:
                self.noted.add("is the folder that this recipe lies in: leave the table out", table="source")
            return
        kinds = [kind for kind in ("pypi", "debian") if kind in source]
        if not kinds:
            self.noted.add("names no source: add `pypi` or `debian`", table="source")
        if len(kinds) > 1:
            self.noted.add("names two sources: keep one of `pypi` and `debian`", table="source", key="debian")
        if "suite" in source and "debian" not in source:
            self.noted.add("has a meaning with `debian` only", table="source", key="suite")
        for patch in self._texts("source", "patches"):
            if f"patches/{patch}" not in self.files:
                there = sorted(file.removeprefix("patches/") for file in self.files if file.startswith("patches/"))
                message = f"there is no file `patches/{patch}`{suggestion(patch, there)}"
                self.noted.add(message, table="source", key="patches")

    def _check_build_type(self) -> None:
        build = self.written["build"]
        build_type = self._build_type()
        for name, content in self.written.items():
            for key in content:
                only = _only(schema.table(name), key)
                if only not in {None, build_type}:
                    self.noted.add(f"is for a {only} only, and this is a {build_type}", table=name, key=key)
        if build_type is BuildType.LIBRARY and "system" not in build:
            systems = ", ".join(f"`{system}`" for system in BuildSystem)
            self.noted.add(f"a library has to name its `system`: {systems}", table="build")

    def _source(self) -> PypiSource | DebianSource | FolderSource:
        if self.own is not None:
            return self.own
        source = self.tables["source"]
        if "pypi" in source:
            return PypiSource(project=cast("str", source["pypi"]))
        return DebianSource(package=cast("str", source["debian"]), suite=self._text("source", "suite") or "trixie")

    def _build(self) -> Build:
        system = self._text("build", "system")
        return Build(
            type=self._build_type(),
            system=BuildSystem(system) if system else None,
            config_settings=cast(
                "Mapping[str, str | tuple[str, ...]]", self.tables["build"].get("config-settings", {})
            ),
            flags=self._texts("build", "flags"),
            cflags=self._texts("build", "cflags"),
            cxxflags=self._texts("build", "cxxflags"),
            ldflags=self._texts("build", "ldflags"),
            env=cast("Mapping[str, str]", self.tables["build"].get("env", {})),
            exports=self._exports(),
            shared=self._texts("build", "shared"),
            requires=self._texts("build", "requires"),
            without=self._texts("build", "without"),
            tools=self._texts("build", "tools"),
        )

    def _build_type(self) -> BuildType:
        return BuildType(self._text("build", "type") or BuildType.WHEEL)

    def _exports(self) -> Exports | tuple[str, ...]:
        written = self.tables["build"].get("exports", Exports.PYINIT)
        return Exports(written) if isinstance(written, str) else cast("tuple[str, ...]", written)

    def _text(self, table: str, key: str) -> str | None:
        return cast("str | None", self.tables[table].get(key))

    def _texts(self, table: str, key: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.tables[table].get(key, ()))


def _only(table: schema.Table, name: str) -> BuildType | None:
    """The type of build that a key is limited to; unknown keys, which are noted elsewhere, have no limit."""
    key = table.key(name)
    if key is None:
        return table.only if name == "suite" else None
    return key.only or table.only
