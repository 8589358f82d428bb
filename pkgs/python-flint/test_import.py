"""Numbers, polynomials, matrices and functions: values of the native package, and of mathematics."""

import math

import flint
from flint import (
    acb,
    acb_mat,
    arb,
    arb_mat,
    ctx,
    dirichlet_char,
    fmpq,
    fmpq_mat,
    fmpq_series,
    fmpz,
    fmpz_mat,
    fmpz_mod_ctx,
    fmpz_mod_poly_ctx,
    fmpz_mpoly_ctx,
    fmpz_poly,
    fq_default_ctx,
    nmod,
    nmod_mat,
    nmod_poly,
)

assert flint.__FLINT_VERSION__ == "3.6.0"

big = 3**4000 - 2**999
assert int(fmpz(big) * fmpz(7) ** 5000) == big * 7**5000
assert divmod(fmpz(big), 7**800) == divmod(big, 7**800)
assert str(fmpz(big)) == str(big)
assert hash(fmpz(big)) == hash(big)
assert (fmpz(2) ** 101 - 1).factor() == [(7432339208719, 1), (341117531003194129, 1)]
assert fmpz(10**30 + 57).is_prime()
assert not fmpz(10**30 + 55).is_prime()
assert fmpz.stirling_s2(50, 13) == 6238901276275784811492861794826737563889288230
assert fmpz(1000).partitions_p() == 24061467864032622473692149727991
assert fmpz.fac_ui(300) == math.factorial(300)
assert fmpq.bernoulli(60) == fmpq(-1215233140483755572040304994079820246041491, 56786730)
assert fmpq(7, 3) ** -5 == fmpq(243, 16807)

_, factors = (fmpz_poly([-1, 0, 0, 0, 0, 0, 1]) * fmpz_poly([1, 1]) ** 2).factor()
assert [(list(map(int, part)), times) for part, times in factors] == [
    ([-1, 1], 1),
    ([1, -1, 1], 1),
    ([1, 1, 1], 1),
    ([1, 1], 3),
]
assert fmpz_poly.cyclotomic(105)[7] == -2
assert list(fmpz_poly.hilbert_class_poly(-23)) == [12771880859375, -5151296875, 3491750, 1]
assert list(fmpz_poly.swinnerton_dyer(3)) == [576, 0, -960, 0, 352, 0, -40, 0, 1]
root = fmpz_poly([-2, 0, 0, 1]).complex_roots()[0][0]
assert root.imag == 0
assert root.real.overlaps(arb(2).root(3))
assert root.real.rad() < 1e-12

assert fmpz_mat([[2, 4, 4], [-6, 6, 12], [10, -4, -16]]).snf() == fmpz_mat([[2, 0, 0], [0, 6, 0], [0, 0, 12]])
reduced = fmpz_mat([[1, 0, 0, 1345], [0, 1, 0, 35], [0, 0, 1, 154]]).lll()
assert reduced == fmpz_mat([[1, 1, -9, -6], [0, 9, -2, 7], [1, -3, -8, 8]])
hilbert = fmpq_mat([[fmpq(1, i + j + 1) for j in range(6)] for i in range(6)])
assert hilbert.det() == fmpq(1, 186313420339200000)
assert hilbert.inv() * hilbert == fmpq_mat(6, 6, [int(i == j) for i in range(6) for j in range(6)])

assert nmod(17, 101) ** -1 == nmod(6, 101)
assert nmod(2, 2**32 - 5) ** (2**32 - 6) == 1
quadratics = [[514526, 148503, 1], [34005, 243943, 1], [500174, 893273, 1]]
assert nmod_poly([1, 2, 3, 4, 5, 6, 7], 1000003).factor() == (
    7,
    [(nmod_poly(one, 1000003), 1) for one in quadratics],
)
assert nmod_mat(3, 3, [*list(range(1, 9)), 10], 17).inv() == nmod_mat(3, 3, [5, 10, 1, 5, 15, 15, 1, 15, 1], 17)
assert int(fmpz_mod_ctx(2**127 - 1)(3) ** 2**100) == pow(3, 2**100, 2**127 - 1)
residues = fmpz_mod_poly_ctx(fmpz_mod_ctx(163))
cyclic = residues([-1] + [0] * 11 + [1])
_, parts = cyclic.factor()
assert sorted(int(part[0]) for part, _ in parts) == [1, 1, 58, 58, 59, 104, 104, 105, 162]
assert math.prod((part**times for part, times in parts), start=residues([1])) == cyclic
generator = fq_default_ctx(7, 5, var="a").gen()
assert str(generator**1000) == "6*a^4 + 4*a^2 + a + 3"
assert generator ** (7**5 - 1) == 1
x, y = fmpz_mpoly_ctx.get(["x", "y"], "lex").gens()
assert ((x + y) ** 5 - (x**5 + y**5)).factor() == (5, [(y, 1), (x, 1), (x + y, 1), (x**2 + x * y + y**2, 1)])
assert ((x**2 - y**2) * (x + 1)).gcd((x - y) * (x + 2)) == x - y
exponential = fmpq_series([0, 1]).exp()
assert [exponential[n] for n in range(10)] == [fmpq(1, math.factorial(n)) for n in range(10)]

with ctx.workprec(400):
    assert arb.pi().str(100, radius=False) == (
        "3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117068"
    )
    assert arb(3).zeta().str(40, radius=False) == "1.202056903159594285399738161511449990765"
    assert (arb("0.5").gamma() ** 2).overlaps(arb.pi())
    assert arb("0.1").gamma().str(40, radius=False) == "9.513507698668731836292487177265402192551"
    third = arb(1) / 3
    assert third.contains(fmpq(1, 3))
    assert not third.is_exact()
    assert third.rel_accuracy_bits() > 395
assert (acb(1, 2).gamma() - acb(0.15190400267003613745, 0.019804880161854981972)).abs_upper() < 1e-14
assert (arb(2).bessel_j(1) - 0.57672480775687338720).abs_upper() < 1e-14
assert (acb(0.5).hypgeom_2f1(1, 2, 3) - 1.5451774444795624753).abs_upper() < 1e-13
assert acb.zeta_zero(1).imag.overlaps(arb("14.134725141734693790457251983562 +/- 1e-30"))
assert acb.integral(lambda z, _: z.sin(), 0, 3).real.overlaps(1 - arb(3).cos())
low, high = sorted((one.real for one in acb_mat([[1, 2], [3, 4]]).eig()), key=float)
assert low.overlaps((5 - arb(33).sqrt()) / 2)
assert high.overlaps((5 + arb(33).sqrt()) / 2)
assert high.rad() < 1e-12
assert abs(float(arb_mat([[1, 2], [3, 4]]).exp()[0, 1]) - 74.7365645670032) < 1e-11
value = dirichlet_char(7, 3).l(2)
assert abs(complex(value) - (0.902247025301257 + 0.232548981277895j)) < 1e-14
try:
    nmod(2, 4) ** -1
except ZeroDivisionError:
    pass
else:
    raise AssertionError
print("python-flint:", flint.__version__, "on FLINT", flint.__FLINT_VERSION__)
