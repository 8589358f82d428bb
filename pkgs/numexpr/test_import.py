"""Expressions give what numpy gives, in every type that the interpreter has."""

import numexpr
import numpy as np

a = np.linspace(-3, 3, 100_001)
b = a[::-1].copy()
for text, expected in (
    ("2*a + sin(b)**2 - where(a > b, 1, 0)", 2 * a + np.sin(b) ** 2 - (a > b)),
    ("sqrt(abs(a)) * exp(-b) / (1 + a**2)", np.sqrt(abs(a)) * np.exp(-b) / (1 + a**2)),
    ("arctan2(a, b) + floor(a) % 3", np.arctan2(a, b) + np.floor(a) % 3),
):
    assert np.allclose(numexpr.evaluate(text), expected, rtol=1e-13, atol=1e-13), text
narrow = a.astype("f4")
assert numexpr.evaluate("narrow * 2").dtype == np.float32
whole = np.arange(-5, 6)
assert numexpr.evaluate("(whole * 3) % 4 + whole ** 2").tolist() == [26, 16, 12, 6, 2, 0, 4, 6, 10, 16, 28]
wide = np.array([2**40, -(2**40)])
assert numexpr.evaluate("wide * 2 + 1").tolist() == [2**41 + 1, -(2**41) + 1]
z = a + 1j * b
assert np.allclose(numexpr.evaluate("z * conj(z)"), z * z.conj())
assert numexpr.evaluate("sum(whole)") == 0
assert numexpr.evaluate("prod(a)", {"a": np.array([1.5, 2, 4])}) == 12.0
assert numexpr.evaluate("(whole > 3) | (whole == -5)").nonzero()[0].tolist() == [0, 9, 10]
words = np.array([b"x", b"yz"])
assert numexpr.evaluate("words == 'yz'").tolist() == [False, True]
try:
    numexpr.evaluate("a.__class__")
except ValueError:
    pass
else:
    raise AssertionError
# There is one thread, whatever is asked for.
assert (numexpr.set_num_threads(4), numexpr.get_num_threads()) == (1, 1)
assert np.array_equal(numexpr.evaluate("a + b"), a + b)
print("numexpr: as numpy")
