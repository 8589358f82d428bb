from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wheel_writer import write_wheel

from wasmwright.wheeltools.errors import InvalidBuildLock, RequirementsMissing
from wasmwright.wheeltools.index import Index, PipRefused
from wasmwright.wheeltools.locked import BuildLock, lock_beside, read_lock
from wasmwright.wheeltools.pythons import FittingPython
from wasmwright.wheeltools.shelf import Distribution
from wasmwright.wheeltools.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

from packaging.tags import Tag

PYTHON = FittingPython(
    called="CPython 3.14",
    fitting=frozenset({Tag("py3", "none", "any")}),
    markers={"python_version": "3.14"},
    pip=(),
    example="--python-version 3.14",
)


@dataclass(frozen=True, kw_only=True)
class FakeIndex(Index):
    """An index that has the wheels of a folder, and notes what it is asked for."""

    asked: list[tuple[str, ...]] = field(default_factory=list)
    refusal: str = ""

    def resolve(self, requirements: Iterable[str]) -> list[Path]:
        self.asked.append(tuple(requirements))
        if self.refusal:
            raise PipRefused(self.refusal)
        return sorted(self.work.glob("*.whl"))

    def fetch(self, references: Sequence[str]) -> list[Path]:
        self.asked.append(tuple(references))
        return sorted(self.work.glob("*.whl"))


def index(work: Path, refusal: str = "") -> FakeIndex:
    return FakeIndex(interpreter=work, path=(), python=PYTHON, options=(), folders=(), work=work, refusal=refusal)


def inside(name: str, version: str = "1.0", *requires: str) -> Distribution:
    return Distribution(name=name, version=version, path=Path(f"/inside/{name}"), requires=requires)


def supply(
    *shelf: Distribution,
    folders: Sequence[Path] = (),
    lock: BuildLock | None = None,
    index: Index | None = None,
    fixed: Iterable[str] = (),
    any_version: Iterable[str] = (),
) -> Supply:
    return Supply(
        python=PYTHON,
        inside=shelf,
        folders=folders,
        lock=lock,
        index=index,
        fixed=frozenset(fixed),
        any_version=frozenset(any_version),
    )


def taken(source: Supply, *requirements: str) -> dict[str, Path | None]:
    found = source.take(requirements, wanted_by="pyproject.toml", what="the build of demo")
    return {name: one.path for name, one in found.items()}


def refusal(source: Supply, *requirements: str) -> RequirementsMissing:
    with pytest.raises(RequirementsMissing) as caught:
        taken(source, *requirements)
    return caught.value


def pure(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return write_wheel(folder, {}, name=name, tag="py3-none-any")


def lock_of(folder: Path, **keys: str) -> BuildLock:
    text = "lock-version = '1.0'\n[[packages]]\nname = 'demo'\n[[packages.wheels]]\n"
    text += "".join(f"{key} = '{value}'\n" for key, value in keys.items() if key != "sha256")
    (folder / "pylock.toml").write_text(f"{text}hashes = {{sha256 = '{keys['sha256']}'}}\n")
    found = lock_beside(folder)
    assert found is not None
    return found


def test_what_is_inside_asks_no_index(tmp_path: Path):
    asked = index(tmp_path)
    assert taken(supply(inside("a"), index=asked), "a") == {"a": Path("/inside/a")}
    assert asked.asked == []


def test_a_folder_of_wheels_comes_before_what_is_inside(tmp_path: Path):
    path = pure(tmp_path, "a")
    write_wheel(tmp_path, {}, name="b", tag="cp39-cp39-win32")
    source = supply(inside("a"), inside("b"), folders=[tmp_path])
    assert taken(source, "a", "b") == {"a": path, "b": Path("/inside/b")}


def test_the_index_is_told_all_that_is_wanted(tmp_path: Path):
    path, asked = pure(tmp_path, "b"), index(tmp_path)
    assert taken(supply(inside("a"), index=asked), "a", "b") == {"a": Path("/inside/a"), "b": path}
    assert asked.asked == [("a", "b", "b")]


def test_what_nobody_has_is_named_with_both_ways_to_give_it(tmp_path: Path):
    error = refusal(supply(index=index(tmp_path, "the index cannot be reached from here")), "b>=2")
    assert str(error) == "the build of demo lacks b>=2, which pyproject.toml asks for"
    assert error.excerpt == "the index cannot be reached from here"
    assert error.hint is not None
    assert "--wheels FOLDER" in error.hint
    assert "pylock.toml" in error.hint
    assert "pip download --python-version 3.14 --dest FOLDER 'b>=2'" in error.hint


def test_offline_is_told():
    assert "--offline" in (refusal(supply(), "b").excerpt or "")


def test_what_the_target_has_headers_of_is_not_sought_elsewhere(tmp_path: Path):
    pure(tmp_path, "numpy")
    asked = index(tmp_path)
    source = supply(inside("numpy", "2.5.5"), folders=[tmp_path], index=asked, fixed=["numpy"])
    assert taken(source, "numpy>=2") == {"numpy": Path("/inside/numpy")}
    error = refusal(source, "numpy<2")
    assert "headers are of numpy 2.5.5" in str(error)
    assert "--any-version numpy" in (error.hint or "")
    assert asked.asked == []


def test_versions_can_be_told_not_to_count():
    source = supply(inside("numpy", "2.5.5"), inside("a", "1.0", "numpy<2"), fixed=["numpy"], any_version=["numpy"])
    assert sorted(taken(source, "a", "numpy==2.0.*")) == ["a", "numpy"]


@pytest.mark.parametrize("any_version", [(), ("a",)])
@pytest.mark.parametrize("text", ["a b", "a; os_name ~= 'x'"])
def test_what_is_no_requirement_is_told_or_passed_over_in_what_others_wrote(text: str, any_version: tuple[str, ...]):
    error = refusal(supply(inside("a"), any_version=any_version), text)
    assert str(error) == "pyproject.toml asks for what is no requirement"
    assert error.excerpt
    assert taken(supply(inside("c", "1", text), any_version=any_version), "c") == {"c": Path("/inside/c")}


def test_a_lock_names_files_beside_it(tmp_path: Path):
    path = pure(tmp_path / "wheels", "demo")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    lock = lock_of(tmp_path, path=f"wheels/{path.name}", sha256=sha256)
    assert taken(supply(lock=lock), "demo") == {"demo": path}


def test_a_file_that_is_another_one_is_refused(tmp_path: Path):
    path = pure(tmp_path, "demo")
    lock = lock_of(tmp_path, path=path.name, sha256="0" * 64)
    with pytest.raises(InvalidBuildLock, match="has sha256"):
        taken(supply(lock=lock), "demo")
    path.unlink()
    with pytest.raises(InvalidBuildLock, match="cannot be read"):
        taken(supply(lock=lock), "demo")


def test_a_lock_names_files_of_the_index(tmp_path: Path):
    path = pure(tmp_path / "work", "demo")
    lock = lock_of(tmp_path, url=f"https://files.invalid/{path.name}", sha256="ab")
    asked = index(tmp_path / "work")
    assert taken(supply(lock=lock, index=asked), "demo") == {"demo": path}
    assert asked.asked == [(f"https://files.invalid/{path.name}#sha256=ab",)]


@pytest.mark.parametrize("text", ["[", "packages = 1", "[[packages]]\nname = 'a'\n[[packages.wheels]]\nurl = 'x'\n"])
def test_a_broken_lock_is_told(tmp_path: Path, text: str):
    (tmp_path / "pylock.toml").write_text(text)
    with pytest.raises(InvalidBuildLock, match=r"pylock\.toml cannot be read"):
        read_lock(tmp_path / "pylock.toml")


def test_a_lock_for_builds_comes_first(tmp_path: Path):
    assert lock_beside(tmp_path) is None
    for name in ("pylock.toml", "pylock.build.toml"):
        (tmp_path / name).write_text("packages = []")
    found = lock_beside(tmp_path)
    assert found is not None
    assert found.path.name == "pylock.build.toml"
