from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.config import Config
from wasmwright.errors import MirrorUnreachable, Unresolvable
from wasmwright.lock.profile import profile_path, read_profile
from wasmwright.lock.requirements import (
    Resolver,
    chosen_files,
    host_interpreter,
    target_interpreter,
    write_placeholders,
)
from wasmwright.process import Completed
from wasmwright.sources.client import Client
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wasmwright.sources.entry import Source


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


def _resolve(pip: FakePip, **own: str) -> tuple[Source, ...]:
    environ = {"PIP_FIND_LINKS": "/srv/wheels", "PATH": "/bin"}
    mirrors = Mirrors(config=Config(pypi="http://pypi.test"), environ=environ, run=pip)
    resolver = Resolver(client=Client.create(), mirrors=mirrors, run=pip)
    interpreter = target_interpreter(read_profile(profile_path()))
    return resolver.resolve(["numpy"], interpreter, own=own, wanted_by="the test requirements of x")


def _report(*urls: str) -> str:
    return json.dumps({"install": [{"download_info": {"url": url}} for url in urls]})


def test_package_that_is_built_here_is_not_pinned():
    pip = FakePip(out=_report("file:///tmp/numpy-2.5.5-py3-none-any.whl"))
    assert _resolve(pip, numpy="2.5.5") == ()


def test_local_wheels_of_the_machine_are_not_used():
    pip = FakePip(out=_report())
    _resolve(pip)
    assert pip.seen is not None
    command, env = pip.seen
    assert "PIP_FIND_LINKS" not in env
    assert env["PIP_CONFIG_FILE"] == "/dev/null"
    assert command[command.index("--index-url") + 1] == "http://pypi.test"


def test_no_solution_tells_what_pip_says():
    with pytest.raises(Unresolvable, match="the test requirements of x") as caught:
        _resolve(FakePip(code=1, err="WARNING: x\nERROR: No matching distribution found for numpy\n"))
    assert caught.value.excerpt == "ERROR: No matching distribution found for numpy"


def test_silent_index_is_unreachable():
    with pytest.raises(MirrorUnreachable):
        _resolve(FakePip(code=1, err="WARNING: Retrying: NewConnectionError(...)\nERROR: No matching distribution\n"))


def test_markers_are_those_of_the_target():
    profile = read_profile(profile_path())
    assert target_interpreter(profile).markers["sys_platform"] == "emscripten"
    assert host_interpreter(profile).markers["platform_machine"] == "x86_64"
    assert host_interpreter(profile).markers["python_version"] == profile.python
    assert "abi3" in host_interpreter(profile).pip_options()
    assert target_interpreter(profile).platforms == ("any",)


def test_file_names_are_unquoted():
    assert chosen_files(json.loads(_report("http://a.test/b/x-1%2Bc-py3-none-any.whl#sha256=0"))) == [
        ("x", "x-1+c-py3-none-any.whl")
    ]


def test_placeholder_is_a_wheel(tmp_path: Path):
    write_placeholders(tmp_path, {"my-package": "1.0"})
    with zipfile.ZipFile(tmp_path / "my_package-1.0-py3-none-any.whl") as wheel:
        assert "Name: my-package\n" in wheel.read("my_package-1.0.dist-info/METADATA").decode()
        assert wheel.read("my_package-1.0.dist-info/RECORD").decode().count("\n") == 3
