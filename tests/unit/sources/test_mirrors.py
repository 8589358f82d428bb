from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.config import Config
from wasmwright.errors import DiskFull, NoMirror
from wasmwright.process import Completed
from wasmwright.sources import mirrors
from wasmwright.sources.mirrors import Mirrors, parse_pip_config

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wasmwright.failure import WasmwrightError


class FakeRunner:
    """Answers by the name of the program."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers

    def __call__(
        self, command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True
    ) -> Completed:
        assert env is not None
        assert cwd
        assert not check
        words = tuple(map(str, command))
        key = "pip" if "pip" in words else words[0].replace("-", "_")
        return Completed(command=words, returncode=0, stdout=self.answers.get(key, ""), stderr="")


@pytest.fixture
def _programs_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirrors.shutil, "which", lambda name, path=None: f"/bin/{name}{path or ''}")


def _mirrors(tmp_path: Path, config: Config | None = None, **answers: str) -> Mirrors:
    environ = {"HOME": str(tmp_path)}
    return Mirrors(config=config or Config(), environ=environ, run=FakeRunner(**answers))


def test_user_choice_goes_first(tmp_path: Path):
    chosen = Config(pypi="http://a.test", debian=("http://b.test",), npm="http://c.test")
    found = _mirrors(tmp_path, chosen, pip="global.index-url='http://other.test'")
    assert (found.pypi, found.debian, found.npm) == (("http://a.test",), ("http://b.test",), "http://c.test")


def test_pip_variable_goes_before_its_file(tmp_path: Path):
    listing = "global.index-url='http://file.test/simple/'\n:env:.index-url='http://variable.test/simple/'\n"
    assert _mirrors(tmp_path, pip=listing).pypi == ("http://variable.test/simple",)


def test_extra_indexes_follow_and_local_folders_are_left_out(tmp_path: Path):
    listing = "global.index-url='http://a.test/'\nglobal.extra-index-url='file:///srv/simple http://b.test/'\n"
    assert _mirrors(tmp_path, pip=listing).pypi == ("http://a.test", "http://b.test")


def test_pip_without_an_index_on_the_web_is_told(tmp_path: Path):
    found = _mirrors(tmp_path, pip="global.index-url='/srv/simple'\n")
    for ask in ("pypi", "pip_options"):
        with pytest.raises(NoMirror, match="names no index on the web: its index is '/srv/simple'") as caught:
            getattr(found, ask)
        assert "WASMWRIGHT_PYPI_INDEX" in str(caught.value.hint)


@pytest.mark.parametrize("key", ["index-url", "extra-index-url"])
def test_broken_address_of_pip_is_told(tmp_path: Path, key: str):
    with pytest.raises(NoMirror, match=r"pip on this machine has a registry with an address that is none: '\['"):
        _ = _mirrors(tmp_path, pip=f"global.{key}='http://user:secret@['\n").pypi


def test_broken_address_of_npm_is_told(tmp_path: Path):
    (tmp_path / ".npmrc").write_text("registry=http://[\n")
    with pytest.raises(NoMirror, match="npm on this machine has a registry with an address that is none"):
        _ = _mirrors(tmp_path).npm
    (tmp_path / ".npmrc").write_text("registry=/srv/npm\n")
    with pytest.raises(NoMirror, match="not on the web: '/srv/npm'"):
        _ = _mirrors(tmp_path).npm


def test_pip_default_is_used_without_settings(tmp_path: Path):
    assert _mirrors(tmp_path).pypi == (mirrors.PyPI.simple_url,)


def test_connection_settings_of_pip_are_handed_on(tmp_path: Path):
    listing = "global.index-url='http://a.test'\nglobal.cert='/ca.pem'\nglobal.trusted-host='a.test b.test'\n"
    options = _mirrors(tmp_path, pip=listing).pip_options
    assert " ".join(options) == "--index-url http://a.test --cert /ca.pem --trusted-host a.test --trusted-host b.test"


@pytest.mark.usefixtures("_programs_there")
@pytest.mark.parametrize(
    ("said", "kind", "told"),
    [
        ("E: Write error - write (28: No space left on device)", DiskFull, "no space left where apt writes"),
        ("E: The list of sources could not be read.", NoMirror, "it ended with exit code 100"),
    ],
)
def test_an_apt_that_fails_is_told(tmp_path: Path, said: str, kind: type[WasmwrightError], told: str):
    def fails(command: Sequence[str | Path], **_: object) -> Completed:
        return Completed(command=tuple(map(str, command)), returncode=100, stdout="", stderr=said)

    with pytest.raises(kind, match=told) as caught:
        _ = Mirrors(config=Config(), environ={"HOME": str(tmp_path)}, run=fails).debian
    assert caught.value.excerpt == said


@pytest.mark.usefixtures("_programs_there")
def test_debian_archives_are_the_ones_of_apt(tmp_path: Path):
    listing = "http://d.test/debian/\nhttp://d.test/debian-security/\nhttp://other.test/apt\nhttp://d.test/debian\n"
    assert _mirrors(tmp_path, apt_get=listing).debian == ("http://d.test/debian",)


@pytest.mark.usefixtures("_programs_there")
def test_no_debian_archive_says_what_to_set(tmp_path: Path):
    with pytest.raises(NoMirror) as caught:
        _ = _mirrors(tmp_path).debian
    assert "WASMWRIGHT_DEBIAN_MIRRORS" in str(caught.value.hint)


def test_npmrc_names_the_registry(tmp_path: Path):
    (tmp_path / ".npmrc").write_text("fund=false\nregistry = http://npm.test/\n")
    assert _mirrors(tmp_path).npm == "http://npm.test"


@pytest.mark.usefixtures("_programs_there")
def test_npm_itself_is_asked(tmp_path: Path):
    assert _mirrors(tmp_path, npm="http://npm.test/\n").npm == "http://npm.test"


def test_npm_of_a_wheel_is_the_last_resort(tmp_path: Path):
    environ = {"HOME": str(tmp_path), "PATH": str(tmp_path)}
    found = Mirrors(environ=environ, run=FakeRunner(), npm_default=lambda: "http://wheel.test/")
    assert found.npm == "http://wheel.test"
    with pytest.raises(NoMirror):
        _ = Mirrors(environ=environ, run=FakeRunner()).npm


def test_odd_lines_of_pip_are_skipped():
    assert parse_pip_config("WARNING\nglobal.a='b=c'\nglobal.x=[\n") == {"global.a": "b=c"}
