from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import MirrorUnreachable, NoMirror, Unresolvable
from wasmwright.process import Completed
from wasmwright.sources import apt
from wasmwright.sources.apt import Apt, parse_stanzas, spellings, upstream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

TOOL = """\
Package: tool
Version: 1:2.0-1
Architecture: amd64
Depends: libtool1,
 libc6
Filename: pool/main/t/tool/tool_2.0-1_amd64.deb
Size: 10
SHA256: {}
""".format("a" * 64)
SOURCE = """\
Package: tool
Version: 1:2.0-1
Directory: pool/main/t/tool
Checksums-Sha256:
 {0} 10 tool_2.0-1.dsc
 {1} 20 tool_2.0.orig.tar.xz
 {2} 30 tool_2.0.orig.tar.xz.asc
 {2} 30 tool_2.0-1.debian.tar.xz
""".format("a" * 64, "b" * 64, "c" * 64)


class FakeApt:
    def __init__(self, **answers: tuple[int, str, str]) -> None:
        self.answers = answers
        self.commands: list[tuple[str, ...]] = []

    def __call__(
        self, command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True
    ) -> Completed:
        words = tuple(map(str, command))
        self.commands.append(words)
        assert env is not None
        assert cwd
        assert not check
        code, out, err = self.answers.get(words[1], (0, "", ""))
        return Completed(command=words, returncode=code, stdout=out, stderr=err)


@pytest.fixture(autouse=True)
def _apt_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apt.shutil, "which", lambda name, path=None: f"/bin/{name}{path or ''}")


def _apt(folder: Path, **answers: tuple[int, str, str]) -> Apt:
    return Apt(directory=folder / "trixie", suite="trixie", environ={}, run=FakeApt(**answers))


def test_closure_is_what_apt_would_download(tmp_path: Path):
    printed = "Reading...\n'http://d.test/x.deb' tool_1%3a2.0-1_amd64.deb 10 MD5Sum:abc\n"
    found = _apt(tmp_path, install=(0, printed, ""), show=(0, TOOL, "")).closure(["tool"])
    assert [(deb.name, deb.version, deb.size) for deb in found] == [("tool", "1:2.0-1", 10)]


def test_version_with_epoch_is_asked_for(tmp_path: Path):
    printed = "'http://d.test/x.deb' tool_1%3a2.0-1_amd64.deb 10 MD5Sum:abc\n"
    runner = FakeApt(install=(0, printed, ""), show=(0, TOOL, ""))
    Apt(directory=tmp_path, suite="trixie", environ={}, run=runner).closure(["tool"])
    assert runner.commands[-1] == ("apt-cache", "show", "--no-all-versions", "tool=1:2.0-1")


def test_uninstallable_package_tells_what_apt_says(tmp_path: Path):
    with pytest.raises(Unresolvable) as caught:
        _apt(tmp_path, install=(100, "", "E: Unable to locate package tol\n")).closure(["tol"])
    assert caught.value.excerpt == "E: Unable to locate package tol"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "tool has no {key}"),
        ("{key}: x\n y", "tool has no {key}|tool has (the size|no sha256)"),
    ],
)
@pytest.mark.parametrize("key", ["Version", "Architecture", "Filename", "Size", "SHA256"])
def test_list_without_a_field_is_told(tmp_path: Path, key: str, line: str, told: str):
    lines = [line.format(key=key) if each.startswith(key) else each for each in TOOL.splitlines()]
    with pytest.raises(MirrorUnreachable, match=f"the lists of trixie cannot be used: {told.format(key=key)}"):
        _apt(tmp_path, show=(0, "\n".join(lines), "")).show(["tool"])


@pytest.mark.parametrize("size", ["x", "-1", "1e3", "\u00b2", "9" * 30, "9" * 5000])
def test_odd_size_is_told(tmp_path: Path, size: str):
    with pytest.raises(MirrorUnreachable, match="tool has the size"):
        _apt(tmp_path, show=(0, TOOL.replace("Size: 10", f"Size: {size}"), "")).show(["tool"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Directory: pool/main/t/tool\n", "", "tool has no Directory"),
        (" 20 tool_2.0.orig.tar.xz\n", " x tool_2.0.orig.tar.xz\n", "tool has the size 'x'"),
        (" 20 tool_2.0.orig.tar.xz\n", " tool_2.0.orig.tar.xz\n", "a checksum that is not written as"),
        ("b" * 64, "b" * 63, "no sha256 of 64"),
    ],
)
def test_odd_source_package_is_told(tmp_path: Path, old: str, new: str, told: str):
    assert old in SOURCE
    with pytest.raises(MirrorUnreachable, match=told):
        _apt(tmp_path, showsrc=(0, SOURCE.replace(old, new), "")).source("tool")


def test_source_package_without_a_version_is_none(tmp_path: Path):
    with pytest.raises(Unresolvable, match="it has nothing"):
        _apt(tmp_path, showsrc=(0, SOURCE.replace("Version", "Vision"), "")).source("tool")


def test_a_long_folded_field_takes_no_longer_than_its_length():
    (stanza,) = parse_stanzas("Package: a\n" + " x\n" * 1_000_000)
    assert len(stanza["Package"]) == len("a") + 2 * 1_000_000


def test_unknown_package_is_named(tmp_path: Path):
    with pytest.raises(Unresolvable, match="trixie has no package tol"):
        _apt(tmp_path, show=(100, TOOL, "")).show(["tool", "tol"])


def test_pin_names_architecture_and_suite(tmp_path: Path):
    suite = _apt(tmp_path, show=(0, TOOL, ""))
    source = suite.pin(suite.show(["tool"])[0])
    assert source.purl == "pkg:deb/debian/tool@1:2.0-1?arch=amd64&distro=trixie"
    assert source.name == "tool_2.0-1_amd64.deb"


def test_source_is_the_upstream_tarball(tmp_path: Path):
    source = _apt(tmp_path, showsrc=(0, SOURCE, "")).source("tool", "2.0")
    assert (source.file, source.size, source.sha256) == ("pool/main/t/tool/tool_2.0.orig.tar.xz", 20, "b" * 64)
    assert source.purl == "pkg:deb/debian/tool@1:2.0-1?arch=source&distro=trixie"


def test_other_source_version_is_named(tmp_path: Path):
    with pytest.raises(Unresolvable, match=r"no source package tool 3\.0 \(it has 1:2\.0-1\)"):
        _apt(tmp_path, showsrc=(0, SOURCE, "")).source("tool", "3.0")


def test_versions_of_a_suite(tmp_path: Path):
    newer = TOOL.replace("1:2.0-1", "1:3.0-1")
    suite = _apt(tmp_path, show=(0, f"{TOOL}\n{newer}", ""), showsrc=(100, "", ""))
    assert suite.versions("tool", is_source=False) == ("1:2.0-1", "1:3.0-1")
    assert suite.versions("tool", is_source=True) == ()


@pytest.mark.parametrize(
    ("version", "newest"), [("1:2.0-1", "2.0"), ("1:1.3.dfsg+really1.3.1-1", "1.3.1"), ("0.3.29+ds-3", "0.3.29")]
)
def test_the_newest_version_is_as_upstream_calls_it(tmp_path: Path, version: str, newest: str):
    assert _apt(tmp_path, showsrc=(0, SOURCE.replace("1:2.0-1", version), "")).newest("tool") == newest
    assert _apt(tmp_path, showsrc=(100, "", "")).newest("tool") is None


@pytest.mark.parametrize("reason", ["EXPKEYSIG 0123", "Release file for x is not valid yet (invalid for 3 h)"])
def test_a_clock_that_may_be_wrong_is_told(tmp_path: Path, reason: str):
    failing = _apt(tmp_path, update=(100, "", f"E: GPG error: {reason}\n"))
    with pytest.raises(MirrorUnreachable) as caught:
        failing.update(["https://example.org/debian"])
    assert "set its clock if that is wrong" in str(caught.value.hint)


def test_unreachable_mirrors_are_told_without_credentials(tmp_path: Path):
    failing = _apt(tmp_path, update=(100, "", "E: Failed to fetch\n"))
    with pytest.raises(MirrorUnreachable) as caught:
        failing.update(["http://user:secret@a.test/debian", "http://b.test/debian"])
    told = str(caught.value.excerpt)
    assert "http://a.test/debian trixie: E: Failed to fetch" in told
    assert "http://b.test/debian" in told
    assert "secret" not in told


def test_state_looks_at_one_suite_only(tmp_path: Path):
    _apt(tmp_path).update(["http://a.test/debian"])
    lines = (tmp_path / "trixie/etc/sources.list").read_text().splitlines()
    assert [line.split()[-3:] for line in lines] == [["http://a.test/debian", "trixie", "main"]] * 2
    settings = (tmp_path / "trixie/apt.conf").read_text()
    assert f'Dir::State::status "{tmp_path}/trixie/state/status";' in settings


def test_connection_settings_of_the_machine_are_kept(tmp_path: Path):
    dump = 'Acquire::http::Proxy "http://p.test";\nAcquire::Languages:: "de";\nAPT::Update::Post-Invoke:: "rm";\n'
    _apt(tmp_path, dump=(0, dump, "")).update(["http://a.test/debian"])
    settings = (tmp_path / "trixie/apt.conf").read_text()
    assert 'Acquire::http::Proxy "http://p.test";' in settings
    assert "Post-Invoke" not in settings
    assert '"de"' not in settings


def test_machine_without_apt_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apt.shutil, "which", lambda name, path=None: None if name else path)
    with pytest.raises(NoMirror, match="no apt"):
        _apt(tmp_path).update(["http://a.test/debian"])


def test_folded_lines_belong_to_their_field():
    (stanza,) = parse_stanzas(TOOL)
    assert stanza["Depends"] == "libtool1,\nlibc6"


@pytest.mark.parametrize(
    ("version", "expected"), [("1:1.3.dfsg-4", "1.3.dfsg"), ("2.0-1", "2.0"), ("2.0", "2.0"), ("1.0-2-3", "1.0-2")]
)
def test_upstream_version(version: str, expected: str):
    assert upstream(version) == expected


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ("1:1.3.dfsg+really1.3.1-1", "1.3.1"),
        ("2.12.7+dfsg+really2.9.14-2.1+deb13u3", "2.9.14"),
        ("0.3.29+ds-3", "0.3.29"),
        ("2.13.3+dfsg1-1+deb13u1", "2.13.3"),
        ("1.14.5+repack-3", "1.14.5"),
        ("20240504-1", "20240504"),
    ],
)
def test_upstream_version_is_found_in_the_debian_one(version: str, name: str):
    assert name in spellings(version)
