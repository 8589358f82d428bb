"""A recipe for a release of a project: what its files tell, as if it were a foreign recipe."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement

from wasmwright.adding.errors import NotAdded
from wasmwright.adding.linked import is_library, library_for
from wasmwright.adding.model import Model, read_model
from wasmwright.adding.release import ProjectRelease, PureWheels, TakenAs
from wasmwright.adding.survey import PYPROJECT, Language, SdistSurvey, survey
from wasmwright.adding.told import Told
from wasmwright.importing.beside import Beside
from wasmwright.importing.compose import as_spdx, compose
from wasmwright.importing.findings import Findings, ImportFinding, Level, listed
from wasmwright.importing.foreign import Cited, Foreign, ForeignSource
from wasmwright.importing.sources import NamedSource
from wasmwright.lock.package import without_extras
from wasmwright.names import first_few, normalize, quoted
from wasmwright.recipe.checks import license_expression
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.parse import RECIPE, parse_recipe
from wasmwright.recipe.problems import Problems
from wasmwright.sources.kinds.pypifiles import pin_file
from wasmwright.sources.kinds.table import kind_of
from wasmwright.standards import parse_requirement
from wasmwright.targetmarkers import target_markers
from wasmwright.wheel.errors import InvalidWheel, UnsafeWheel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from packaging.requirements import Requirement

    from wasmwright.lock.profile import Profile
    from wasmwright.recipe.known import Known
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.registries import Registries

_TOOLS = {
    "cmake": ("cmake", "ninja"),
    "scikit-build": ("cmake", "ninja"),
    "scikit-build-core": ("cmake", "ninja"),
    "meson-python": ("ninja",),
    "ninja": ("ninja",),
}
# Back ends that run a setup.py, or make one, where something has to be compiled.
_RUN_SETUP = {"pdm", "poetry"}
_NAMED = 6
_SAID = 200
_KEPT = re.compile(r"(?i)\bdeprecated\b|\bplaceholder\b|\bdummy\b|\breserved\b|\binstead\b|\brenamed to\b|\bmoved to\b")
_INSTEAD = re.compile(r"(?i)\b(?:use|renamed to|moved to|replaced by)\s+[`'\"]?([A-Za-z0-9][\w.-]*\w)")


@dataclass(frozen=True, kw_only=True)
class IndexProject:
    """A release of a project, read: what it is, and what it requires in any of its profiles."""

    release: ProjectRelease
    way: TakenAs
    profiles: tuple[Profile, ...]
    survey: SdistSurvey | None
    model: Model | None
    told: Told
    requires: tuple[Requirement, ...]
    skipped: str = ""

    @property
    def name(self) -> str:
        """The name, as recipes write it."""
        return self.release.project

    @property
    def made_of(self) -> str:
        """What it is and how it is made, in a few words."""
        if self.survey is None:
            return self.way.value
        languages = ", ".join(one.value for one in self.survey.languages) or "nothing to compile"
        return f"{self.way.value}: {self.survey.back_end}; {languages}"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The recipe of a project, as text and read; `findings` say what was guessed, and what a person has to decide."""

    project: IndexProject
    text: str
    recipe: WrittenRecipe
    findings: tuple[ImportFinding, ...]


def read_project(release: ProjectRelease, way: TakenAs, profile: Profile, registries: Registries) -> IndexProject:
    """Read the files of a release. `profile` is the one that a finished wheel of upstream's is for.

    Raises NotAdded for what no toolchain here can build, and what archives and registries raise.
    """
    looked = _survey(release, registries) if way is TakenAs.SOURCE else None
    if looked is not None and looked.rust is not None:
        raise _rust(release, looked.rust, profile)
    if looked is not None and looked.is_empty and _KEPT.search(looked.told.summary):
        raise _empty(release, looked)
    model, skipped = _model(release, way, profile, registries)
    told = _told(model, looked)
    profiles = release.having_wheel(profile) if way is TakenAs.UPSTREAM else release.profiles
    return IndexProject(
        release=release,
        way=way,
        profiles=profiles,
        survey=looked,
        model=model,
        told=told,
        requires=_required(release, told, profiles),
        skipped=skipped,
    )


def draft(  # noqa: PLR0913 - all by name but one
    project: IndexProject,
    *,
    recipes: Mapping[str, WrittenRecipe],
    run: Sequence[str],
    pure: Mapping[str, PureWheels],
    known: Known,
    pkgs: Path,
) -> Draft:
    """The recipe of a project. `run` are packages of `recipes` that have to be installed with it.

    `pure` are requirements that come as pure wheels. Raises NotAdded where no recipe can say what the project is.
    """
    findings = Findings(file=_file(project))
    foreign = Foreign(findings=findings, known=recipes, beside=Beside(folder=None))
    drafter = _Drafter(project=project, foreign=foreign, recipes=recipes, profiles=known.profiles)
    drafter.fill(run)
    for name, wheels in pure.items():
        if wheels.newer or wheels.has_compiled:
            older = f", an older one ({wheels.newer})" if wheels.newer else ""
            message = f"`{name}` comes as its pure wheel{older}; `./wasmwright add {name}` first would build it"
            findings.note(message, key="Requires-Dist")
    made = compose(foreign, known, project.profiles[0].name)
    if made.text is None:
        faults = [str(one) for one in made.findings if one.level is Level.REFUSED]
        message = f"no recipe can say what {project.release.title} is: {'; '.join(faults)}"
        raise NotAdded(message, hint="write its recipe by hand: docs/tutorial/first-package.md")
    problems = Problems()
    recipe = parse_recipe(made.text, pkgs / project.name / RECIPE, (), problems, known=known)
    problems.raise_if_any()
    assert recipe is not None
    return Draft(project=project, text=made.text, recipe=recipe, findings=made.findings)


def _file(project: IndexProject) -> str:
    """What findings are about."""
    if project.survey is not None:
        return project.survey.file
    return project.model.file if project.model is not None else project.release.title


def _survey(release: ProjectRelease, registries: Registries) -> SdistSurvey:
    assert release.sdist is not None
    source = pin_file(registries.client, release.project, release.sdist)
    return survey(registries.content(source, kind_of(source).urls(source, registries)), source.file)


def _told(model: Model | None, looked: SdistSurvey | None) -> Told:
    """What the wheel says, and where it is silent, what the sdist does. What a wheel requires is all."""
    source = looked.told if looked is not None else Told()
    if model is None:
        return source
    said = model.told
    is_silent = not said.license
    return Told(
        summary=said.summary or source.summary,
        license=source.license if is_silent else said.license,
        is_guess=source.is_guess if is_silent else said.is_guess,
        homepage=said.homepage or source.homepage,
        requires=said.requires,
    )


def _empty(release: ProjectRelease, looked: SdistSurvey) -> NotAdded:
    """For a name that is only kept: upstream mostly says what is meant."""
    summary = " ".join(looked.told.summary.split())[:_SAID]
    message = f"{release.title} has nothing in it that could be imported: upstream only keeps the name"
    found = _INSTEAD.search(summary)
    hint = f"upstream says of it: {quoted(summary)}"
    if found is not None and normalize(found[1]) != release.project:
        hint += f"; `./wasmwright add {normalize(found[1])}` takes that"
    return NotAdded(message, hint=hint)


def _rust(release: ProjectRelease, why: str, profile: Profile) -> NotAdded:
    message = f"{release.title} is written in Rust ({why}), and no toolchain here compiles that"
    ours = release.ours.get(profile.name)
    if ours is not None:
        hint = f"upstream publishes {ours.file.name}: --upstream-wheel takes it"
    elif release.ours:
        names = ", ".join(release.ours)
        hint = f"upstream publishes a wheel for {names}: --upstream-wheel takes it with that --profile"
    else:
        hint = "upstream publishes no wheel for WebAssembly of this version; --upstream-wheel looks for one of another"
    return NotAdded(message, hint=hint)


def _model(release: ProjectRelease, way: TakenAs, profile: Profile, registries: Registries) -> tuple[Model | None, str]:
    """The wheel that tells most, and why none was read where there is one."""
    chosen = {
        TakenAs.SOURCE: release.model,
        TakenAs.PURE: release.pure,
        TakenAs.UPSTREAM: release.ours.get(profile.name),
    }[way]
    if chosen is None:
        return None, ""
    try:
        return read_model(release.project, chosen, registries), ""
    except (InvalidWheel, UnsafeWheel) as error:
        if way.is_wheel:
            message = f"{release.title} cannot be taken as a finished wheel: {error}"
            raise NotAdded(message, hint=error.hint) from None
        return None, str(error)


def _required(release: ProjectRelease, told: Told, profiles: Sequence[Profile]) -> tuple[Requirement, ...]:
    """What it requires in any of the profiles."""
    try:
        found = [parse_requirement(text) for text in without_extras(told.requires)]
    except InvalidRequirement as error:
        message = f"{release.title} requires something that cannot be understood: {str(error).splitlines()[0]}"
        raise NotAdded(message, hint=f"take another version: `./wasmwright add {release.project}==VERSION`") from None
    markers = [{**target_markers(one.python, one.python_full), "extra": ""} for one in profiles]
    return tuple(
        one for one in found if one.marker is None or any(one.marker.evaluate(variables) for variables in markers)
    )


@dataclass(kw_only=True)
class _Drafter:
    project: IndexProject
    foreign: Foreign
    recipes: Mapping[str, WrittenRecipe]
    profiles: Sequence[str]

    @property
    def _findings(self) -> Findings:
        return self.foreign.findings

    def fill(self, run: Sequence[str]) -> None:
        project, foreign = self.project, self.foreign
        foreign.name = _cited(project.name)
        foreign.version = _cited(str(project.release.version))
        self._about(project.told)
        self._source()
        self._profiles()
        for name in run:
            foreign.run[name] = _cited(name, "Requires-Dist")
        self._untold()
        self._imports()
        if project.survey is not None:
            self._build(project.survey)

    def _about(self, told: Told) -> None:
        self.foreign.summary = _cited(told.summary, "Summary")
        self.foreign.homepage = _cited(told.homepage, "Home-page")
        fault = license_expression(as_spdx(told.license)) if told.license else None
        if fault is not None:
            self._findings.person(f"{fault}: write `license` as its text says", key="License")
            return
        self.foreign.license = _cited(told.license, "License")
        if not told.license:
            self._findings.person("says no licence that has an SPDX name: write `license`", key="License")
        elif told.is_guess:
            self._findings.person(
                f"says only `BSD License`, which several are: see whether it is {told.license}", key="License"
            )

    def _source(self) -> None:
        project = self.project
        key = "pypi-wheel" if project.way.is_wheel else "pypi"
        named = NamedSource(
            keys={key: project.name}, is_wheel=project.way.is_wheel, is_for_all=not self._upstream_limit
        )
        self.foreign.sources.append(ForeignSource(named=named))
        release = project.release
        if release.newer:
            self._findings.note(release.newer, key="version")
        if project.way is TakenAs.SOURCE and release.pure is not None:
            self._findings.note(
                f"{release.pure.file.name} is upstream's way without anything compiled; it is not taken"
            )
        if project.way is TakenAs.SOURCE and release.ours:
            names = first_few([one.file.name for one in release.ours.values()], _NAMED)
            self._findings.note(f"upstream publishes {names}; --upstream-wheel would take it instead")

    def _profiles(self) -> None:
        """Those that its Python, and the packages that it needs, leave."""
        project = self.project
        limit = self._upstream_limit or project.release.limit
        if limit:
            self.foreign.profiles = [one.name for one in project.profiles]
            self.foreign.profiles_reason = limit

    @property
    def _upstream_limit(self) -> str:
        """Which profiles upstream publishes no wheel for, where that is what is taken."""
        if self.project.way is not TakenAs.UPSTREAM:
            return ""
        lacking = [name for name in self.profiles if name not in self.project.release.ours]
        return f"upstream publishes no wheel for {', '.join(lacking)}" if lacking else ""

    def _untold(self) -> None:
        """What the wheel requires, and the sdist, from which a lock learns it, does not say."""
        looked = self.project.survey
        if looked is None:
            return
        said = {normalize(parse_requirement(text).name) for text in looked.run}
        for name, requirement in names_of(self.project.requires).items():
            if name not in said and name not in self.foreign.known:
                self.foreign.pure.append(_cited(str(requirement), "Requires-Dist"))
                self._findings.note(
                    f"`{name}` is required by the wheel, and not by the sdist", key="dependencies.requires"
                )

    def _imports(self) -> None:
        project = self.project
        if project.model is not None:
            self.foreign.imports += [_cited(name) for name in project.model.imports]
            self._findings.note(f"the modules to import are those of {project.model.file}", key="tests.imports")
            if project.model.has_tests:
                message = "the wheel holds tests: `tests.split` and [[tests.suite]] make a suite of them"
                self._findings.note(message, key="tests.split")
        elif project.survey is not None:
            self.foreign.imports += [_cited(name) for name in project.survey.tops]
            self._findings.note("the modules to import are guessed from its folders", key="tests.imports")
        if project.skipped:
            self._findings.note(f"the wheel that was to tell more cannot be read: {project.skipped}")

    def _build(self, looked: SdistSurvey) -> None:
        for need in sorted(looked.needs):
            for tool in _TOOLS.get(need, ()):
                self.foreign.add_tool(tool)
        if Language.FORTRAN in looked.languages:
            self.foreign.add_tool("flang")
        # What only builds comes from the index; what it needs to run as well has headers, as NumPy's.
        for need in sorted(looked.needs & self.foreign.run.keys()):
            if self.recipes[need].build.type is BuildType.WHEEL:
                self.foreign.host[need] = _cited(need, PYPROJECT)
                self._findings.note(f"`{need}` is compiled against, as its build requires it too", key=PYPROJECT)
        if self.foreign.tools:
            self._findings.note(
                f"needs {listed(self.foreign.tools)} to build, by its build requirements and files", key="build.tools"
            )
        self._unasked(looked)
        self._libraries(looked)

    def _unasked(self, looked: SdistSurvey) -> None:
        """What back ends ask for while they run."""
        if looked.is_own_back_end:
            message = "its back end is part of it, and may ask for more while it runs: write that as `build.requires`"
            self._findings.person(message, key=PYPROJECT)
        runs_setup = looked.is_compiled and looked.back_end in _RUN_SETUP
        wanted = {
            "cython": (looked.is_cython_run, "files of Cython"),
            "setuptools": (runs_setup, f"something to compile, for which {looked.back_end} runs a setup.py"),
        }
        for name, (is_wanted, what) in wanted.items():
            if is_wanted and name not in looked.needs:
                self.foreign.requires.append(_cited(name, PYPROJECT))
                self._findings.note(f"has {what}, and does not ask for {name}: `build.requires` does", key=PYPROJECT)

    def _libraries(self, looked: SdistSurvey) -> None:
        missing: dict[str, str] = {}
        for name, file in looked.libraries.items():
            library = library_for(name, self.recipes)
            if library is None or library == self.project.name:
                continue
            if is_library(library, self.recipes):
                self.foreign.host[library] = _cited(library, file)
                self._findings.note(f"`{library}` is linked, as `{name}` stands there", key=file)
                self.foreign.add_tool("pkgconf")
            else:
                missing[name] = file
        if missing and looked.is_compiled:
            files = first_few(sorted(set(missing.values())), _NAMED)
            message = (
                f"looks for {listed(missing)}, and no library here is called so: see whether it needs one, "
                "and bring that (docs/how-to/libraries.md)"
            )
            self._findings.person(message, key=files)


def _cited(text: str, key: str = "") -> Cited:
    return Cited(text=text, line=None, key=key)


def limited(project: IndexProject, profiles: Sequence[Profile], reason: str) -> IndexProject:
    """The project, for some of its profiles only."""
    return replace(project, profiles=tuple(profiles), release=replace(project.release, limit=reason))


def names_of(requirements: Sequence[Requirement]) -> dict[str, Requirement]:
    """Requirements by the names of their projects."""
    return {normalize(one.name): one for one in requirements}
