"""What is told of modules for the target; tests/integration/test_project_shapes.py has it in a build."""

from __future__ import annotations

import importlib.util
import runpy
import sys
from importlib.machinery import ExtensionFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright.assemble import targetmodules
from wasmwright.assemble.targetmodules import TargetFinder

if TYPE_CHECKING:
    from collections.abc import Iterator

WASM = b"\0asm\1\0\0\0"


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real thing in this process, taken out again."""
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(ExtensionFileLoader, "create_module", ExtensionFileLoader.create_module)
    targetmodules._install()
    yield
    importlib.invalidate_caches()


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("suffix", [".cpython-314-wasm32-emscripten.so", ".abi3.so", ".so"])
def test_importing_a_module_for_the_target_says_why_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
):
    (tmp_path / f"_grid{suffix}").write_bytes(WASM)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match=r"_grid\..* is WebAssembly") as caught:
        importlib.import_module("_grid")
    assert "nanobind_add_stub" in str(caught.value)
    assert caught.value.name == "_grid"


@pytest.mark.usefixtures("_installed")
def test_a_part_of_a_package_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "of_target").mkdir()
    (tmp_path / "of_target/__init__.py").touch()
    (tmp_path / "of_target/_core.cpython-314-wasm32-emscripten.so").write_bytes(WASM)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'of_target\._core' here"):
        importlib.import_module("of_target._core")


@pytest.mark.usefixtures("_installed")
def test_other_modules_are_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "_elf.abi3.so").write_bytes(b"\x7fELF")
    (tmp_path / "_grid_of_this.cpython-314-x86_64-linux-gnu.so").write_bytes(b"\x7fELF")
    monkeypatch.syspath_prepend(tmp_path)
    assert importlib.util.find_spec("_grid_of_this") is None
    with pytest.raises(ImportError, match=r"_elf\.abi3\.so"):
        importlib.import_module("_elf")
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'nowhere_at_all'$"):
        importlib.import_module("nowhere_at_all")


def test_folders_that_are_not_there_are_passed_over(tmp_path: Path):
    assert TargetFinder.find_spec("_grid", [str(tmp_path / "nowhere")]) is None


def test_a_tools_own_sitecustomize_is_loaded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(ExtensionFileLoader, "create_module", ExtensionFileLoader.create_module)
    ours = Path(targetmodules.__file__).read_text()
    for name, text in {"ours": ours, "tool": "import sys\nsys.loaded = __name__\n"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "sitecustomize.py").write_text(text)
    monkeypatch.setattr(sys, "loaded", "", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "ours"), str(tmp_path / "tool"), *sys.path])
    runpy.run_path(str(tmp_path / "ours/sitecustomize.py"), run_name="sitecustomize")
    assert vars(sys)["loaded"] == "sitecustomize"
