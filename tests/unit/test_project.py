from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_bytes, mutated_toml, try_cases
from lock_writer import empty_lock
from recipe_known import KNOWN
from toolchain_writer import write_toolchain

from wasmwright.checkout import Checkout
from wasmwright.errors import InvalidRecipe
from wasmwright.lock.document import write_lock
from wasmwright.lock.model import PackageLock, read_package_lock
from wasmwright.lock.profile import profile_path
from wasmwright.lock.target import read_targets
from wasmwright.project import Prepared, prepare, read_project
from wasmwright.sources.kinds.folder import FolderSource

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.entry import Source

PYPROJECT = '[build-system]\nrequires = ["meson-python"]\n[project]\nname = "mine"\nversion = "1.0"\n'
RECIPE = '[package]\nname = "mine"\nversion = "1.0"\n[dependencies]\nrun = ["base"]\n[tests]\nimports = ["mine"]\n'


@pytest.fixture(autouse=True)
def _no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wasmwright.sources.projectfiles._tracked", lambda _: "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project in a folder of another name than its own."""
    made = tmp_path / "somewhere"
    made.mkdir()
    (made / "pyproject.toml").write_text(PYPROJECT)
    (made / "recipe.toml").write_text(RECIPE)
    (made / "mine.f90").write_text("end\n")
    return made


@dataclass(frozen=True, kw_only=True)
class Projects:
    """A checkout with one package; counts how often it was asked to lock."""

    checkout: Checkout
    locked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def work(self) -> Path:
        return self.checkout.state / "projects/mine"

    def prepare(self, folder: Path) -> Prepared:
        recipe = read_project(folder, KNOWN)
        return prepare(recipe, checkout=self.checkout, make_lock=self._lock, say=self.said.append)

    def _lock(self, recipe: WrittenRecipe, source: Source) -> PackageLock:
        self.locked.append(recipe.name)
        return empty_lock(recipe, self.checkout.targets, source)


@pytest.fixture
def projects(tmp_path: Path, add_package: Callable[..., None]) -> Projects:
    write_toolchain(tmp_path)
    add_package(tmp_path, "base")
    return Projects(checkout=Checkout(root=tmp_path, profile="pyemscripten_2026_0"))


def test_project_is_locked_once_and_generated(projects: Projects, folder: Path):
    prepared = projects.prepare(folder)
    assert read_package_lock(folder / "lock.json").own == ()
    assert [own.source.file for own in read_package_lock(projects.work / "lock.json").own] == ["mine-1.0.tar.gz"]
    assert "runDependencies = [ base ];" in (projects.work / "package.nix").read_text()
    assert f"scope = {projects.checkout.scope().expression};" in prepared.file.read_text()
    assert prepared.file.is_relative_to(projects.checkout.root / ".wasmwright/pyemscripten_2026_0")
    (folder / "mine.f90").write_text("! changed\nend\n")
    again = projects.prepare(folder)
    assert again.lock.own != prepared.lock.own
    assert projects.locked == ["mine"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("recipe.toml", '["base"]', "[]"), ("pyproject.toml", '"meson-python"', '"meson-python", "numpy"')],
)
def test_other_requirements_are_locked_anew(projects: Projects, folder: Path, file: str, old: str, new: str):
    projects.prepare(folder)
    (folder / file).write_text((folder / file).read_text().replace(old, new))
    projects.prepare(folder)
    assert projects.locked == ["mine", "mine"]


@pytest.mark.parametrize("text", ["", '{"version": 1}'])
def test_lock_that_cannot_be_read_is_made_anew(projects: Projects, folder: Path, text: str):
    (folder / "lock.json").write_text(text)
    projects.prepare(folder)
    assert projects.locked == ["mine"]


def test_lock_of_another_python_is_made_anew(projects: Projects, folder: Path):
    projects.prepare(folder)
    path = profile_path(projects.checkout.root, "pyemscripten_2026_5")
    path.write_text(path.read_text().replace("3.15.2", "3.15.3"))
    for recipe in projects.checkout.recipes.values():
        write_lock(recipe.lock_path, empty_lock(recipe, read_targets(projects.checkout.root)))
    replace(projects, checkout=replace(projects.checkout)).prepare(folder)
    assert projects.locked == ["mine", "mine"]


def test_smoke_test_is_taken_along_and_no_part_of_the_source(projects: Projects, folder: Path):
    before = projects.prepare(folder)
    (folder / "test_import.py").write_text("import mine\n")
    (folder / "recipe.toml").write_text(RECIPE + "# a remark\n")
    assert projects.prepare(folder).lock.own == before.lock.own
    assert "smokeTest = ./test_import.py;" in (projects.work / "package.nix").read_text()
    assert (projects.work / "test_import.py").exists()


def told(folder: Path) -> InvalidRecipe:
    with pytest.raises(InvalidRecipe) as caught:
        read_project(folder, KNOWN)
    return caught.value


def test_what_is_left_out_is_said(projects: Projects, folder: Path):
    (folder / ".hidden").touch()
    projects.prepare(folder)
    assert projects.said == ["mine: left out, as hidden or left by tools: .hidden (in a git repository, git decides)"]


def test_description_that_git_ignores_is_told(projects: Projects, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wasmwright.sources.projectfiles._tracked", lambda _: ("mine.f90",))
    with pytest.raises(InvalidRecipe, match=r"pyproject.toml would not be part of the project, as git ignores it"):
        projects.prepare(folder)


def test_folders_that_are_no_projects(tmp_path: Path):
    assert str(told(tmp_path)) == f"{tmp_path} has no pyproject.toml, nor a setup.py"
    (tmp_path / "setup.py").mkdir()
    assert str(told(tmp_path)) == f"{tmp_path} has no pyproject.toml, nor a setup.py"
    assert str(told(tmp_path / "nothere")) == f"there is no folder {tmp_path / 'nothere'}"
    (tmp_path / "file").touch()
    assert str(told(tmp_path / "file")) == f"{tmp_path / 'file'} is a file, not a folder"


def test_setup_script_alone_is_a_project_of_setuptools(folder: Path):
    (folder / "pyproject.toml").unlink()
    (folder / "setup.py").touch()
    source = read_project(folder, KNOWN).source
    assert isinstance(source, FolderSource)
    assert source.requires == ("setuptools>=40.8.0",)


def test_project_without_recipe_is_shown_one(folder: Path):
    (folder / "recipe.toml").unlink()
    error = told(folder)
    assert str(error) == f"{folder} has no recipe.toml"
    assert error.excerpt is not None
    assert 'name = "mine"\nversion = "1.0"' in error.excerpt


@pytest.mark.parametrize(
    ("pyproject", "name", "version", "module"),
    [
        ('name = "p-norec"\nversion = "1.0"', "p-norec", "1.0", "p_norec"),
        ('name = "Ruamel.Yaml"\nversion = "1.0-RC1"', "ruamel-yaml", "1.0rc1", "Ruamel_Yaml"),
        ('name = "3to2"\nversion = "v2"', "3to2", "2", "MODULE"),
        ('name = "no name"\nversion = "soon"', "NAME", "VERSION", "no_name"),
        ('name = "\\n"\nversion = 1', "NAME", "VERSION", "_"),
        ('name = "x"\ndynamic = ["version"]', "x", "VERSION", "x"),
        (None, "some-where", "VERSION", "some_where"),
    ],
)
def test_recipe_that_is_shown_is_taken(tmp_path: Path, pyproject: str | None, name: str, version: str, module: str):
    folder = tmp_path / "some_where"
    folder.mkdir()
    if pyproject is None:
        (folder / "setup.py").touch()
    else:
        (folder / "pyproject.toml").write_text(f"[project]\n{pyproject}\n")
    shown = told(folder).excerpt or ""
    (folder / "recipe.toml").write_text(
        shown.replace("NAME", "mine").replace("VERSION", "1.0").replace("MODULE", "mine")
    )
    document = tomllib.loads(shown)
    assert document == {"package": {"name": name, "version": version}, "tests": {"imports": [module]}}
    if "VERSION" not in shown:
        assert read_project(folder, KNOWN).version == version


@pytest.mark.parametrize("text", ["project = 1", "[project", "project = []", "\0", "[build-system]\nrequires = 1"])
def test_odd_descriptions_are_told_or_left_to_the_back_end(folder: Path, text: str):
    (folder / "pyproject.toml").write_text(text)
    (folder / "recipe.toml").unlink()
    assert told(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[dep", '[source]\npypi = "mine"\n[dep', "leave the table out"),
        ('"mine"', '"yours"', "the name is yours, and mine in pyproject.toml"),
        ("1.0", "2.0", "the version is 2.0, and 1.0 in pyproject.toml"),
        ("[dep", '[build]\ntype = "library"\nsystem = "make"\n[dep', "makes a wheel, not a library"),
    ],
)
def test_recipes_that_do_not_fit_a_folder(folder: Path, old: str, new: str, message: str):
    text = RECIPE.replace('run = ["base"]', "").split("[tests]")[0] if "library" in new else RECIPE
    (folder / "recipe.toml").write_text(text.replace(old, new))
    assert message in str(told(folder))


def test_name_of_a_package_is_taken(projects: Projects, folder: Path):
    (folder / "pyproject.toml").write_text(PYPROJECT.replace("mine", "base"))
    (folder / "recipe.toml").write_text(RECIPE.replace('name = "mine"', 'name = "base"').replace('run = ["base"]', ""))
    with pytest.raises(InvalidRecipe, match="has a package `base` already"):
        projects.prepare(folder)


def test_dependency_that_there_is_not_is_told_before_anything_is_locked(projects: Projects, folder: Path):
    (folder / "recipe.toml").write_text(RECIPE.replace("base", "bass"))
    with pytest.raises(InvalidRecipe, match="did you mean `base`"):
        projects.prepare(folder)
    assert projects.locked == []


PYPROJECTS = (
    PYPROJECT,
    '[project]\nname = "Mine.x"\ndynamic = ["version"]\n[build-system]\nrequires = []\nbuild-backend = "b"\n',
    '[tool.poetry]\nname = "mine"\nversion = "1.0"\n[tool.x.y]\nz = { a = [1, 2], "b.c" = 1979-05-27T07:32:00Z }\n',
)


@few_or_many
def test_no_description_of_a_project_is_an_internal_error(folder: Path, cases: Cases):
    recipe = (folder / "recipe.toml").read_text()

    def make(rng: random.Random) -> tuple[bytes, str | None]:
        pyproject = mutated_toml(rng, PYPROJECTS).encode(errors="surrogatepass")
        if rng.random() < 0.1:
            pyproject = mutated_bytes(rng, [pyproject])
        return pyproject, rng.choice([recipe, None])

    def read(case: tuple[bytes, str | None]) -> None:
        (folder / "pyproject.toml").write_bytes(case[0])
        (folder / "recipe.toml").unlink(missing_ok=True)
        if case[1] is not None:
            (folder / "recipe.toml").write_text(case[1])
        try:
            read_project(folder, KNOWN)
        except InvalidRecipe as error:
            # What is shown can be written to a file, and read again.
            tomllib.loads((error.excerpt or "").encode().decode())

    try_cases(read, make, cases)
