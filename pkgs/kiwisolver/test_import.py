"""Constraints of several strengths, what is suggested, and what cannot be; values of the native package."""

import gc

from kiwisolver import Solver, UnsatisfiableConstraint, Variable

x, y = Variable("x"), Variable("y")
solver = Solver()
for constraint in (x + y == 10, x >= 2 * y, (x <= 8) | "strong", (y >= 3) | "weak"):
    solver.addConstraint(constraint)
solver.updateVariables()
assert (round(x.value(), 9), round(y.value(), 9)) == (6.666666667, 3.333333333), (x.value(), y.value())
solver.addEditVariable(x, "medium")
solver.suggestValue(x, 7.5)
solver.updateVariables()
assert (round(x.value(), 9), round(y.value(), 9)) == (7.5, 2.5), (x.value(), y.value())
try:
    solver.addConstraint(x + y == 11)
except UnsatisfiableConstraint as error:
    assert "+ -11 == 0" in str(error.args[0]), error
else:
    raise AssertionError
# What refers to itself is collected: tp_clear of all four types has to be an `int (*)(PyObject *)`.
cycle = Variable("z", [])
cycle.context().extend([cycle, 2 * cycle, cycle + y, cycle + y == 3])
del cycle
assert gc.collect() >= 5
print("kiwisolver: solves, and refuses")
