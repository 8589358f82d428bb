from __future__ import annotations

from dataclasses import replace

import pytest
from packageurl import PackageURL

from wasmwright.errors import InvalidLock
from wasmwright.sources.entry import make_source, read_source, relative_fault, store_name

GOOD = {
    "purl": "pkg:npm/acorn@8.19.0",
    "file": "acorn-8.19.0.tgz",
    "name": "acorn-8.19.0.tgz",
    "size": 3,
    "sha256": "0" * 64,
}


def test_store_name_is_the_base_name_without_odd_letters():
    assert store_name("pool/main/z/zlib1g_1%3a1.3~rc+b_amd64.deb") == "zlib1g_1_3a1.3_rc+b_amd64.deb"
    assert store_name(".hidden") == "hidden"


def test_entry_survives_writing_and_reading():
    package = PackageURL(type="deb", namespace="debian", name="a", version="1:2+b", qualifiers={"arch": "amd64"})
    source = make_source(package, file="pool/a_2+b_amd64.deb", size=1, sha256="1" * 64)
    assert read_source(source.to_json(), where="lock") == source
    assert source.package == package
    assert set(source.to_json()) == {"purl", "file", "name", "size", "sha256"}
    further = replace(source, tree=True)
    assert read_source(further.to_json(), where="lock") == further


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("third_party/x", None),
        ("a.b/c+d_e-f", None),
        ("/a", "is an absolute path"),
        ("..", "leaves its folder"),
        ("a/../b", "leaves its folder"),
        ("./a", "has `.` or an empty part"),
        ("a//b", "has `.` or an empty part"),
        ("a/", "has `.` or an empty part"),
        ("", "has `.` or an empty part"),
        ("a\\..\\b", "has other characters than letters, digits and + . _ -"),
        ("a\nb", "has other characters than letters, digits and + . _ -"),
    ],
)
def test_plain_relative_paths(path: str, fault: str | None):
    assert relative_fault(path) == fault


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"purl": "acorn"}, "`acorn` is no package URL"),
        ({"purl": None}, "no `purl`"),
        ({"size": -1}, "no size"),
        ({"size": True}, "no size"),
        ({"sha256": "0" * 63}, "64 hexadecimal"),
        ({"name": "other.tgz"}, "is named other.tgz instead of acorn-8.19.0.tgz"),
    ],
)
def test_mistake_is_told_with_the_lock(change: dict[str, object], told: str):
    with pytest.raises(InvalidLock, match=r"^numpy/lock\.json: ") as caught:
        read_source({**GOOD, **change}, where="numpy/lock.json")
    assert told in str(caught.value)


def test_entry_has_to_be_a_table():
    with pytest.raises(InvalidLock):
        read_source([], where="lock")
