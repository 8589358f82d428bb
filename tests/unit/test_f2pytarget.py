from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import pytest

from wasmwright import f2pytarget
from wasmwright.f2pytarget import Finder, addresses_only, characters_of, sizes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = {
    "body": [
        {
            "name": "store",
            "vars": {"label": {"typespec": "character"}, "grid": {"typespec": "real"}},
            "body": [{"name": "fill", "vars": {"text": {"typespec": "character"}}}],
        }
    ]
}
# As f2py 2.5 writes it.
MODULE_SOURCE = '''
fgetdims1 = """\\
      integer r,i
      integer(8) s(*)
"""
def undo_rmbadname1(name):
    return name.removesuffix("_bn")
def buildhooks(pymod):
    return {"body": []}, "\\n      subroutine f2pyinitstore(f2pysetupfunc)\\n      call f2pysetupfunc(label,len,n)"
'''


def test_shapes_have_the_size_of_the_targets_addresses():
    assert sizes_of("      integer(8) s(*)\n      integer(8) t", 4) == "      integer(4) s(*)\n      integer(8) t"


@pytest.mark.parametrize("name", ["f2pysetupfunc", "setupfunc"])
def test_character_variables_are_passed_without_lengths(name: str):
    before = f"\n      call {name}(label,grid,tags)\n      end"
    after = f"\n      call {name}(%ref(label),grid,%ref(tags))\n      end"
    assert addresses_only(before, {"label", "tags"}) == after


def test_allocatable_characters_are_passed_without_lengths():
    text = "      use store, only: d => {}\n\n      call f2pysetdata(d,allocated(d))"
    assert "f2pysetdata(%ref(d),allocated(d))" in addresses_only(text.format("names"), {"names"})
    assert addresses_only(text.format("grid"), {"names"}) == text.format("grid")


def test_calls_of_others_are_left_alone():
    text = "      call other(label)\n      call f2pysetupfunc\n      x = setupfunc(label)"
    assert addresses_only(text, {"label"}) == text


def test_characters_are_found_in_all_blocks():
    assert characters_of(BLOCK) == {"label", "text"}


@pytest.fixture
def f2py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package `numpy.f2py` with one module, in place of what is installed."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "numpy"]:
        monkeypatch.delitem(sys.modules, name)
    (tmp_path / "numpy/f2py").mkdir(parents=True)
    (tmp_path / "numpy/__init__.py").touch()
    (tmp_path / "numpy/f2py/__init__.py").touch()
    for name in ("f90mod_rules", "rules"):
        (tmp_path / f"numpy/f2py/{name}.py").write_text(MODULE_SOURCE)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    monkeypatch.setattr(f2pytarget.sysconfig, "get_config_var", {"SIZEOF_VOID_P": 4}.get)
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "numpy"]:
        del sys.modules[name]


@pytest.mark.usefixtures("f2py")
def test_f2py_is_adapted_when_it_is_imported():
    module = importlib.import_module("numpy.f2py.f90mod_rules")
    assert "integer(4) s(*)" in module.fgetdims1
    variables = {"label": {"typespec": "character"}, "len_bn": {"typespec": "character"}, "n": {"typespec": "integer"}}
    hooks, fortran = module.buildhooks({"vars": variables})
    assert hooks == {"body": []}
    assert fortran.endswith("call f2pysetupfunc(%ref(label),%ref(len),n)")


@pytest.mark.usefixtures("f2py")
def test_other_modules_of_f2py_are_left_alone():
    assert "integer(8) s(*)" in importlib.import_module("numpy.f2py.rules").fgetdims1
