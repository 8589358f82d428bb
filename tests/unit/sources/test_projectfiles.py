"""What is a project's where no git says so, and where links lead; tests/integration/test_projectfiles.py has git."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, try_cases

from wasmwright import limits
from wasmwright.errors import InvalidRecipe
from wasmwright.plaintext import visible_line
from wasmwright.sandbox.unpack import unpack
from wasmwright.sources import projectfiles
from wasmwright.sources.folder import archive
from wasmwright.sources.projectfiles import ProjectFiles, project_files

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def _no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projectfiles, "_tracked", lambda _: "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "mono/project"
    write(folder, "a.c", "lib/inc/vec.h")
    write(folder.parent, "LICENSE", "common/one.h", "common/deep/two.h")
    return folder


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def taken(folder: Path) -> dict[str, str]:
    """What is taken, with what links lead to."""
    return {member.name: member.link for member in project_files(folder).members}


def notes(found: ProjectFiles) -> str:
    return "\n".join(found.notes)


def test_hidden_files_and_what_tools_leave_are_left_out_with_a_word(project: Path):
    write(project, ".git/config", ".venv/x", "build/x.o", "dist/x.whl", "lib/__pycache__/a.pyc", "lib/node_modules/a")
    found = project_files(project)
    assert [member.name for member in found.members] == ["a.c", "lib/inc/vec.h"]
    assert notes(found).startswith("left out, as hidden or left by tools: .venv, build, dist, lib/node_modules (")


def test_folders_called_build_with_sources_are_taken(project: Path):
    write(project, "build/__init__.py", "lib/build/x.py", "lib/dist/x.py")
    assert {"build/__init__.py", "lib/build/x.py", "lib/dist/x.py"} <= set(taken(project))
    assert project_files(project).notes == ()


def test_many_names_are_told_in_short(project: Path):
    write(project, *(f".{number:02}" for number in range(40)))
    assert ".05 and 34 more" in notes(project_files(project))


def test_what_cannot_be_looked_at_is_named(project: Path, monkeypatch: pytest.MonkeyPatch):
    def is_symlink(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_symlink", is_symlink)
    with pytest.raises(InvalidRecipe, match=r"cannot be read: Permission denied"):
        project_files(project)


@pytest.mark.parametrize(
    ("name", "leads_to", "link"),
    [
        pytest.param("include", "lib/inc", "lib/inc", id="folder"),
        pytest.param("vec.h", "lib/inc/vec.h", "lib/inc/vec.h", id="file"),
        pytest.param("lib/up", "..", "..", id="folder-above"),
        pytest.param("lib/a.c", "../a.c", "../a.c", id="file-above"),
        pytest.param("self", ".", ".", id="itself"),
        pytest.param("include", "../project/lib/inc", "lib/inc", id="out-and-in-again"),
        pytest.param("include", "{project}/lib/inc", "lib/inc", id="absolute"),
        pytest.param("later.h", "made/later.h", "made/later.h", id="what-the-build-makes"),
    ],
)
def test_links_inside_are_kept(project: Path, name: str, leads_to: str, link: str):
    (project / name).symlink_to(leads_to.format(project=project))
    assert taken(project) == {"a.c": "", "lib/inc/vec.h": "", name: link}
    assert project_files(project).notes == ()


def test_links_to_links_are_kept(project: Path):
    (project / "one").symlink_to("two")
    (project / "two").symlink_to("lib")
    assert taken(project) == {"a.c": "", "lib/inc/vec.h": "", "one": "lib", "two": "lib"}


def test_what_links_outside_lead_to_is_taken(project: Path):
    (project / "LICENSE").symlink_to("../LICENSE")
    (project / "src").symlink_to("../common")
    (project.parent / "common/back").symlink_to("deep")
    (project.parent / "common/license").symlink_to("../LICENSE")
    expected = {"a.c", "lib/inc/vec.h", "LICENSE", "src/one.h", "src/deep/two.h", "src/back", "src/license"}
    assert set(taken(project)) == expected
    assert taken(project)["src/back"] == "deep"
    assert {name for name, link in taken(project).items() if link} == {"src/back"}


def test_what_is_left_out_is_taken_where_a_link_leads_to_it(project: Path):
    write(project, "build/gen/table.h", ".config")
    (project / "gen").symlink_to("build/gen")
    (project / "config").symlink_to(".config")
    assert set(taken(project)) == {"a.c", "lib/inc/vec.h", "gen/table.h", "config"}


@pytest.mark.parametrize(
    ("leads_to", "told"),
    [
        ("../nowhere", "link is left out: it is a link to ../nowhere, which is not there"),
        ("/nowhere/at/all", "link is left out: it is a link to /nowhere/at/all, which is not there"),
        ("..", "link is left out: it leads to {mono}, which it lies in itself"),
        ("/dev/null", "link leads to /dev/null, which is no file or folder, and is left out"),
    ],
)
def test_links_that_cannot_be_followed_are_told(project: Path, leads_to: str, told: str):
    (project / "link").symlink_to(leads_to)
    assert project_files(project).notes == (told.format(mono=project.parent),)
    assert "link" not in taken(project)


def test_folders_outside_that_lead_to_each_other_end(project: Path):
    (project / "one").symlink_to("../one")
    write(project.parent, "one/1", "two/2")
    (project.parent / "one/two").symlink_to("../two")
    (project.parent / "two/one").symlink_to("../one")
    assert set(taken(project)) == {"a.c", "lib/inc/vec.h", "one/1", "one/two/2"}
    assert "one/two/one is left out" in notes(project_files(project))


def test_links_in_a_circle_stay_in_it(project: Path):
    (project / "one").symlink_to("two")
    (project / "two").symlink_to("one")
    assert taken(project) == {"a.c": "", "lib/inc/vec.h": "", "one": "two", "two": "one"}


def test_links_that_multiply_have_an_end(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MEMBERS", limits.Limit(name="files", most=1000))
    for depth in range(30):
        write(project.parent, f"{depth}/file")
        for way in "ab":
            (project.parent / f"{depth}/{way}").symlink_to(f"../{depth + 1}")
    (project / "link").symlink_to("../0")
    with pytest.raises(limits.LimitExceeded, match="files"):
        project_files(project)


def test_other_things_than_files_are_told(project: Path):
    os.mkfifo(project / "pipe")
    assert project_files(project).notes == ("pipe is no file, folder or link, and is left out",)


def test_names_that_are_no_text_can_be_told(project: Path):
    os.mkfifo(project / os.fsdecode(b"caf\xe9\n\x1b[2J"))
    assert project_files(project).notes[0].startswith("caf\\udce9\\n\\x1b[2J is no file")


def refuse_reading(path: Path) -> Callable[..., object]:
    real = os.scandir

    def scandir(given: str) -> object:
        if os.fspath(given) == os.fspath(path):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real(given)

    return scandir


def test_folders_that_cannot_be_read_are_not_left_out(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "scandir", refuse_reading(project / "lib"))
    with pytest.raises(InvalidRecipe, match=r"lib cannot be read: Permission denied"):
        project_files(project)


ODD_NAMES = ("a", "b.c", "-x", "build", "n\n", os.fsdecode(b"caf\xe9"))


def odd_tree(rng: random.Random, folder: Path) -> None:
    """Files, folders and links of every kind below `folder`, which is made anew; the project is `folder/project`."""
    shutil.rmtree(folder, ignore_errors=True)
    places = [folder / "project", folder / "other"]
    for place in places:
        place.mkdir(parents=True)
    for number in range(rng.randrange(1, 15)):
        place = rng.choice(places)
        path = place / f"{rng.choice(ODD_NAMES)}{number}"
        match rng.randrange(5):
            case 0:
                path.mkdir()
                places.append(path)
            case 1:
                path.write_text(str(number))
            case _:
                there = [*folder.rglob("*"), folder, folder / "nowhere", Path("/nowhere")]
                target = rng.choice(there)
                relative = Path(os.path.relpath(target, place))
                path.symlink_to(rng.choice([target, relative, "." / relative, place.name / Path("..") / relative]))


@few_or_many
def test_what_can_be_read_in_a_project_can_be_read_in_its_archive(tmp_path: Path, cases: Cases):
    folder, unpacked = tmp_path / "mono", tmp_path / "unpacked"

    def check(rng: random.Random) -> None:
        odd_tree(rng, folder)
        made = archive(folder / "project", name="x", version="1", into=tmp_path / "out")
        shutil.rmtree(unpacked, ignore_errors=True)
        unpack(made.path, unpacked)
        left = "\n".join(made.notes)
        for path in (folder / "project").rglob("*"):
            name = path.relative_to(folder / "project")
            copy = unpacked / "x-1" / name
            told = visible_line(str(name)) in left
            if path.is_file():
                assert told or copy.read_text() == path.read_text()
            elif path.is_dir() and any(child.is_file() for child in path.iterdir()):
                assert told or copy.is_dir()
            assert not copy.is_symlink() or not copy.readlink().is_absolute()

    try_cases(check, lambda rng: rng, cases)
