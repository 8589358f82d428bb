from __future__ import annotations

import pytest

from wasmwright.wrapper.compilation import judged

INIT = "int (*)(PyObject *, PyObject *)"
NAMED = "converts to incompatible function type [-Wcast-function-type-mismatch]"
SLOT = f"""In file included from a.c:1:
m.h:3:30: warning: cast from '{INIT}' (aka 'int (*)(struct _object *)') to 'initproc' (aka '{INIT}') {NAMED}
    3 | PyTypeObject t = {{.tp_init = (initproc) num_init}};
      |                              ^~~~~~~~~~~~~~~~~~~
"""
METHOD = f"""a.c:9:33: warning: cast from 'PyObject *(*)(PyObject *)' to 'PyCFunction' (aka '{INIT}') {NAMED}
    9 | static PyMethodDef m[] = {{{{"m: warning: ", (PyCFunction) meth, METH_NOARGS, ""}}, {{0}}}};
      |                                 ^~~~~~~~~~~~~~~~~~
"""
OTHER = """a.c:2:5: warning: unused variable 'x' [-Wunused-variable]
    2 | int x;
      |     ^
a.c:1:1: note: declared here
"""


def test_a_cast_to_a_slots_type_is_an_error():
    text, is_wrong = judged(OTHER + SLOT + "2 warnings generated.\n", is_asked=False)
    assert is_wrong
    assert text == OTHER + SLOT.replace("warning", "error") + "1 warning generated.\n"


def test_casts_of_methods_are_not_told():
    assert judged(METHOD + "1 warning generated.\n", is_asked=False) == ("", False)
    assert judged(OTHER + METHOD + "2 warnings generated.\n", is_asked=False) == (
        OTHER + "1 warning generated.\n",
        False,
    )
    assert judged(METHOD + OTHER + "1 warning and 1 error generated.\n", is_asked=False) == (
        OTHER + "1 error generated.\n",
        False,
    )


def test_who_asks_for_such_warnings_sees_them():
    text = METHOD + OTHER + "2 warnings generated.\n"
    assert judged(text, is_asked=True) == (text, False)


def test_other_text_stays():
    text = "clang: error: no such file or directory: 'x.c'\n" + OTHER + "no line end"
    assert judged(text, is_asked=False) == (text, False)


def test_what_ends_a_compilation_is_told_whatever_it_is():
    fatal = METHOD.replace(": warning: cast", ": error: cast").replace("[-W", "[-Werror,-W")
    text = fatal + "1 error generated.\n"
    assert judged(text, is_asked=False) == (text, False)
    included = "In file included from b.c:4:\nIn file included from b.h:20:\n" + text
    assert judged(included, is_asked=False) == (included, False)


@pytest.mark.parametrize("number", ["\u00b2", "9" * 5000, "two"])
def test_a_count_that_is_none_stays_as_it_is(number: str):
    line = f"{number} warnings generated.\n"
    assert judged(METHOD + line, is_asked=False) == (line, False)
