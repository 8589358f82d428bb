from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from toolchain_writer import write_toolchain
from wheel_writer import write_wheel

from wasmwright.config import Config
from wasmwright.environment.compare import changes
from wasmwright.environment.resolve import EnvironmentResolver, Ours, who_wants_what
from wasmwright.environment.wanted import checked
from wasmwright.errors import Unresolvable
from wasmwright.lock.target import read_target
from wasmwright.process import Completed
from wasmwright.sources.client import Client
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.pypi import IndexFile
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.environment.pylock import EnvironmentLock

PROFILE = "pyemscripten_2026_5"
PURE = "py3-none-any"


class FakePip:
    """Chooses, from one call to the next, the wheels that it was given; or logs a refusal."""

    def __init__(self, *answers: list[dict[str, Any]], log: str = "", err: str = "") -> None:
        self.answers, self.log, self.err = list(answers), log, err
        self.constraints: list[str] = []

    def __call__(
        self, command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, check: bool = True
    ) -> Completed:
        words = tuple(map(str, command))
        assert env is not None
        assert not check
        if "config" in words:
            return Completed(command=words, returncode=0, stdout="", stderr="")
        self.constraints.append((cwd / "constraints.txt").read_text())
        if not self.answers:
            (cwd / "pip.log").write_text(self.log)
            return Completed(command=words, returncode=1, stdout="", stderr=self.err)
        return Completed(command=words, returncode=0, stdout=json.dumps({"install": self.answers.pop(0)}), stderr="")


def choice(file: str, *requires: str) -> dict[str, Any]:
    return {"download_info": {"url": f"http://index.test/{file}"}, "metadata": {"requires_dist": [*requires]}}


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> Registries:
    def page(_: Registries, project: str) -> tuple[IndexFile, ...]:
        names = (f"{project}-1.0-{PURE}.whl", f"{project}-2.0-cp315-cp315-manylinux_2_28_x86_64.whl")
        return tuple(IndexFile(name=name, url="http://x", sha256="c" * 64, size=7) for name in names)

    monkeypatch.setattr(Registries, "page", page)
    mirrors = Mirrors(config=Config(pypi="http://pypi.test"), environ={"PATH": "/bin"})
    return Registries(client=Client.create(), mirrors=mirrors, cache=Path("/none"))


def resolver(folder: Path, registries: Registries, pip: FakePip, built: list[list[str]]) -> EnvironmentResolver:
    write_toolchain(folder)
    registries.mirrors = replace(registries.mirrors, run=pip)

    def build(names: Sequence[str]) -> dict[str, Path]:
        built.append([*names])
        return {name: write_wheel(folder, {f"{name}.py": b""}, name=name, tag=PURE) for name in names}

    profile = read_target(folder, PROFILE).profile
    return EnvironmentResolver(profile=profile, registries=registries, build=build, say=lambda _: None)


OURS = {name: Ours(name=name, version="1.0") for name in ("numpy", "openblas", "scipy")}


def test_what_turns_out_to_be_needed_of_ours_is_built(tmp_path: Path, registries: Registries):
    numpy, openblas = choice(f"numpy-1.0-{PURE}.whl", "openblas==1.0"), choice(f"openblas-1.0-{PURE}.whl")
    pip = FakePip([numpy, openblas], [numpy, openblas])
    built: list[list[str]] = []
    lock = resolver(tmp_path, registries, pip, built).resolve([checked("numpy", "x")], OURS, ["numpy"])
    assert built == [["numpy"], ["openblas"]]
    assert lock.packages == ("numpy", "openblas")
    assert [wheel.depends for wheel in lock.wheels] == [("openblas",), ()]
    # Ours are the only ones allowed, as they are built; what is not yet, by something that stands for it.
    first, second = pip.constraints
    assert f"numpy @ {tmp_path.as_uri()}/numpy-1.0-{PURE}.whl" in first
    assert f"openblas @ {tmp_path.as_uri()}" not in first
    assert f"openblas @ {tmp_path.as_uri()}/openblas-1.0-{PURE}.whl" in second
    assert "scipy @ file:///" in second


def test_what_is_not_ours_is_pinned(tmp_path: Path, registries: Registries):
    rich = choice(f"rich-1.0-{PURE}.whl", "ipywidgets; extra == 'jupyter'", "win; sys_platform == 'win32'")
    pip = FakePip([rich, choice(f"ipywidgets-1.0-{PURE}.whl")])
    lock = resolver(tmp_path, registries, pip, []).resolve([checked("rich[jupyter]", "x")], OURS, [])
    ipywidgets, first = lock.wheels
    assert (first.name, first.extras, first.depends, first.sha256) == ("rich", ("jupyter",), ("ipywidgets",), "c" * 64)
    assert first.source is not None
    assert first.source.purl == f"pkg:pypi/rich@1.0?file_name=rich-1.0-{PURE}.whl"
    assert ipywidgets.extras == ()


CONFLICT = """\
2026-01-01T00:00:00,000 The conflict is caused by:
2026-01-01T00:00:00,000     The user requested numpy<1
2026-01-01T00:00:00,000     The user requested (constraint) numpy (from file:///a/b/numpy-1.0-cp315-cp315-x.whl)
2026-01-01T00:00:00,000     plots 3.0 depends on numpy>=3
2026-01-01T00:00:00,000     plots 2.0 depends on numpy>=2
2026-01-01T00:00:00,000     plots 3.0 depends on gone
2026-01-01T00:00:00,000\x20
2026-01-01T00:00:00,000 Additionally, some packages in these conflicts have no matching distributions available for you:
2026-01-01T00:00:00,000     gone
2026-01-01T00:00:00,000     numpy
2026-01-01T00:00:00,000\x20
"""


def test_a_conflict_says_who_wants_what(tmp_path: Path, registries: Registries):
    pip = FakePip(log=CONFLICT, err="ERROR: ResolutionImpossible")
    with pytest.raises(Unresolvable, match="nothing that fits all of these") as caught:
        resolver(tmp_path, registries, pip, []).resolve([checked("numpy<1", "x")], OURS, [])
    assert caught.value.excerpt == (
        "gone has no pure wheel, none for pyemscripten_2026_5_wasm32, and no recipe in pkgs/; "
        "the index has wheels for other platforms, and no sources\n"
        "you ask for numpy<1\n"
        "pkgs/numpy has 1.0\n"
        "plots 3.0 wants numpy>=3\n"
        "plots 3.0 wants gone"
    )


def test_a_long_conflict_is_cut():
    lines = [f"p{number} 1 depends on x<{number}" for number in range(100)]
    assert who_wants_what(lines)[-1] == "and 88 more"


def locked(folder: Path, registries: Registries, *chosen: dict[str, Any]) -> EnvironmentLock:
    folder.mkdir()
    return resolver(folder, registries, FakePip([*chosen]), []).resolve([checked("a", "x")], OURS, [])


def test_changes_are_told_by_what_they_mean(tmp_path: Path, registries: Registries):
    old = locked(tmp_path / "old", registries, choice(f"a-1.0-{PURE}.whl"), choice(f"b-1.0-{PURE}.whl"))
    new = locked(
        tmp_path / "new", registries, choice("a-2.0-cp315-cp315-manylinux_2_28_x86_64.whl"), choice(f"c-1.0-{PURE}.whl")
    )
    assert [(change.name, change.old, change.new) for change in changes(old, new)] == [
        ("a", "1.0", "2.0"),
        ("b", "1.0", None),
        ("c", None, "1.0"),
    ]
    assert changes(old, old) == ()
