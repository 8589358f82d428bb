"""Constraints of several strengths, what is suggested, and what cannot be; values of the native package."""

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
print("kiwisolver: solves, and refuses")
