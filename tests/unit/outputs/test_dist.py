from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

import pytest
from environment_writer import RUNTIME, candidate
from packaging.pylock import Pylock
from runtime_writer import write_runtime

from wasmwright import reading
from wasmwright.outputs.dist import DistributionParts, make
from wasmwright.outputs.environment import make as make_environment
from wasmwright.outputs.errors import InvalidEnvironment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.outputs.environment import Candidate


def distribution(folder: Path, *candidates: Candidate, further: Sequence[Candidate] = ()) -> Path:
    make_environment(candidates, [], RUNTIME, folder / "environment")
    parts = DistributionParts(
        environment=folder / "environment",
        runtime=write_runtime(folder / "runtime"),
        further=further,
        python_full=RUNTIME.python_full,
    )
    make(parts, folder / "out")
    return folder / "out"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Two wheels, one of which needs the other, and a third one that all distributions have."""
    a = candidate(tmp_path / "in", "a_b", "Requires-Dist: c", 'Requires-Python: >=3.1,<4 "odd"', "Summary: <b>&amp;")
    further = candidate(tmp_path / "further", "more", "Requires-Dist: c; python_version >= '3'")
    return distribution(tmp_path, a, candidate(tmp_path / "in", "c"), further=[further])


def document(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Links(HTMLParser):
    """The attributes of each link, and the texts."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("folder", [".", "pyodide"])
def test_both_locks_lead_to_the_wheels(out: Path, folder: str):
    lock = document(out / folder / "pyodide-lock.json")
    assert lock["info"] == document(out.parent / "runtime/pyodide-lock.json")["info"]
    assert {name: package["depends"] for name, package in lock["packages"].items()} == {
        "a-b": ["c"],
        "c": [],
        "more": ["c"],
    }
    for package in lock["packages"].values():
        assert sha256(out / folder / package["file_name"]) == package["sha256"]
    assert lock["packages"]["a-b"]["imports"] == ["a_b"]


def test_links_of_the_index_lead_to_the_wheels(out: Path):
    assert [link["href"] for link in Links(out / "simple/index.html").links] == ["a-b/", "c/", "more/"]
    page = out / "simple/a-b/index.html"
    (link,) = Links(page).links
    target, fragment = urldefrag(urljoin(page.as_uri(), str(link["href"])))
    found = out / "wheels/a_b-1.0-py3-none-any.whl"
    assert (target, fragment) == (found.as_uri(), f"sha256={sha256(found)}")
    metadata = found.with_name(f"{found.name}.metadata")
    assert link["data-core-metadata"] == f"sha256={sha256(metadata)}"
    assert link["data-requires-python"] == '>=3.1,<4 "odd"'
    assert b"Requires-Dist: c\n" in metadata.read_bytes()


def test_the_index_says_the_same_as_json(out: Path):
    assert document(out / "simple/index.json")["projects"] == [{"name": "a-b"}, {"name": "c"}, {"name": "more"}]
    page = out / "simple/a-b/index.json"
    project = document(page)
    (file,) = project["files"]
    found = out / "wheels" / file["filename"]
    assert urljoin(page.as_uri(), file["url"]) == found.as_uri()
    assert (file["size"], file["hashes"]) == (found.stat().st_size, {"sha256": sha256(found)})
    assert (project["name"], project["versions"], file["requires-python"]) == ("a-b", ["1.0"], '>=3.1,<4 "odd"')
    assert "requires-python" not in document(out / "simple/c/index.json")["files"][0]


def test_the_pylock_names_the_wheels(out: Path):
    lock = Pylock.from_dict(reading.toml_file(out / "pylock.toml"))
    for package in lock.packages:
        assert package.wheels is not None
        (file,) = package.wheels
        assert file.path is not None
        assert file.hashes == {"sha256": sha256(out / file.path)}
    assert [package.name for package in lock.packages] == ["a-b", "c", "more"]


def test_the_page_shows_what_wheels_say_as_text(out: Path):
    assert "<b>&amp;" in Links(out / "index.html").texts


def test_what_the_environment_brings_goes_before(tmp_path: Path):
    own = candidate(tmp_path / "in", "more", "Summary: own")
    out = distribution(tmp_path, own, further=[candidate(tmp_path / "further", "More", version="2.0")])
    assert [path.name for path in (out / "wheels").glob("*.whl")] == [own.path.name]
    assert list(document(out / "pyodide-lock.json")["packages"]) == ["more"]


def test_what_every_distribution_has_must_fit(tmp_path: Path):
    further = candidate(tmp_path / "further", "more", "Requires-Dist: c>=2")
    with pytest.raises(InvalidEnvironment, match=r"more requires c>=2, and 1\.0 is there") as caught:
        distribution(tmp_path, candidate(tmp_path / "in", "c"), further=[further])
    assert caught.value.hint == "a distribution has more besides: lock other versions of them, or of what they require"


def test_the_files_may_be_changed_by_who_has_the_folder(out: Path):
    assert all(path.stat().st_mode & 0o200 for path in out.rglob("*"))
