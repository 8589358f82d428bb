"""What algebra, calculus, number theory and printing of several kinds give natively."""

import sympy as sp

x, n = sp.symbols("x n")
f = sp.Function("f")
found = {
    "factors": sp.factor(x**6 - 1),
    "integral": sp.integrate(sp.exp(-(x**2)) * sp.cos(x), (x, -sp.oo, sp.oo)),
    "roots": sp.solve(x**3 - 6 * x**2 + 11 * x - 6, x),
    "sum": sp.summation(1 / n**4, (n, 1, sp.oo)),
    "series": sp.series(sp.sin(x) / x, x, 0, 8),
    "eigenvalues": sp.Matrix([[2, 1], [1, 2]]).eigenvals(),
    "digits": sp.N(sp.zeta(3), 40),
    "function": sp.dsolve(f(x).diff(x, 2) + f(x)),
    "primes": sp.factorint(2**67 - 1),
    "latex": sp.latex(sp.Integral(sp.sqrt(1 / x), x)),
}
EXPECTED = {
    "factors": "(x - 1)*(x + 1)*(x**2 - x + 1)*(x**2 + x + 1)",
    "integral": "sqrt(pi)*exp(-1/4)",
    "roots": "[1, 2, 3]",
    "sum": "pi**4/90",
    "series": "1 - x**2/6 + x**4/120 - x**6/5040 + O(x**8)",
    "eigenvalues": "{3: 1, 1: 1}",
    "digits": "1.202056903159594285399738161511449990765",
    "function": "Eq(f(x), C1*sin(x) + C2*cos(x))",
    "primes": "{193707721: 1, 761838257287: 1}",
    "latex": r"\int \sqrt{\frac{1}{x}}\, dx",
}
for name, value in EXPECTED.items():
    assert str(found[name]) == value, (name, found[name])
assert found.keys() == EXPECTED.keys(), found
print("sympy: ten answers as native")
