from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InvalidLock
from wasmwright.sources.apt import Apt
from wasmwright.sources.client import NotThere
from wasmwright.sources.entry import Source
from wasmwright.sources.locate import Locator
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.sources.client import Client
    from wasmwright.sources.mirrors import Mirrors

    from .conftest import FakeMirror


@pytest.fixture
def locator(client: Client, mirrors: Mirrors, tmp_path: Path) -> Locator:
    return Locator(registries=Registries(client=client, mirrors=mirrors, cache=tmp_path))


def _source(purl: str, file: str) -> Source:
    return Source(purl=purl, file=file, name=file.rpartition("/")[2], size=1, sha256="0" * 64)


def test_debian_file_is_in_the_pool_of_every_mirror(locator: Locator):
    source = _source("pkg:deb/debian/a@1", "pool/main/a/a_1+b_all.deb")
    assert list(locator.urls(source)) == ["http://debian.test/pool/main/a/a_1%2Bb_all.deb"]


def test_page_of_a_project_is_asked_once(locator: Locator, mirror: FakeMirror):
    mirror.files["http://pypi.test/simple/a/"] = b'<a href="../../f/a-1.whl">x</a><a href="../../f/a-2.whl">x</a>'
    assert list(locator.urls(_source("pkg:pypi/a@1", "a-1.whl"))) == ["http://pypi.test/f/a-1.whl"]
    assert list(locator.urls(_source("pkg:pypi/a@2", "a-2.whl"))) == ["http://pypi.test/f/a-2.whl"]
    assert len(mirror.asked) == 1


def test_file_that_left_the_page_is_not_there(locator: Locator, mirror: FakeMirror):
    mirror.files["http://pypi.test/simple/a/"] = b'<a href="a-2.tar.gz">x</a>'
    source = _source("pkg:pypi/a@1", "a-1.tar.gz")
    with pytest.raises(NotThere):
        list(locator.urls(source))
    assert locator.current(source) == ("2",)


def test_tarball_is_looked_for_by_custom_and_then_by_packument(locator: Locator, mirror: FakeMirror):
    document = {
        "dist-tags": {"latest": "2"},
        "versions": {"1": {"dist": {"tarball": "odd/a.tgz", "integrity": "sha1-AA=="}}},
    }
    mirror.files["http://npm.test/@s%2Fa"] = json.dumps(document).encode()
    source = _source("pkg:npm/%40s/a@1", "a-1.tgz")
    assert list(locator.urls(source)) == ["http://npm.test/@s/a/-/a-1.tgz", "http://npm.test/odd/a.tgz"]
    assert locator.current(source) == ("2",)


def test_source_package_is_listed_by_its_upstream_tarball(locator: Locator, mirror: FakeMirror):
    listing = '<a href="a_2.orig.tar.xz">x</a><a href="a_2-1.dsc">x</a><a href="a_2_all.deb">x</a>'
    mirror.files["http://debian.test/pool/main/a/"] = listing.encode()
    assert locator.current(_source("pkg:deb/debian/a@1", "pool/main/a/a_1.orig.tar.xz")) == ("2",)


def test_apt_is_asked_where_folders_cannot_be_listed(locator: Locator, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Apt, "update", lambda _apt, _mirrors: None)
    monkeypatch.setattr(Apt, "versions", lambda apt, name, is_source: (f"{name} of {apt.suite} {is_source}",))
    pin = _source("pkg:deb/debian/a@1?distro=trixie", "pool/main/a/a_1_all.deb")
    assert locator.current(pin) == ("a of trixie False",)


def test_silent_mirrors_tell_no_versions(locator: Locator, mirror: FakeMirror):
    mirror.is_down = True
    assert locator.current(_source("pkg:deb/debian/a@1", "pool/a_1_all.deb")) == ()


def test_unknown_kind_of_registry_is_told(locator: Locator):
    with pytest.raises(InvalidLock, match="`cargo`"):
        list(locator.urls(_source("pkg:cargo/a@1", "a-1.crate")))
