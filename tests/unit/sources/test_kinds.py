"""Each kind against a fake mirror: what it pins, where it looks, what it says of what is gone."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.config import Config
from wasmwright.errors import HashMismatch, MirrorUnreachable, NoMirror, PinUnavailable, Unresolvable
from wasmwright.sources.entry import Source
from wasmwright.sources.hashes import hash_in_hex, sri
from wasmwright.sources.kinds.github import GithubTree
from wasmwright.sources.kinds.kind import AskedVersion, Fitting, Latest, State
from wasmwright.sources.kinds.npm import NpmPackage
from wasmwright.sources.kinds.pypi_sdist import PypiSdist
from wasmwright.sources.kinds.pypi_wheel import PypiWheel
from wasmwright.sources.kinds.table import KINDS, NAMED, kind_of
from wasmwright.sources.kinds.tarball import TarballFile
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries
from wasmwright.sources.tree import NotATree, nar_hash

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.sources.client import Client
    from wasmwright.sources.download import Downloader

    from .conftest import FakeMirror

TEMPLATE = "http://forge.test/{owner}/{repo}/archive/{rev}.tar.gz"
ARCHIVE = "http://forge.test/owner/name/archive/v1.tar.gz"
PYODIDE = "pyemscripten_2026_0_wasm32"


@pytest.fixture
def registries(client: Client, mirrors: Mirrors, tmp_path: Path) -> Registries:
    forge = Config(pypi=mirrors.pypi[0], debian=mirrors.debian, npm=mirrors.npm, github=TEMPLATE)
    return Registries(client=client, mirrors=Mirrors(config=forge, environ={}), cache=tmp_path)


def tree(folder: Path) -> Path:
    (folder / "name-1" / "python").mkdir(parents=True)
    (folder / "name-1" / "python" / "pyproject.toml").write_text("[project]\n")
    (folder / "name-1" / "run").write_text("#!x\n")
    (folder / "name-1" / "run").chmod(0o755)
    return folder / "name-1"


def archived(top: Path, form: str) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=f"w:{form}") as tar:  # type: ignore[call-overload]
        tar.add(top, "name-1")
    return data.getvalue()


def page(mirror: FakeMirror, project: str, *files: str) -> None:
    links = "".join(f'<a href="/f/{file}">{file}</a>' for file in files)
    mirror.files[f"http://pypi.test/simple/{project}/"] = links.encode()
    for file in files:
        mirror.files[f"http://pypi.test/f/{file}"] = file.encode()


def test_kinds_have_names_of_their_own():
    keys = [option.name for kind in NAMED for option in kind.options]
    assert len(keys) == len(set(keys))
    assert all(kind.options[0].name == kind.key for kind in NAMED)
    assert len(KINDS) == len(NAMED) + 1


def test_sdist_is_pinned_as_the_tar_archive(mirror: FakeMirror, registries: Registries):
    page(mirror, "a", "a-1.0.zip", "a-1.0.tar.gz", "a-2.0.tar.gz", "a-1.0-py3-none-any.whl")
    source = PypiSdist(project="a").pin(AskedVersion(version="1.0"), registries)
    assert (source.file, source.sha256) == ("a-1.0.tar.gz", hashlib.sha256(b"a-1.0.tar.gz").hexdigest())
    assert kind_of(source).key == "pypi"
    assert kind_of(source).probe(source, registries) is State.THERE
    with pytest.raises(Unresolvable, match=r"no source distribution of a==3\.0"):
        PypiSdist(project="a").pin(AskedVersion(version="3.0"), registries)


def test_file_that_is_listed_and_absent_is_told(mirror: FakeMirror, registries: Registries):
    page(mirror, "a", "a-1.0.tar.gz")
    del mirror.files["http://pypi.test/f/a-1.0.tar.gz"]
    with pytest.raises(PinUnavailable, match=r"a-1\.0\.tar\.gz"):
        PypiSdist(project="a").pin(AskedVersion(version="1.0"), registries)
    mirror.portal = b"<html>log in</html>"
    with pytest.raises(MirrorUnreachable, match="has to log in"):
        PypiSdist(project="b").pin(AskedVersion(version="1.0"), registries)


def test_version_that_the_index_cannot_have_is_told(registries: Registries):
    for origin in (PypiSdist(project="a"), PypiWheel(project="a")):
        with pytest.raises(Unresolvable, match=r"`1\.2-x` of a is not a version"):
            origin.pin(AskedVersion(version="1.2-x"), registries)


def test_pure_wheel_goes_before_one_for_a_platform(mirror: FakeMirror, registries: Registries):
    wasm = f"a-1.0-cp314-cp314-{PYODIDE}.whl"
    page(mirror, "a", wasm, "a-1.0-cp314-cp314-manylinux_2_28_x86_64.whl", "a-1.0-py3-none-any.whl", "a-1.0.tar.gz")
    source = PypiWheel(project="a").pin(AskedVersion(version="1.0", platform=PYODIDE), registries)
    assert source.file == "a-1.0-py3-none-any.whl"
    assert kind_of(source).key == "pypi-wheel"


def test_wheel_of_upstream_is_for_one_platform(mirror: FakeMirror, registries: Registries):
    wasm = f"a-1.0-cp314-cp314-{PYODIDE}.whl"
    page(mirror, "a", wasm, "a-1.0-cp314-cp314-manylinux_2_28_x86_64.whl")
    assert PypiWheel(project="a").pin(AskedVersion(version="1.0", platform=PYODIDE), registries).file == wasm
    with pytest.raises(Unresolvable, match=r"no pure wheel or wheel for other of a==1\.0"):
        PypiWheel(project="a").pin(AskedVersion(version="1.0", platform="other"), registries)
    with pytest.raises(Unresolvable, match=r"no pure wheel of a==1\.0"):
        PypiWheel(project="a").pin(AskedVersion(version="1.0"), registries)


def test_npm_package_is_pinned_with_its_integrity(mirror: FakeMirror, registries: Registries):
    dist = {"tarball": "http://npm.test/a.tgz", "shasum": hashlib.sha1(b"tar").hexdigest()}
    mirror.files["http://npm.test/@s%2Fa"] = json.dumps({"versions": {"1": {"dist": dist}}}).encode()
    mirror.files["http://npm.test/a.tgz"] = b"tar"
    source = NpmPackage(package="@s/a").pin(AskedVersion(version="1"), registries)
    assert (source.purl, source.file) == ("pkg:npm/%40s/a@1", "a-1.tgz")
    assert kind_of(source).key == "npm"
    with pytest.raises(Unresolvable, match="no @s/a@2"):
        NpmPackage(package="@s/a").pin(AskedVersion(version="2"), registries)


@pytest.mark.parametrize("form", ["gz", "bz2"])
def test_tree_is_pinned_however_it_is_compressed(mirror: FakeMirror, registries: Registries, tmp_path: Path, form: str):
    top = tree(tmp_path / "made")
    mirror.files[ARCHIVE] = archived(top, form)
    sha256, size = nar_hash(top)
    source = GithubTree(repository="owner/name", rev="v1", sha256=sha256).pin(AskedVersion(version="9"), registries)
    assert (source.purl, source.name, source.tree) == ("pkg:github/owner/name@v1", "name-v1", True)
    assert (source.sha256, source.size) == (sha256, size)
    kind = kind_of(source)
    assert list(kind.urls(source, registries)) == [ARCHIVE]
    assert kind.probe(source, registries) is State.THERE
    assert kind.text(source, "python/pyproject.toml", registries) == "[project]\n"
    assert kind.text(source, "pyproject.toml", registries) is None
    del mirror.files[ARCHIVE]
    assert kind.probe(source, registries) is State.GONE


def test_other_content_is_told_with_the_line_to_write(mirror: FakeMirror, registries: Registries, tmp_path: Path):
    top = tree(tmp_path / "made")
    mirror.files[ARCHIVE] = archived(top, "gz")
    with pytest.raises(HashMismatch, match="owner/name at v1 holds something else") as caught:
        GithubTree(repository="owner/name", rev="v1", sha256="0" * 64).pin(AskedVersion(version=""), registries)
    found = nar_hash(top)[0]
    assert f'sha256 = "{sri(found)}"' in str(caught.value.hint)
    assert hash_in_hex(sri(found)) == found


def test_page_instead_of_an_archive_is_told(mirror: FakeMirror, registries: Registries):
    mirror.files[ARCHIVE] = b"<html>log in</html>"
    with pytest.raises(NotATree, match="cannot be unpacked"):
        GithubTree(repository="owner/name", rev="v1", sha256="0" * 64).pin(AskedVersion(version=""), registries)


def test_forge_that_nobody_named_or_that_is_silent(mirror: FakeMirror, registries: Registries):
    origin = GithubTree(repository="owner/name", rev="v1", sha256="0" * 64)
    with pytest.raises(PinUnavailable, match="no registry has owner/name at v1"):
        origin.pin(AskedVersion(version=""), registries)
    mirror.is_down = True
    with pytest.raises(MirrorUnreachable, match="the registry of owner/name at v1 gives no answer that can be used"):
        origin.pin(AskedVersion(version=""), registries)
    nowhere = Registries(client=registries.client, mirrors=Mirrors(config=Config(), environ={}), cache=registries.cache)
    with pytest.raises(
        NoMirror, match="owner/name at v1 cannot be fetched: no address of a forge's archives"
    ) as caught:
        origin.pin(AskedVersion(version=""), nowhere)
    assert "WASMWRIGHT_GITHUB_ARCHIVES" in str(caught.value.hint)
    assert "`github` in [mirrors]" in str(caught.value.hint)


def test_tree_is_downloaded_unpacked_and_checked(
    mirror: FakeMirror, registries: Registries, downloader: Downloader, tmp_path: Path
):
    top = tree(tmp_path / "made")
    sha256, size = nar_hash(top)
    mirror.files[ARCHIVE] = archived(top, "gz")
    source = GithubTree(repository="owner/name", rev="v1", sha256=sha256).pin(AskedVersion(version=""), registries)
    downloader.locator = type(downloader.locator)(registries=registries)
    told: list[int] = []
    downloader.on_bytes = told.append
    mirror.cut_after = [10]
    folder = downloader.get(source, relock="x")
    assert nar_hash(folder) == (sha256, size)
    assert sum(told) == size
    asked = len(mirror.asked)
    assert downloader.get(source, relock="x") == folder
    assert len(mirror.asked) == asked
    (folder / "run").write_text("changed")
    assert nar_hash(downloader.get(source, relock="x"))[0] == sha256
    assert [path.name for path in folder.parent.iterdir()] == ["name-v1"]
    downloader.discard(source)
    assert not folder.parent.exists()


def test_tree_that_changed_at_the_forge_is_refused(
    mirror: FakeMirror, registries: Registries, downloader: Downloader, tmp_path: Path
):
    top = tree(tmp_path / "made")
    mirror.files[ARCHIVE] = archived(top, "gz")
    source = GithubTree(repository="owner/name", rev="v1", sha256=nar_hash(top)[0]).pin(
        AskedVersion(version=""), registries
    )
    (top / "run").chmod(0o644)
    mirror.files[ARCHIVE] = archived(top, "gz")
    downloader.locator = type(downloader.locator)(registries=registries)
    with pytest.raises(HashMismatch, match="name-v1 is not the pinned file"):
        downloader.get(source, relock="x")
    assert not downloader.path(source).exists()


def json_page(mirror: FakeMirror, project: str, *files: tuple[str, str | None, bool]) -> None:
    """A page whose files say for which Python they are, and whether they are yanked."""
    entries = [
        {
            "filename": name,
            "url": f"http://pypi.test/f/{name}",
            "hashes": {},
            "requires-python": python,
            "yanked": yanked,
        }
        for name, python, yanked in files
    ]
    mirror.headers["Content-Type"] = "application/vnd.pypi.simple.v1+json"
    mirror.files[f"http://pypi.test/simple/{project}/"] = json.dumps({"files": entries}).encode()


def test_the_newest_sdist_is_a_release_for_every_python(mirror: FakeMirror, registries: Registries):
    json_page(
        mirror,
        "a",
        ("a-1.9.tar.gz", ">=3.10", False),
        ("a-1.10.tar.gz", "no specifier", False),
        ("a-1.11.tar.gz", ">=3.15", False),
        ("a-1.12-py3-none-any.whl", None, False),
        ("a-1.13.tar.gz", None, True),
        ("a-2.0rc1.tar.gz", None, False),
    )
    project = PypiSdist(project="a")
    lacks = "1.12 is newer, and has no source distribution"
    both = project.newest(Fitting(pythons=("3.14.2", "3.15.0rc1")), registries)
    assert both == Latest(version="1.10", passed_over=lacks)
    assert project.newest(Fitting(pythons=("3.15.1",)), registries) == Latest(version="1.11", passed_over=lacks)
    wheel = PypiWheel(project="a")
    assert wheel.newest(Fitting(pythons=("3.14.2",)), registries) == Latest(version="1.12")
    json_page(mirror, "c", ("c-1.0.tar.gz", None, False), ("c-2.0.tar.gz", ">=3.16", False))
    too_new = Latest(version="1.0", passed_over="2.0 is newer, and is for Python >=3.16")
    assert PypiSdist(project="c").newest(Fitting(pythons=("3.15.1",)), registries) == too_new
    with pytest.raises(PinUnavailable):
        PypiSdist(project="b").newest(Fitting(), registries)


def test_the_newest_wheel_of_upstream_is_for_every_platform(mirror: FakeMirror, registries: Registries):
    page(mirror, "a", "a-1.0-py3-none-any.whl", f"a-2.0-cp314-cp314-{PYODIDE}.whl")
    wheel = PypiWheel(project="a")
    assert wheel.newest(Fitting(platforms=(PYODIDE,)), registries) == Latest(version="2.0")
    older = wheel.newest(Fitting(platforms=(PYODIDE, "other")), registries)
    lacks = f"2.0 is newer, and has no pure wheel or wheel for {PYODIDE} and other"
    assert older == Latest(version="1.0", passed_over=lacks)
    page(mirror, "b", f"b-2.0-cp314-cp314-{PYODIDE}.whl", "b-2.0-cp315-cp315-other.whl", "b-1.0-py3-none-any.whl")
    both = PypiWheel(project="b").newest(Fitting(platforms=(PYODIDE, "other")), registries)
    assert both == Latest(version="2.0")
    older = wheel.newest(Fitting(platforms=("other",)), registries)
    assert older == Latest(version="1.0", passed_over="2.0 is newer, and has no pure wheel or wheel for other")


def test_other_registries_tell_their_newest_or_nobody_does(mirror: FakeMirror, registries: Registries):
    mirror.files["http://npm.test/a"] = json.dumps({"dist-tags": {"latest": "1.2.3"}, "versions": {}}).encode()
    assert NpmPackage(package="a").newest(Fitting(), registries) == Latest(version="1.2.3")
    assert GithubTree(repository="o/n", rev="v1", sha256="0" * 64).newest(Fitting(), registries) == Latest()


def test_archive_may_be_pinned_by_its_own_hash(mirror: FakeMirror, registries: Registries, tmp_path: Path):
    top = tree(tmp_path / "made")
    content = mirror.files[ARCHIVE] = archived(top, "gz")
    digest = hashlib.sha256(content).hexdigest()
    origin = GithubTree(repository="owner/name", rev="v1", archive_sha256=digest)
    assert origin.pin(AskedVersion(version=""), registries).sha256 == nar_hash(top)[0]
    mirror.files[ARCHIVE] = archived(top, "bz2")
    with pytest.raises(HashMismatch, match="the archive of owner/name at v1 is another one") as caught:
        origin.pin(AskedVersion(version=""), registries)
    assert f'sha256 = "{sri(nar_hash(top)[0])}"' in str(caught.value.hint)


STORES = ("http://store.test/{sha256}", "http://store.test/by-name/{file}")


@pytest.fixture
def stores(client: Client, tmp_path: Path) -> Registries:
    return Registries(client=client, mirrors=Mirrors(config=Config(tarballs=STORES), environ={}), cache=tmp_path)


def test_tarball_is_found_by_its_hash_or_name(mirror: FakeMirror, stores: Registries, tmp_path: Path):
    content = archived(tree(tmp_path / "made"), "gz")
    digest = hashlib.sha256(content).hexdigest()
    origin = TarballFile(file="name-1.0.tar.gz", sha256=digest)
    mirror.files["http://store.test/by-name/name-1.0.tar.gz"] = content
    source = origin.pin(AskedVersion(version="1.0"), stores)
    assert (source.purl, source.size) == ("pkg:generic/name@1.0?file_name=name-1.0.tar.gz", len(content))
    assert (source.file, source.sha256, source.tree) == ("name-1.0.tar.gz", digest, False)
    kind = kind_of(source)
    assert kind.key == "tarball"
    assert list(kind.urls(source, stores)) == [f"http://store.test/{digest}", *mirror.files]
    assert kind.probe(source, stores) is State.THERE
    assert kind.text(source, "python/pyproject.toml", stores) == "[project]\n"
    assert kind.current(source, stores) == ()
    assert kind.samples(stores.mirrors) == ["http://store.test/", "http://store.test/"]


def test_tarball_that_is_another_or_nowhere_is_told(mirror: FakeMirror, stores: Registries, tmp_path: Path):
    origin = TarballFile(file="name-1.0.tar.gz", sha256="0" * 64)
    with pytest.raises(PinUnavailable, match=r"name-1\.0\.tar\.gz"):
        origin.pin(AskedVersion(version="1.0"), stores)
    mirror.files["http://store.test/by-name/name-1.0.tar.gz"] = b"something else"
    with pytest.raises(HashMismatch, match=r"name-1\.0\.tar\.gz has sha256"):
        origin.pin(AskedVersion(version="1.0"), stores)
    nobody = Registries(client=stores.client, mirrors=Mirrors(environ={}), cache=tmp_path)
    with pytest.raises(NoMirror, match="cannot be fetched") as caught:
        origin.pin(AskedVersion(version="1.0"), nobody)
    assert "WASMWRIGHT_TARBALLS" in str(caught.value.hint)
    source = Source(
        purl="pkg:generic/name@1.0", file="name-1.0.tar.gz", name="name-1.0.tar.gz", size=1, sha256="0" * 64
    )
    assert kind_of(source).probe(source, nobody) is State.UNKNOWN
