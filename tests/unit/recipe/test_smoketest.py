from __future__ import annotations

import pytest

from wasmwright.recipe.smoketest import read_smoke_test


@pytest.mark.parametrize(
    "text",
    [
        "import x\nassert x.f() == 1\n",
        "import numpy as np\nnp.testing.assert_allclose(np.exp(0), 1)\n",
        "import x\nif x.f() != 1:\n    raise ValueError\n",
        "def test_f():\n    assert x.f() == 1\ntest_f()\n",
        "def test_f():\n    assert x.f() == 1\nfor name, f in [*globals().items()]:\n    f()\n",
        "def f():\n    assert x.f() == 1\nTESTS = {'f': f}\nTESTS['f']()\n",
        "import unittest\nclass X(unittest.TestCase):\n  def test(self):\n    self.assertEqual(1, 2)\nunittest.main()",
        "@run\ndef f():\n    assert x.f() == 1\n",
    ],
)
def test_what_can_fail(text: str):
    found = read_smoke_test(text)
    assert found.asserts
    assert found.uncalled == ()


@pytest.mark.parametrize(
    "text", ["", "import x\n", "import x\nprint(x.f() == 1)\n", "assert True, 'fine'\n", "def f():\n    return 1\n"]
)
def test_what_cannot_fail(text: str):
    found = read_smoke_test(text)
    assert not found.asserts
    assert found.uncalled == ()


def test_a_function_that_nothing_calls_is_named_with_its_line():
    text = "def one():\n    assert f()\n\ndef two():\n    assert f()\n    two()\n\none()\n"
    found = read_smoke_test(text)
    assert [(one.name, one.line) for one in found.uncalled] == [("two", 4)]
    assert found.asserts


@pytest.mark.parametrize("text", ["assert (", "\0", "(" * 5000])
def test_what_is_no_python_is_a_fault(text: str):
    assert "is no Python" in (read_smoke_test(text).fault or "")
