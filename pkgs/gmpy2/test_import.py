"""Integers, fractions, real and complex numbers: values of the native package, and of Python's own integers."""

import math

import gmpy2
from gmpy2 import mpc, mpfr, mpq, mpz, xmpz

big = 3**4000 - 2**999
assert int(mpz(big) * big) == big * big
assert divmod(mpz(big), 7**800) == divmod(big, 7**800)
assert str(mpz(big)) == str(big)
assert mpz(gmpy2.digits(mpz(big), 62), 62) == big
assert gmpy2.powmod(3, 1000003, 2**127 - 1) == 28677267586739335224170561628067476927
assert gmpy2.fac(500) == math.factorial(500)
assert gmpy2.gcdext(240, 46) == (2, -9, 47)
assert gmpy2.next_prime(10**30) == 10**30 + 57
assert gmpy2.is_prime(2**521 - 1)
assert not gmpy2.is_strong_prp(mpz(3215031751 * 11), 2)
assert (gmpy2.iroot(mpz(10) ** 60 + 1, 3), gmpy2.isqrt_rem(mpz(10**9))) == ((10**20, False), (31622, 49116))
bits = xmpz(0)
bits[5:300:7] = -1
assert (gmpy2.popcount(mpz(bits)), bits.bit_scan1(6)) == (43, 12)
assert hash(mpz(big)) == hash(big)
assert mpq(1, 3) + mpq("0.25") == mpq(7, 12)
assert mpq(0.1) == mpq(*(0.1).as_integer_ratio())
with gmpy2.context(precision=200):
    assert str(gmpy2.const_pi()) == "3.1415926535897932384626433832795028841971693993751058209749445"
    assert str(gmpy2.exp(mpfr(1)))[:52] == "2.71828182845904523536028747135266249775724709369995"
    assert str(gmpy2.zeta(mpfr(3)))[:40] == "1.20205690315959428539973816151144999076"
assert gmpy2.sqrt(mpfr(2)) == math.sqrt(2)
assert gmpy2.jn(2, mpfr(1.5)) == mpfr("0.23208767214421472")
assert gmpy2.log(mpc(1, 2)) == mpc("0.80471895621705014+1.1071487177940904j")
assert mpc(1.5, -0.25) ** 3 == 3.09375 - 1.671875j
down, up = (gmpy2.context(round=mode) for mode in (gmpy2.RoundDown, gmpy2.RoundUp))
with down:
    low = mpfr(1) / 3
with up:
    high = mpfr(1) / 3
assert (high - low, low.rc, high.rc) == (2.0**-54, -1, 1)
with gmpy2.context(trap_divzero=True):
    try:
        mpfr(1) / 0
    except gmpy2.DivisionByZeroError:
        pass
    else:
        raise AssertionError
assert gmpy2.from_binary(gmpy2.to_binary(mpfr("1e-300"))) == mpfr("1e-300")
print("gmpy2:", gmpy2.mp_version(), gmpy2.mpfr_version(), gmpy2.mpc_version())
