"""What registries answer and give, broken in quantity."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fuzz import Cases, few_or_many, mutated_bytes, mutated_json, mutated_text, odd_text, odd_value, try_cases
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag

from wasmwright.config import Config, parse_config
from wasmwright.failure import WasmwrightError
from wasmwright.lock.availability import check_listed
from wasmwright.lock.package import build_system_requires
from wasmwright.process import Completed
from wasmwright.reading import Unreadable
from wasmwright.sources import apt, npm, pypi
from wasmwright.sources.archivetext import text_in
from wasmwright.sources.client import NoAnswer, NotThere, Reply
from wasmwright.sources.debfile import read_member
from wasmwright.sources.download import Downloader
from wasmwright.sources.kinds.github import GithubTree
from wasmwright.sources.kinds.kind import AskedVersion
from wasmwright.sources.kinds.npm import NpmPackage
from wasmwright.sources.kinds.pypi_sdist import PypiSdist
from wasmwright.sources.kinds.pypi_wheel import PypiWheel
from wasmwright.sources.kinds.table import kind_of
from wasmwright.sources.locate import Locator
from wasmwright.sources.mirrors import Mirrors, parse_pip_config
from wasmwright.sources.registries import Registries
from wasmwright.sources.tree import NotATree, unpack_tree

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from wasmwright.sources.client import Client
    from wasmwright.sources.kinds.kind import Origin

    from .conftest import FakeMirror

REFUSED = (WasmwrightError, NoAnswer, NotThere)
FILES: list[dict[str, Any]] = [
    {
        "filename": f"thing-1.{number}-py3-none-any.whl",
        "url": f"../../files/thing-1.{number}-py3-none-any.whl",
        "hashes": {"sha256": "a" * 64},
        "size": 1234,
        "yanked": False,
        "requires-python": ">=3.11",
    }
    for number in range(3)
]
INDEX = {"meta": {"api-version": "1.1"}, "name": "thing", "versions": ["1.0"], "files": FILES}
PAGE = """<!DOCTYPE html><html><head><base href="/f/"><meta name="pypi:repository-version" content="1.0"></head><body>
<a href="thing-1.0.tar.gz#sha256={0}" data-requires-python="&gt;=3.8">thing-1.0.tar.gz</a><br/>
<a href="https://a.test/thing-2.0-py3-none-any.whl#sha256={0}" data-yanked="x">thing</a></body></html>
""".format("b" * 64)
DIST = {"tarball": "http://npm.test/thing/-/thing-1.0.0.tgz", "shasum": "0" * 40, "integrity": "sha512-abc"}
PACKUMENT = {
    "name": "thing",
    "dist-tags": {"latest": "1.0.0"},
    "versions": {"1.0.0": {"name": "thing", "version": "1.0.0", "dist": DIST}},
}
PACKAGES = """Package: tool
Version: 1:2.0-1
Architecture: amd64
Depends: libtool1,
 libc6
Filename: pool/main/t/tool/tool_2.0-1_amd64.deb
Size: 10
SHA256: {0}

Package: libtool1
Version: 2.0-1
Architecture: all
Filename: pool/main/t/tool/libtool1_2.0-1_all.deb
Size: 20
SHA256: {0}
""".format("a" * 64)
SOURCES = """Package: tool
Version: 1:2.0-1
Directory: pool/main/t/tool
Checksums-Sha256:
 {0} 10 tool_2.0-1.dsc
 {0} 20 tool_2.0.orig.tar.xz
""".format("a" * 64)
PRINTED = "'http://d.test/x.deb' tool_1%3a2.0-1_amd64.deb 10 MD5Sum:abc\n"
PYPROJECT = """[build-system]
requires = ["meson-python>=0.18", "Cython; python_version > '3'", "numpy==2.*"]
build-backend = "mesonpy"
[project]
name = "thing"
version = "1.0"
"""


def tar(form: str = "gz") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=f"w:{form}") as archive:  # type: ignore[call-overload]
        for name, content in {
            "x-1/setup.py": b"x" * 700,
            "x-1/" + "l" * 150: b"",
            "x-1/pyproject.toml": b"[a]",
        }.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), 1.5
            archive.addfile(member, io.BytesIO(content))
        for name, kind in (("x-1/link", tarfile.SYMTYPE), ("x-1/hard", tarfile.LNKTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "x-1/setup.py"
            archive.addfile(member)
    return data.getvalue()


def zipped() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("x-1/setup.py", "x-1/pyproject.toml"):
            archive.writestr(name, "[a]" * 50)
    return data.getvalue()


def deb() -> bytes:
    parts = {"debian-binary": b"2.0\n", "data.tar.xz": tar("xz")}
    headers = {
        name: f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(part):<10}`\n".encode() for name, part in parts.items()
    }
    return b"!<arch>\n" + b"".join(headers[name] + part + b"\n" * (len(part) % 2) for name, part in parts.items())


ARCHIVES = [tar(), tar(""), tar("bz2"), tar("xz"), zipped()]


@few_or_many
def test_pages_of_an_index(cases: Cases):
    def make(rng: random.Random) -> tuple[str, str]:
        if rng.random() < 0.6:
            return rng.choice(["application/json", "application/vnd.pypi.simple.v1+json"]), mutated_json(rng, [INDEX])
        return rng.choice(["text/html", "", odd_text(rng)]), mutated_text(rng, [PAGE])

    def ask(made: tuple[str, str]) -> None:
        content = made[1].encode(errors="surrogateescape" if made[1].isascii() else "replace")
        reply = Reply(url="http://pypi.test/simple/thing/", kind=made[0], charset="utf-8", content=content)
        files = pypi.read_page(reply, "thing")
        pypi.newest_versions(files)
        pypi.sdists(files)
        pypi.newest_wheel(files, SpecifierSet(">=1"), [Tag("py3", "none", "any")])

    try_cases(ask, make, cases, refusals=REFUSED)


@few_or_many
def test_packuments(cases: Cases, client: Client, mirror: FakeMirror):
    def ask(answer: str) -> None:
        mirror.asked.clear()
        mirror.files["http://npm.test/thing"] = answer.encode(errors="replace")
        tarball = npm.choose(client, "http://npm.test", "thing", None)
        npm.check_integrity(b"x", tarball.integrity, name=tarball.file)

    try_cases(ask, lambda rng: mutated_json(rng, [PACKUMENT]), cases, refusals=REFUSED)


@few_or_many
def test_lists_of_apt(cases: Cases, tmp_path: Path):
    def make(rng: random.Random) -> tuple[str, str, str]:
        texts = (mutated_text(rng, [text]) for text in (PACKAGES, SOURCES, PRINTED))
        packages, sources, printed = (text.encode(errors="replace").decode() for text in texts)
        return packages, sources, printed

    def ask(said: tuple[str, str, str]) -> None:
        def run(command: Any, **_: object) -> Completed:  # noqa: ANN401 - any command
            answers = {"show": said[0], "showsrc": said[1], "install": said[2]}
            return Completed(command=tuple(command), returncode=0, stdout=answers[command[1]], stderr="")

        suite = apt.Apt(directory=tmp_path, suite="s", environ={}, run=run)
        for question in (
            lambda: [suite.pin(each) for each in suite.show(["tool"])],
            lambda: suite.closure(["tool"]),
            lambda: suite.source("tool"),
            lambda: suite.versions("tool", is_source=True),
        ):
            try:
                question()
            except WasmwrightError:
                continue

    try_cases(ask, make, cases)


@few_or_many
def test_debian_packages(cases: Cases):
    whole = deb()
    try_cases(
        lambda made: read_member(made, "x-1/setup.py", name="x.deb"), lambda rng: mutated_bytes(rng, [whole]), cases
    )


@few_or_many
def test_archives_with_a_pyproject(cases: Cases):
    def make(rng: random.Random) -> bytes:
        if rng.random() < 0.4:
            return gzip.compress(mutated_bytes(rng, [tar("")]), mtime=0)
        return mutated_bytes(rng, ARCHIVES)

    def ask(archive: bytes) -> None:
        for path in ("pyproject.toml", "none"):
            text_in(archive, "x-1.tar.gz", path)

    try_cases(ask, make, cases, refusals=(WasmwrightError, Unreadable))


@few_or_many
def test_archives_that_are_unpacked(cases: Cases, tmp_path: Path):
    count = 0

    def unpack(archive: bytes) -> None:
        nonlocal count
        count += 1
        (tmp_path / "archive").write_bytes(archive)
        try:
            unpack_tree(tmp_path / "archive", tmp_path / str(count))
        except NotATree:
            pass
        finally:
            assert {path.name for path in tmp_path.iterdir()} <= {"archive", str(count)}
            _remove(tmp_path / str(count))

    def make(rng: random.Random) -> bytes:
        return (
            gzip.compress(mutated_bytes(rng, [tar("")]), mtime=0)
            if rng.random() < 0.5
            else mutated_bytes(rng, ARCHIVES)
        )

    try_cases(unpack, make, cases)


def _remove(folder: Path) -> None:
    import shutil  # noqa: PLC0415

    shutil.rmtree(folder, ignore_errors=True)


@few_or_many
def test_foreign_pyprojects(cases: Cases):
    try_cases(
        lambda text: build_system_requires(text, where="x-1.tar.gz"),
        lambda rng: mutated_text(rng, [PYPROJECT]),
        cases,
    )


@few_or_many
def test_settings_of_clients(cases: Cases, tmp_path: Path):
    urls = ["http://a.test/simple", "https://user:pass@b.test:8443/x/", "http://[::1]/", "file:///x"]

    def make(rng: random.Random) -> tuple[str, str, str]:
        listing = f"global.index-url={mutated_text(rng, urls)!r}\nglobal.extra-index-url={mutated_text(rng, urls)!r}\n"
        toml = f"[mirrors]\npypi = {json.dumps(mutated_text(rng, urls))}\ndebian = {json.dumps(odd_value(rng))}\n"
        return mutated_text(rng, [listing]) if rng.random() < 0.3 else listing, toml, mutated_text(rng, urls)

    def ask(made: tuple[str, str, str]) -> None:
        parse_pip_config(made[0])
        (tmp_path / ".npmrc").write_bytes(f"registry={made[2]}\n".encode(errors="replace"))

        def run(command: Any, **_: object) -> Completed:  # noqa: ANN401 - any command
            return Completed(command=tuple(command), returncode=0, stdout=made[0], stderr="")

        mirrors = Mirrors(environ={"HOME": str(tmp_path), "PATH": ""}, run=run)
        for question in (lambda: mirrors.pip_options, lambda: mirrors.npm, lambda: parse_config(made[1], where="x")):
            try:
                question()
            except WasmwrightError:
                continue

    try_cases(ask, make, cases)


@few_or_many
def test_from_the_pin_to_the_download(cases: Cases, client: Client, mirror: FakeMirror, tmp_path: Path):
    """All registries, each with answers and archives of which some are whole."""
    config = Config(pypi="http://pypi.test/simple", npm="http://npm.test", github="http://f.test/{owner}/{repo}/{rev}")
    registries = Registries(client=client, mirrors=Mirrors(config=config, environ={}), cache=tmp_path)
    locator = Locator(registries=registries)
    whole = tar()

    def make(rng: random.Random) -> tuple[Origin, dict[str, bytes], dict[str, str], bytes | None]:
        archive = whole if rng.random() < 0.5 else mutated_bytes(rng, [whole])
        entry = {"filename": "thing-1.0.tar.gz", "url": "/f/sdist", "hashes": {}, "size": len(archive)}
        if rng.random() < 0.5:
            entry["hashes"] = {"sha256": hashlib.sha256(archive).hexdigest()}
        wheel = {"filename": "thing-1.0-py3-none-any.whl", "url": "/f/wheel", "hashes": {}}
        dist = {"tarball": "http://npm.test/tarball", "shasum": hashlib.sha1(archive).hexdigest()}
        files = {
            "http://pypi.test/simple/thing/": _answer(rng, {"files": [entry, wheel]}),
            "http://npm.test/thing": _answer(rng, {"dist-tags": {}, "versions": {"1.0": {"dist": dist}}}),
            **{f"http://{place}": archive for place in ("pypi.test/f/sdist", "npm.test/tarball", "f.test/o/r/v1")},
            "http://pypi.test/f/wheel": b"wheel",
        }
        headers = {"Content-Type": rng.choice(["application/json"] * 4 + ["text/html", "", odd_text(rng)])}
        if rng.random() < 0.2:
            headers["Content-Length"] = odd_text(rng)
        given = {url: content for url, content in files.items() if rng.random() < 0.9}
        origins = [PypiSdist(project="thing"), PypiWheel(project="thing"), NpmPackage(package="thing")]
        origin = rng.choice([*origins, GithubTree(repository="o/r", rev="v1", sha256="0" * 64)])
        return origin, given, headers, b"<html>log in</html>" if rng.random() < 0.2 else None

    def ask(made: tuple[Origin, dict[str, bytes], dict[str, str], bytes | None]) -> None:
        origin, mirror.files, mirror.headers, mirror.portal = made
        fresh = replace(registries)
        mirror.asked.clear()
        source = origin.pin(AskedVersion(version="1.0"), fresh)
        check_listed([source], fresh)
        text = kind_of(source).text(source, "pyproject.toml", fresh)
        build_system_requires(text, where="x")
        downloader = Downloader(client=client, locator=locator, directory=tmp_path / "downloads")
        registries._pages.clear()
        try:
            downloader.get(source, relock="x")
        finally:
            downloader.discard(source)

    try_cases(ask, make, cases, refusals=(WasmwrightError, Unreadable))


def _answer(rng: random.Random, document: object) -> bytes:
    text = json.dumps(document) if rng.random() < 0.5 else mutated_json(rng, [document])
    return text.encode(errors="replace")
