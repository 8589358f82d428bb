from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from toolchain_writer import write_toolchain

from wasmwright.config import Config
from wasmwright.errors import InvalidLock, MirrorUnreachable, Unresolvable
from wasmwright.lock.pins import read_toolchain_lock
from wasmwright.lock.pip import choices
from wasmwright.lock.profile import profile_lock_path
from wasmwright.lock.requirements import (
    RequirementResolver,
    build_interpreter,
    target_interpreter,
    write_placeholders,
)
from wasmwright.lock.target import pinned_python, read_target
from wasmwright.process import Completed
from wasmwright.sources.client import WEB_PAGE, Client, NoAnswer
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.pypi import IndexFile
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.lock.profile import Profile
    from wasmwright.lock.target import Target
    from wasmwright.sources.entry import Source

PROFILE = "pyemscripten_2026_5"


class FakePip:
    """Answers `pip config list` with nothing, and anything else with what it was given."""

    def __init__(self, *, code: int = 0, out: str = "", err: str = "") -> None:
        self.answer = (code, out, err)
        self.seen: tuple[tuple[str, ...], Mapping[str, str]] | None = None

    def __call__(
        self, command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True
    ) -> Completed:
        words = tuple(map(str, command))
        assert cwd
        assert not check
        if "config" in words:
            return Completed(command=words, returncode=0, stdout="", stderr="")
        self.seen = (words, env)
        code, out, err = self.answer
        return Completed(command=words, returncode=code, stdout=out, stderr=err)


def _resolve(pip: FakePip, profile: Profile, told: list[str] | None = None, **own: str) -> tuple[Source, ...]:
    environ = {"PIP_FIND_LINKS": "/srv/wheels", "PATH": "/bin"}
    mirrors = Mirrors(config=Config(pypi="http://pypi.test"), environ=environ, run=pip)
    registries = Registries(client=Client.create(), mirrors=mirrors, cache=Path("/none"))
    resolver = RequirementResolver(registries=registries, run=pip, note=(told if told is not None else []).append)
    interpreter = target_interpreter(profile)
    return resolver.resolve(["numpy"], interpreter, own=own, wanted_by="the test requirements of x")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    write_toolchain(tmp_path)
    return read_target(tmp_path, PROFILE)


@pytest.fixture
def profile(target: Target) -> Profile:
    return target.profile


def _report(*urls: str) -> str:
    return json.dumps({"install": [{"download_info": {"url": url}} for url in urls]})


def test_package_that_is_built_here_is_not_pinned(profile: Profile):
    pip = FakePip(out=_report("file:///tmp/numpy-2.5.5-py3-none-any.whl"))
    assert _resolve(pip, profile, numpy="2.5.5") == ()


def test_release_without_a_wheel_that_fits_is_told(profile: Profile, monkeypatch: pytest.MonkeyPatch):
    tags = {"1.0": "py3-none-any", "1.1": "cp315-cp315-manylinux_2_17_x86_64", "2.0rc1": "py3-none-any"}
    names = [f"x-{version}-{tag}.whl" for version, tag in tags.items()]
    files = tuple(IndexFile(name=name, url=f"http://pypi.test/{name}", sha256="0" * 64, size=1) for name in names)
    monkeypatch.setattr(Registries, "page", lambda *_: files)
    told: list[str] = []
    pip = FakePip(out=_report("http://pypi.test/x-1.0-py3-none-any.whl"))
    _resolve(pip, profile, told)
    assert told == ["x 1.0 is taken; 1.1 is newer, and has no pure wheel"]
    pip = FakePip(out=_report("http://pypi.test/x-1.1-cp315-cp315-manylinux_2_17_x86_64.whl"))
    _resolve(pip, profile, told)
    assert len(told) == 1


def test_local_wheels_of_the_machine_are_not_used(profile: Profile):
    pip = FakePip(out=_report())
    _resolve(pip, profile)
    assert pip.seen is not None
    command, env = pip.seen
    assert "PIP_FIND_LINKS" not in env
    assert env["PIP_CONFIG_FILE"] == "/dev/null"
    assert command[command.index("--index-url") + 1] == "http://pypi.test"


def test_no_solution_tells_what_pip_says(profile: Profile, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Registries, "page", lambda *_: ())
    with pytest.raises(Unresolvable, match="the test requirements of x") as caught:
        _resolve(FakePip(code=1, err="WARNING: x\nERROR: No matching distribution found for numpy\n"), profile)
    assert caught.value.excerpt == "ERROR: No matching distribution found for numpy"


def test_login_page_is_no_lack_of_wheels(profile: Profile, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def portal(_: Registries, project: str) -> None:
        asked.append(project)
        raise NoAnswer("http://pypi.test", WEB_PAGE)  # noqa: EM101

    monkeypatch.setattr(Registries, "page", portal)
    said = "ERROR: Could not find a version\nERROR: No matching distribution found for meson-python>=0.18\n"
    with pytest.raises(MirrorUnreachable, match="has to log in"):
        _resolve(FakePip(code=1, err=said), profile)
    assert asked == ["meson-python"]


def test_crash_of_pip_is_told_as_one(profile: Profile):
    with pytest.raises(MirrorUnreachable, match="pip ended with an error of its own for the test requirements of x"):
        _resolve(
            FakePip(code=2, err="ERROR: Exception:\nTraceback (most recent call last):\n  x\nKeyError: 1\n"), profile
        )


@pytest.mark.parametrize(
    "said",
    [
        "HTTP error 404 Client Error: Not Found for url: http://pypi.test/a.whl for URL http://pypi.test/a.whl",
        "Could not install packages due to an OSError: Content-Length contained multiple unmatching values (7, 9)",
    ],
)
def test_what_the_index_lists_and_does_not_give_is_no_lack_of_wheels(profile: Profile, said: str):
    with pytest.raises(MirrorUnreachable, match="lists a file for the test requirements of x, and does not give it"):
        _resolve(FakePip(code=1, err=f"WARNING: x\nERROR: {said}\n"), profile)


def test_silent_index_is_unreachable(profile: Profile):
    with pytest.raises(MirrorUnreachable):
        _resolve(
            FakePip(code=1, err="WARNING: Retrying: NewConnectionError(...)\nERROR: No matching distribution\n"),
            profile,
        )


def test_markers_are_those_of_the_target(target: Target):
    ours, theirs = build_interpreter(target), target_interpreter(target.profile)
    assert ours.markers["platform_machine"] == "x86_64"
    assert ours.markers["python_version"] == theirs.markers["python_version"] == "3.15"
    assert "abi3" in ours.pip_options()
    assert theirs.markers["sys_platform"] == "emscripten"
    assert ours.platforms == ("manylinux_2_17_x86_64",)
    assert theirs.platforms == ("any",)


def test_full_version_is_the_pinned_one_or_that_of_the_runtime(target: Target):
    ours, theirs = build_interpreter(target), target_interpreter(replace(target.profile, python_full="3.15.0rc1"))
    assert (ours.markers["python_full_version"], ours.version) == ("3.15.9", "3.15.9")
    assert (theirs.markers["python_full_version"], theirs.version) == ("3.15.0rc1", "3.15.0")


def test_lock_without_the_python_of_the_profile_is_told(tmp_path: Path, profile: Profile):
    lock = read_toolchain_lock(profile_lock_path(tmp_path, "pyemscripten_2026_0"))
    with pytest.raises(InvalidLock, match=r"pins no python3\.15"):
        pinned_python(profile, lock)


def test_file_names_are_unquoted():
    (choice,) = choices(json.loads(_report("http://a.test/b/x-1%2Bc-py3-none-any.whl#sha256=0")))
    assert (choice.project, choice.file, choice.version) == ("x", "x-1+c-py3-none-any.whl", "1+c")


def test_placeholder_is_a_wheel(tmp_path: Path):
    write_placeholders(tmp_path, {"my-package": "1.0"})
    with zipfile.ZipFile(tmp_path / "my_package-1.0-py3-none-any.whl") as wheel:
        assert "Name: my-package\n" in wheel.read("my_package-1.0.dist-info/METADATA").decode()
        assert wheel.read("my_package-1.0.dist-info/RECORD").decode().count("\n") == 3
