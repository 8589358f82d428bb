from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import NixFailed, NotReproducible
from wasmwright.log import Stages
from wasmwright.nix import Built
from wasmwright.reproduce import differences, reproduce

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.nixwatch import Watcher


@dataclass(kw_only=True)
class FakeNix:
    out: Path
    differs: bool = False
    asked: list[tuple[str, bool]] = field(default_factory=list)

    def build(
        self, installables: Sequence[str], *, progress: Watcher | None = None, rebuild: bool = False
    ) -> list[Built]:
        assert progress is None
        self.asked += [(installable, rebuild) for installable in installables]
        if rebuild and self.differs:
            message = "they differ"
            raise NotReproducible(message)
        return [Built(drv_path="x.drv", outputs={"out": str(self.out)}) for _ in installables]


def both(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "out", tmp_path / "out.check"
    for folder in (one, other):
        (folder / "sub").mkdir(parents=True)
        (folder / "sub/same").write_text("same")
    return one, other


def wheel(path: Path, stamp: tuple[int, int, int, int, int, int], **members: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, stamp), content)


def test_same_trees_have_no_differences(tmp_path: Path):
    assert list(differences(*both(tmp_path))) == []


def test_every_kind_of_difference_is_named(tmp_path: Path):
    one, other = both(tmp_path)
    (one / "content").write_text("1")
    (other / "content").write_text("2")
    (one / "mode").touch(mode=0o755)
    (other / "mode").touch(mode=0o644)
    (one / "link").symlink_to("a")
    (other / "link").symlink_to("b")
    (one / "only1").touch()
    (other / "only2").touch()
    assert list(differences(one, other)) == [
        "content",
        "link",
        "mode",
        "only1: only in the first build",
        "only2: only in the second build",
    ]


def test_members_of_wheels_are_named(tmp_path: Path):
    one, other = both(tmp_path)
    stamp = (2020, 1, 1, 0, 0, 0)
    wheel(one / "a.whl", stamp, same="s", changed="1", gone="g")
    wheel(other / "a.whl", stamp, same="s", changed="2")
    assert list(differences(one, other)) == ["a.whl: changed", "a.whl: gone"]


def test_wheels_that_differ_in_their_stamps_only_are_named(tmp_path: Path):
    one, other = both(tmp_path)
    wheel(one / "a.whl", (2020, 1, 1, 0, 0, 0), same="s")
    wheel(other / "a.whl", (2021, 1, 1, 0, 0, 0), same="s")
    assert list(differences(one, other)) == ["a.whl: the archive itself"]


def test_everything_is_built_twice(tmp_path: Path):
    nix = FakeNix(out=tmp_path)
    outs = reproduce([".#a.built", ".#a"], nix=nix, stages=Stages(), view=lambda: None)
    assert outs == [tmp_path, tmp_path]
    assert nix.asked == [(".#a.built", False), (".#a", False), (".#a.built", True), (".#a", True)]


def test_difference_is_an_error_that_names_it(tmp_path: Path):
    one, other = both(tmp_path)
    (one / "stamp").write_text("1")
    (other / "stamp").write_text("2")
    with pytest.raises(NotReproducible) as caught:
        reproduce([".#a"], nix=FakeNix(out=one, differs=True), stages=Stages(), view=lambda: None)
    assert caught.value.excerpt == "stamp"
    assert str(other) in (caught.value.hint or "")


def test_many_differences_are_cut(tmp_path: Path):
    one, _ = both(tmp_path)
    for number in range(30):
        (one / f"{number:02}").touch()
    with pytest.raises(NotReproducible) as caught:
        reproduce([".#a"], nix=FakeNix(out=one, differs=True), stages=Stages(), view=lambda: None)
    assert (caught.value.excerpt or "").splitlines()[-1] == "and 10 more"


def test_fewer_results_than_were_asked_for_are_told(tmp_path: Path):
    class OddNix(FakeNix):
        def build(
            self, installables: Sequence[str], *, progress: Watcher | None = None, rebuild: bool = False
        ) -> list[Built]:
            return super().build(installables, progress=progress, rebuild=rebuild)[1:]

    with pytest.raises(NixFailed, match="gave 1 results where 2 were asked for"):
        reproduce([".#a", ".#b"], nix=OddNix(out=tmp_path), stages=Stages(), view=lambda: None)
