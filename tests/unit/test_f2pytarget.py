from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import pytest

from wasmwright import f2pytarget
from wasmwright.f2pytarget import Finder, addresses_only, characters_of, sizes_of, with_record

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


RULES_SOURCE = """
def buildmodule(block, uses):
    with open(block, "w") as file:
        file.write("extern void F_FUNC(greet,GREET)(string,int*,size_t);")
    return {"csrc": block}
"""


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
    for name in ("f90mod_rules", "use_rules"):
        (tmp_path / f"numpy/f2py/{name}.py").write_text(MODULE_SOURCE)
    (tmp_path / "numpy/f2py/rules.py").write_text(RULES_SOURCE)
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
    assert "integer(8) s(*)" in importlib.import_module("numpy.f2py.use_rules").fgetdims1


@pytest.mark.usefixtures("f2py")
def test_c_code_is_adapted_when_it_is_written(tmp_path: Path):
    rules = importlib.import_module("numpy.f2py.rules")
    assert rules.buildmodule(str(tmp_path / "x.c"), {}) == {"csrc": str(tmp_path / "x.c")}
    assert "calls=greet_:2+1 " in (tmp_path / "x.c").read_text()


@pytest.mark.parametrize(
    ("declared", "recorded"),
    [
        ("extern void F_FUNC(greet,GREET)(string,int*,size_t);", "greet_:2+1"),
        ("extern void F_FUNC_US(a_b,A_B)(string,string,size_t,size_t);", "a_b_:2+2"),
        ("extern void F_WRAPPEDFUNC(star,STAR)(int*,string,size_t);", "f2pywrapstar_:2+1"),
        ("extern int F_FUNC(gees,GEES)(char*,\n  int *, size_t );", "gees_:2+1"),
    ],
)
def test_lengths_that_are_passed_are_on_record(declared: str, recorded: str):
    text = with_record(f"{declared}\n")
    assert text.startswith(f"{declared}\n")
    assert f"lengths=hidden defines= calls={recorded} common=" in text


def test_each_procedure_is_on_record_once():
    declared = "extern void F_FUNC({0},{0})(string,size_t);\n"
    assert "calls=f_:1+1,g_:1+1 " in with_record(declared.format("g") + 2 * declared.format("f"))


@pytest.mark.parametrize(
    "declared",
    [
        "extern void F_FUNC(plain,PLAIN)(double*);",
        "extern void F_FUNC(nothing,NOTHING)(void);",
        "/* extern void F_FUNC(greet,GREET)(string,int*,size_t); */",
        "extern int in_c(char*,size_t);",
    ],
)
def test_what_passes_no_lengths_is_not_on_record(declared: str):
    assert with_record(declared) == declared
