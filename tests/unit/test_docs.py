"""The pages for people: links lead somewhere, the index and the maps are complete, lines are short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wasmwright.cli import COMMANDS

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "docs/index.md"
# Of prose. A table row, a heading or a line of code is as long as it is.
LIMIT = 110
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])

_GENERATED = "<!-- Generated"
_FENCE = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
# A path of the checkout, as pages write it. Capitals stand for what differs, and `pkgs/` has what readers add.
_PATH = re.compile(r"`((?:builder|docs|nix|tests)/[a-z0-9_./-]*)`")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def relative(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    return [link for link in _LINK.findall(_CODE.sub("", prose(page))) if "://" not in link]


def anchors(page: Path) -> set[str]:
    """What a `#` may lead to, as forges make it of headings."""
    titles = (title.lower().replace(" ", "-") for title in _HEADING.findall(prose(page)))
    return {"".join(character for character in title if character.isalnum() or character in "-_") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_lead_somewhere(page: Path):
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{relative(page)} links to {link}, which does not exist"
        if anchor:
            assert anchor in anchors(target), f"{relative(page)} links to {link}, and there is no such heading"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_lines_of_prose_are_short(page: Path):
    text = prose(page)
    if text.startswith(_GENERATED):
        return
    long = [line for line in text.splitlines() if len(line) > LIMIT and not line.lstrip().startswith(("|", "#"))]
    assert not long, f"{relative(page)}: over {LIMIT} characters, break them where a sentence ends: {long}"


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_paths_of_the_checkout_exist(page: Path):
    for name in _PATH.findall(prose(page)):
        assert (ROOT / name).exists(), f"{relative(page)} speaks of `{name}`, which does not exist"


def test_every_page_is_in_the_index():
    listed = {(INDEX.parent / link.partition("#")[0]).resolve() for link in links(INDEX)}
    missing = [relative(page) for page in PAGES if page != INDEX and page.resolve() not in listed]
    assert not missing, f"docs/index.md does not list {', '.join(missing)}"


def test_readme_leads_to_the_index_and_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/index.md" in links(ROOT / "README.md")
    assert [name for name in COMMANDS if f"`./wasmwright {name}" not in readme] == []


def test_readme_tells_packages_with_their_versions():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\S+) \| (\d\S*) \|", readme, re.MULTILINE)
    assert "numpy" in dict(told)
    for name, version in told:
        recipe = (ROOT / "pkgs" / name / "recipe.toml").read_text(encoding="utf-8")
        assert f'version = "{version}"\n' in recipe, name


@pytest.mark.parametrize("folder", ["builder/wasmwright", "nix", "tests"])
def test_the_map_of_the_code_is_complete(folder: str):
    """Every module and folder there is named in the part of CONTRIBUTING's map that begins with the folder."""
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = re.search(rf"^{folder}/? .*?(?=^\S|\Z)", contributing, re.DOTALL | re.MULTILINE)
    assert part is not None
    entries = [path for path in (ROOT / folder).iterdir() if path.is_dir() or path.suffix == ".py"]
    names = sorted(f"{path.name}/" if path.is_dir() else path.name for path in entries if path.name[0] not in "._")
    words = set(part[0].split())
    assert [name for name in names if name not in words and name != "__pycache__/"] == []
