"""recipe.toml to WrittenRecipe. Mistakes are collected; every one of them is told, then InvalidRecipe is raised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright import limits, reading
from wasmwright.files import openable
from wasmwright.recipe import placeholders, schema
from wasmwright.recipe.model import (
    Build,
    BuildSystem,
    BuildType,
    Exports,
    SelfTests,
    Suite,
    WrittenRecipe,
)
from wasmwright.recipe.positions import Positions
from wasmwright.recipe.problems import Problems, RecipeProblems, shown, suggestion
from wasmwright.recipe.recipes import Recipes
from wasmwright.recipe.sections import read_sections
from wasmwright.recipe.sourcetables import check_further, check_kind, kind_in, read_further, read_origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from wasmwright.recipe.known import Known
    from wasmwright.recipe.sections import Sections
    from wasmwright.recipe.values import Section
    from wasmwright.sources.kinds.kind import Origin

RECIPE = "recipe.toml"
SMOKE_TEST = "test_import.py"
KNOWN_FAILURES = "known_failures.toml"


def load_recipe(path: Path, known: Known, *, own: Origin | None = None) -> WrittenRecipe:
    """Read one recipe.toml, which may name what is `known`. Raises InvalidRecipe with all mistakes in it.

    `own` is the source of a recipe that lies in its project's folder, and names none.
    """
    problems = Problems()
    recipe = _load(path, known, problems, own=own)
    problems.raise_if_any()
    assert recipe is not None
    return recipe


def load_all(pkgs_dir: Path, known: Known) -> Recipes:
    """Read every pkgs_dir/NAME/recipe.toml, by name, the disabled ones too. Mistakes raise when they are asked for."""
    sound: dict[str, WrittenRecipe] = {}
    broken: dict[str, Problems] = {}
    for path in sorted(pkgs_dir.glob(f"*/{RECIPE}")):
        problems = Problems()
        recipe = _load(path, known, problems)
        if recipe is None:
            broken[path.parent.name] = problems
        else:
            sound[recipe.name] = recipe
    return Recipes(sound=sound, broken=broken)


def parse_recipe(  # noqa: PLR0913 - of which two by name
    text: str,
    path: Path,
    files: Collection[str],
    problems: Problems,
    *,
    known: Known,
    own: Origin | None = None,
) -> WrittenRecipe | None:
    """The recipe that `text` describes, or None when it has mistakes, which are then added to `problems`.

    `path` is where the text comes from; `files` are the files of its folder, with `/` and relative to it.
    """
    noted = RecipeProblems(file=shown(path), positions=Positions(text), problems=problems)
    before = len(problems.found)
    try:
        document = reading.toml(text, where=noted.file)
    except reading.Unreadable as error:
        noted.add(f"not valid TOML: {error}", line=error.line)
        return None
    except limits.LimitExceeded as error:
        noted.add(error.reason)
        return None
    said = read_sections(document, noted, known)
    reader = _Reader(noted=noted, files=files, folder=path.parent.name, said=said, own=own)
    reader.check()
    return reader.recipe(path) if len(problems.found) == before else None


def _load(path: Path, known: Known, problems: Problems, *, own: Origin | None = None) -> WrittenRecipe | None:
    try:
        text = reading.file_text(openable(path), limits.TOML_SIZE)
    except (reading.Unreadable, limits.LimitExceeded) as error:
        noted = RecipeProblems(file=shown(path), positions=Positions(""), problems=problems)
        noted.add(error.reason)
        return None
    except OSError as error:
        noted = RecipeProblems(file=shown(path), positions=Positions(""), problems=problems)
        noted.add(f"cannot be read: {error.strerror}")
        return None
    folder = path.parent
    beside = [*folder.glob("*"), *folder.glob("patches/*")]
    files = {file.relative_to(folder).as_posix() for file in beside if file.is_file()}
    return parse_recipe(text, path, files, problems, known=known, own=own)


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """The sections of one recipe: what they must be together, and the recipe they make."""

    noted: RecipeProblems
    files: Collection[str]
    folder: str
    said: Sections
    own: Origin | None

    def check(self) -> None:
        name = self.said.package.text("name")
        if name is not None and name != self.folder and self.own is None:
            self.noted.add(f"is `{name}`, but the folder is `{self.folder}`", table="package", key="name")
        self._check_profiles()
        self._check_source()
        self._check_suites()
        if not self.said.build.is_wrong("type"):
            self._check_build_type()
            self._check_imports()
        if not self.said.dependencies.is_wrong("host"):
            self._check_placeholders()

    def recipe(self, path: Path) -> WrittenRecipe:
        package, tests = self.said.package, self.said.tests
        name, version = package.text("name"), package.text("version")
        assert name is not None
        assert version is not None
        return WrittenRecipe(
            path=path,
            name=name,
            version=version,
            summary=package.text("summary"),
            license=package.text("license"),
            homepage=package.text("homepage"),
            sets=package.texts("sets"),
            profiles=package.texts("profiles") or None,
            profiles_reason=package.text("profiles-reason"),
            hold=package.text("hold"),
            disabled=package.text("disabled"),
            source=self._source(),
            further=read_further(self.said.further),
            source_folder=self.said.source.text("folder") or "",
            patches=self.said.source.texts("patches"),
            build=self._build(),
            host=self.said.dependencies.texts("host"),
            run=self.said.dependencies.texts("run"),
            requires=self.said.dependencies.texts("requires"),
            without=self.said.dependencies.texts("without"),
            tests=SelfTests(
                imports=tests.texts("imports"),
                requires=tests.texts("requires"),
                split=tests.texts("split"),
                folders=tests.texts("folders"),
                suites=tuple(_suite(section) for section in self.said.suites),
            ),
            smoke_test=SMOKE_TEST in self.files,
        )

    def _check_profiles(self) -> None:
        package = self.said.package
        if "profiles" in package.written and "profiles-reason" not in package.written:
            message = "leaves out a profile: say why as `profiles-reason`"
            self.noted.add(message, table="package", key="profiles")
        if "profiles-reason" in package.written and "profiles" not in package.written:
            self.noted.add("has a meaning with `profiles` only", table="package", key="profiles-reason")
        if package.values.get("profiles") == ():
            message = "is empty: leave it out for all profiles, or say why the package is `disabled`"
            self.noted.add(message, table="package", key="profiles")

    def _check_imports(self) -> None:
        tests = self.said.tests
        if self._build_type() is BuildType.WHEEL and not tests.texts("imports") and not tests.is_wrong("imports"):
            message = "names no module: a wheel has to show that it can be imported"
            self.noted.add(message, table="tests", key="imports")

    def _check_suites(self) -> None:
        for nth, name in _repeated([section.text("name") for section in self.said.suites]):
            self.noted.of(nth).add(f"two suites are called `{name}`", table="tests.suite", key="name")
        for _, name in _repeated([PurePosixPath(folder).name for folder in self.said.tests.texts("folders")]):
            self.noted.add(f"two folders are called `{name}`", table="tests", key="folders")

    def _check_source(self) -> None:
        source = self.said.source
        if self.own is not None:
            if source.written:
                self.noted.add("is the folder that this recipe lies in: leave the table out", table="source")
            return
        kind = check_kind(source, self.noted, table="source")
        check_further(self.said.further, self.noted)
        if kind is not None and kind.key in source.values and read_origin(kind, source).is_wheel:
            self._check_prebuilt(kind.key)
        for nth, patch in enumerate(source.texts("patches")):
            if f"patches/{patch}" not in self.files:
                there = sorted(file.removeprefix("patches/") for file in self.files if file.startswith("patches/"))
                message = f"there is no file `patches/{patch}`{suggestion(patch, there)}"
                self.noted.add(message, table="source", key="patches", entry=nth)

    def _check_prebuilt(self, kind: str) -> None:
        """A finished wheel has nothing that says how to build it."""
        unfit = [("source", str(key)) for key in ("folder", "patches", "more") if key in self.said.source.written]
        unfit += [("build", key) for key in self.said.build.written]
        unfit += [("dependencies", "host")] if "host" in self.said.dependencies.written else []
        for table, key in unfit:
            self.noted.add(f"has no meaning with `{kind}`: a finished wheel is not built", table=table, key=key)

    def _check_build_type(self) -> None:
        build_type = self._build_type()
        for table, key, only in self._limited():
            if only is not build_type:
                self.noted.add(f"is for a {only} only, and this is a {build_type}", table=table, key=key)
        if build_type is BuildType.LIBRARY and "system" not in self.said.build.written:
            systems = ", ".join(f"`{system}`" for system in BuildSystem)
            self.noted.add(f"a library has to name its `system`: {systems}", table="build")

    def _check_placeholders(self) -> None:
        build, host = self.said.build, self.said.dependencies.texts("host")
        entries: list[tuple[str, int | str, str]] = []
        for key in placeholders.LISTS:
            entries += [(key, nth, text) for nth, text in enumerate(build.texts(key))]
        for key in placeholders.TABLES:
            for name, value in build.settings(key).items():
                entries += [(key, name, text) for text in ((value,) if isinstance(value, str) else value)]
        for key, entry, text in entries:
            for fault in placeholders.faults(text, host):
                self.noted.add(fault, table="build", key=key, entry=entry)

    def _limited(self) -> Iterator[tuple[str, str, BuildType]]:
        """The written keys that are for one type of build only."""
        for name, section in self.said.tables.items():
            table = schema.table(name)
            for key in section.written:
                known = table.key(key)
                only = known.only or table.only if known else None
                if only is not None:
                    yield name, key, only
        for table in schema.TABLES:
            if table.repeated and table.only is not None and self.said.repeated[table.name]:
                outer, _, key = table.name.partition(".")
                yield outer, key, table.only

    def _source(self) -> Origin:
        if self.own is not None:
            return self.own
        kind = kind_in(self.said.source)
        assert kind is not None
        return read_origin(kind, self.said.source)

    def _build(self) -> Build:
        build = self.said.build
        system = build.text("system")
        return Build(
            type=self._build_type(),
            system=BuildSystem(system) if system else None,
            config_settings=build.settings("config-settings"),
            flags=build.texts("flags"),
            cflags=build.texts("cflags"),
            cxxflags=build.texts("cxxflags"),
            ldflags=build.texts("ldflags"),
            env=build.mapping("env"),
            exports=self._exports(),
            shared=build.texts("shared"),
            requires=build.texts("requires"),
            without=build.texts("without"),
            tools=build.texts("tools"),
        )

    def _build_type(self) -> BuildType:
        return BuildType(self.said.build.text("type") or BuildType.WHEEL)

    def _exports(self) -> Exports | tuple[str, ...]:
        written = self.said.build.text_or_texts("exports")
        if written is None:
            return Exports.PYINIT
        return Exports(written) if isinstance(written, str) else written


def _repeated(names: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """The names that stand before already, with their places."""
    for nth, name in enumerate(names):
        if name is not None and name in names[:nth]:
            yield nth, name


def _suite(section: Section) -> Suite:
    name = section.text("name")
    assert name is not None
    return Suite(name=name, args=section.texts("args"))
