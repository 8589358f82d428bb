"""The values were computed with numpy 2.5.5 on x86_64."""

import cmath
import ctypes
import math
import operator
import struct
import warnings
import zlib
from collections.abc import Callable

import numpy as np

SYMMETRIC = np.array([[4.0, 1, 2], [1, 3, 0], [2, 0, 5]])


def test_ufuncs() -> None:
    np.testing.assert_array_max_ulp(np.exp(np.array([1.0])), np.array([2.718281828459045]), 2)
    np.testing.assert_array_max_ulp(np.sin(np.float32([1])), np.float32([0.841471]), 2)
    assert np.add.reduce(np.arange(100_001, dtype=np.int64)) == 5_000_050_000
    assert (np.uint64(2) ** np.uint64(63)).item() == 2**63
    with np.errstate(divide="ignore"):
        assert np.isposinf(np.float64(1) / 0)


def test_loops_agree_with_python() -> None:
    # Numbers enough for vectors, and some left over.
    generator = np.random.default_rng(7)
    values = generator.integers(-60, 60, 1003).tolist()
    order = generator.permutation(1003)
    backwards = values[::-1]
    for kind in "bhilqefd":
        a, b = np.array(values, kind), np.array(backwards, kind)
        assert (a + b).tolist() == [x + y for x, y in zip(values, backwards, strict=True)], kind
        assert np.minimum(a, b).tolist() == [min(pair) for pair in zip(values, backwards, strict=True)], kind
        assert (a < b).tolist() == [x < y for x, y in zip(values, backwards, strict=True)], kind
        assert abs(a).tolist() == [abs(x) for x in values], kind
        assert (a // a.dtype.type(7)).tolist() == [x // 7 for x in values], kind
        assert np.sort(a).tolist() == sorted(values), kind
        assert a.take(order).tolist() == [values[place] for place in order], kind
        assert a.take(order - 1003).tolist() == [values[place] for place in order], kind
        assert raises(IndexError, a.take, [0, 1003]), kind
        assert raises(IndexError, a.take, [0, -1004]), kind
        assert (a.argmax(), a.argmin()) == (values.index(max(values)), values.index(min(values))), kind
        assert a.nonzero()[0].tolist() == [place for place, x in enumerate(values) if x], kind
        assert np.count_nonzero(a) == sum(x != 0 for x in values), kind
        assert kind in "be" or a.sum() == sum(values), kind
        assert a.astype(bool).tolist() == [bool(x) for x in values], kind
        for other in "bhilqefdFD":
            assert a.astype(other).tolist() == values, (kind, other)
        divisors = [x or 7 for x in backwards]
        quotients = [x // y for x, y in zip(values, divisors, strict=True)]
        assert (a // np.array(divisors, kind)).tolist() == quotients, kind
        marked, flags = [x for x in values if x > 5], a > 5
        assert a[flags].tolist() == marked, kind
        a[flags] = 3
        assert a.tolist() == [3 if x > 5 else x for x in values], kind
        np.putmask(a, flags, b)
        assert a.tolist() == [y if x > 5 else x for x, y in zip(values, backwards, strict=True)], kind
    for kind in "BHILQ":
        counts = [abs(x) % 8 for x in values]
        a = np.array([x % 128 for x in values], kind)
        assert (a >> np.array(counts, kind)).tolist() == [x >> n for x, n in zip(a.tolist(), counts, strict=True)], kind
        assert (a // a.dtype.type(9)).tolist() == [x // 9 for x in a.tolist()], kind
    assert (np.int64(3) << np.array([0, 5, 62, 64])).tolist() == [3, 96, -(2**62), 0]
    for kind in "il":
        # Each count, and such that leave nothing, in every lane of a vector and past the last one.
        counts = np.array([(7 * i) % 37 - 1 if i % 11 else 2**20 for i in range(1003)], kind)
        bits = [(x << n if 0 <= n < 32 else 0) % 2**32 for x, n in zip(values, counts.tolist(), strict=True)]
        shifted = np.array(values, kind) << counts
        assert shifted.tolist() == [x - 2**32 if x >= 2**31 else x for x in bits], kind
        shifted = np.array([x % 2**32 for x in values], kind.upper()) << counts.astype(kind.upper())
        assert shifted.tolist() == bits, kind
    flags = np.array(values) > 0
    for kind in "BHILQefd":
        assert flags.astype(kind).tolist() == [int(x > 0) for x in values], kind
    floats = generator.standard_normal(1003)
    assert math.isclose(floats.sum(), math.fsum(floats.tolist()), rel_tol=0, abs_tol=1e-12)
    assert floats.astype(np.int32).tolist() == [int(x) for x in floats.tolist()]
    for kind in "BH":
        # Up to the last number, and from -1 on, which is cut to 0; one of each sixteen in another lane.
        fractions = np.linspace(-0.99, np.iinfo(kind).max + 0.99, 1003).astype(np.float32)
        assert fractions.astype(kind).tolist() == [int(x) for x in fractions.tolist()], kind


def test_halves_agree_with_python() -> None:
    halves = np.arange(0x7C00, dtype=np.uint16).view(np.float16)
    values = struct.unpack(f"<{halves.size}e", halves.tobytes())
    assert halves.astype(np.float32).tolist() == list(values)
    assert halves.astype(np.float64).tolist() == list(values)
    assert np.sort(halves[::-1]).tolist() == list(values)
    for function in (operator.add, operator.mul):
        results = function(halves[5000:20_000], halves[19_999:4999:-1].copy())
        pairs = zip(values[5000:20_000], values[19_999:4999:-1], strict=True)
        assert results.tobytes() == struct.pack("<15000e", *(function(x, y) for x, y in pairs))
    # Between halves, and in the middle of two.
    between = np.linspace(-300, 300, 20_001)
    packed = struct.pack(f"<{between.size}e", *between)
    assert between.astype(np.float16).tobytes() == packed
    assert between.astype(np.float32).astype(np.float16).tobytes() == struct.pack(
        f"<{between.size}e", *between.astype(np.float32)
    )


def test_complex_functions_agree_with_python() -> None:
    generator = np.random.default_rng(3)
    numbers = generator.normal(0, 9, 1003) + 1j * generator.normal(0, 9, 1003)
    values = numbers.tolist()
    np.testing.assert_allclose(np.exp(numbers), [cmath.exp(x) for x in values], rtol=1e-15)
    np.testing.assert_allclose(np.sqrt(numbers), [cmath.sqrt(x) for x in values], rtol=1e-15)
    assert np.square(numbers).tolist() == [x * x for x in values]
    special = np.array([complex(x, y) for x in (0.0, -0.0, math.inf, -math.inf, 800.0) for y in (0.0, -0.0)])
    assert str(np.sqrt(special).tolist()) == str([cmath.sqrt(x) for x in special.tolist()])
    assert np.isnan(np.exp(complex(math.nan, 1)).imag)


def test_linalg() -> None:
    solution = np.linalg.solve(SYMMETRIC, [1, 2, 3])
    np.testing.assert_allclose(solution, [-0.3023255813953489, 0.7674418604651163, 0.7209302325581396], rtol=1e-14)
    eigenvalues = np.linalg.eigvalsh(SYMMETRIC)
    np.testing.assert_allclose(eigenvalues, [1.854897308799576, 3.4760236029181333, 6.669079088282287], rtol=1e-14)
    rotation = np.linalg.eig(np.array([[0, -1.0], [1, 0]])).eigenvalues
    np.testing.assert_allclose(sorted(rotation, key=np.imag), [-1j, 1j], atol=1e-15)
    left, singular, right = np.linalg.svd(np.arange(6.0).reshape(2, 3), full_matrices=False)
    np.testing.assert_allclose(singular, [7.3484692283495345, 1.0], rtol=1e-14)
    np.testing.assert_allclose(left * singular @ right, np.arange(6.0).reshape(2, 3), atol=1e-14)
    np.testing.assert_allclose(np.linalg.det(SYMMETRIC), 43, rtol=1e-14)


def test_blas_and_lapack_in_every_type() -> None:
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    assert blas["name"] == "openblas-f2c", blas
    generator = np.random.default_rng(5)
    for letter in "fdFD":
        # Larger than a panel of the kernels, and no multiple of a tile.
        a, b = generator.standard_normal((2, 301, 301))
        a, b = (a + 1j * b, b - 1j * a) if letter in "FD" else (a, b)
        a, b = a.astype(letter), b.astype(letter)
        close = {"rtol": 0, "atol": 2e-2 if letter in "fF" else 1e-10}
        np.testing.assert_allclose(a @ b, np.einsum("ik,kj->ij", a, b), **close)
        np.testing.assert_allclose(a @ b[:, 0], np.einsum("ik,k->i", a, b[:, 0]), **close)
        np.testing.assert_allclose(np.vdot(a[0], b[0]), (a[0].conj() * b[0]).sum(), **close)
        small = a[:40, :40] + 20 * np.eye(40, dtype=letter)
        positive = small @ small.conj().T
        identity = np.eye(40)
        np.testing.assert_allclose(small @ np.linalg.inv(small), identity, **close)
        np.testing.assert_allclose(small @ np.linalg.solve(small, b[:40]), b[:40], **close)
        lower = np.linalg.cholesky(positive)
        np.testing.assert_allclose(lower @ lower.conj().T / 1000, positive / 1000, **close)
        q, r = np.linalg.qr(small)
        np.testing.assert_allclose(q.conj().T @ q, identity, **close)
        np.testing.assert_allclose(q @ r, small, **close)
        u, s, vh = np.linalg.svd(small)
        np.testing.assert_allclose(u * s @ vh, small, **close)
        values, vectors = np.linalg.eigh(positive)
        np.testing.assert_allclose(positive @ vectors / 1000, values * vectors / 1000, **close)
        values, vectors = np.linalg.eig(small)
        np.testing.assert_allclose(small @ vectors, values * vectors, **close)
        solution = np.linalg.lstsq(small[:, :10], small[:, 10], rcond=None)[0]
        np.testing.assert_allclose(small[:, :10].conj().T @ (small[:, :10] @ solution - small[:, 10]), 0, **close)
        sign, logarithm = np.linalg.slogdet(small)
        np.testing.assert_allclose(logarithm, np.log(s).sum(), **close)
        np.testing.assert_allclose(abs(sign), 1, **close)


def test_nan_goes_through_products() -> None:
    a = np.ones((5, 5))
    a[2, 3] = np.nan
    assert np.isnan(a @ np.zeros((5, 5)))[2].all()
    assert np.isnan(a @ np.zeros(5)).tolist() == [False, False, True, False, False]
    assert np.isnan(np.linalg.norm(a))


def raises(error: type[Exception], function: Callable[..., object], *arguments: object) -> bool:
    try:
        function(*arguments)
    except error:
        return True
    return False


def warnings_of(function: Callable[..., object], *arguments: object) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        function(*arguments)
    return [str(warning.message) for warning in caught]


def test_linalg_errors() -> None:
    singular, indefinite = np.array([[1.0, 2], [2, 4]]), np.array([[1.0, 3], [3, 1]])
    nothing = np.full((2, 2), np.nan)
    failing: list[tuple[Callable[..., object], np.ndarray]] = [
        (np.linalg.inv, singular),
        (np.linalg.cholesky, indefinite),
        (np.linalg.svd, nothing),
        (np.linalg.eig, nothing),
    ]
    for function, matrix in failing:
        for dtype in "fdFD":
            bad, good = matrix.astype(dtype), np.eye(2, dtype=dtype)
            assert raises(np.linalg.LinAlgError, function, bad), (function, dtype)
            assert raises(np.linalg.LinAlgError, function, np.stack([good, bad, good])), (function, dtype)
            assert warnings_of(function, good) == []
    assert raises(np.linalg.LinAlgError, np.linalg.solve, singular, [1, 2])
    assert raises(np.linalg.LinAlgError, np.linalg.solve, np.stack([singular, indefinite]), np.ones((2, 2, 1)))
    np.testing.assert_allclose(np.linalg.solve(indefinite, [4, 4]), [1, 1])
    assert np.linalg.det(singular) == 0
    assert np.linalg.matrix_rank(singular) == 1


def test_integer_errors() -> None:
    one, zero, lowest = np.array([1]), np.array([0]), np.array([-(2**63)])
    for function in (np.floor_divide, np.remainder, np.divmod, np.fmod):
        assert warnings_of(function, one, zero) == [f"divide by zero encountered in {function.__name__}"]
        assert warnings_of(function, one, one) == []
        with np.errstate(divide="raise"):
            assert raises(FloatingPointError, function, one, zero), function
        with np.errstate(all="ignore"):
            assert warnings_of(function, one, zero) == []
    assert warnings_of(np.floor_divide, lowest, -1) == ["overflow encountered in floor_divide"]
    seconds = np.array([1, 0], dtype="m8[s]")
    assert warnings_of(np.floor_divide, seconds, seconds) == ["divide by zero encountered in floor_divide"]


def test_half_errors() -> None:
    assert warnings_of(np.array([70_000.0]).astype, np.float16) == ["overflow encountered in cast"]
    large = np.array([60_000], dtype=np.float16)
    assert warnings_of(np.add, large, large) == ["overflow encountered in add"]


def test_comparing_nan_is_silent() -> None:
    numbers = np.array([np.nan, 1.0])
    for function in (np.less, np.equal, np.maximum):
        assert warnings_of(function, numbers, numbers) == []


def test_fft() -> None:
    half = [28, -4 + 9.65685424949238j, -4 + 4j, -4 + 1.6568542494923806j, -4]
    np.testing.assert_allclose(np.fft.rfft(np.arange(8.0)), half, rtol=1e-14)
    signal = np.arange(30.0) % 7
    np.testing.assert_allclose(np.fft.ifft(np.fft.fft(signal)), signal, atol=1e-14)
    generator = np.random.default_rng(9)
    # Each radix that has a loop of its own, and one that has none.
    for length in (2, 3, 4, 5, 7, 8, 11, 13, 2 * 3 * 4 * 5, 7 * 8 * 11 * 2, 13 * 3 * 5):
        numbers = generator.standard_normal(length) + 1j * generator.standard_normal(length)
        places = np.arange(length)
        turns = np.exp(-2j * np.pi * (np.outer(places, places) % length) / length)
        for kind, tolerance in ((np.complex128, 1e-12), (np.complex64, 1e-4)):
            close = {"rtol": 0, "atol": tolerance}
            np.testing.assert_allclose(np.fft.fft(numbers.astype(kind)), turns @ numbers, **close)
            np.testing.assert_allclose(np.fft.ifft(numbers.astype(kind)) * length, turns.conj() @ numbers, **close)
            # Rows are transformed several at once.
            rows = np.fft.fft(np.stack([numbers] * 5).astype(kind))
            np.testing.assert_allclose(rows, np.stack([turns @ numbers] * 5), **close)


def test_random() -> None:
    generator = np.random.default_rng(12345)
    assert generator.random(3).tolist() == [0.22733602246716966, 0.31675833970975287, 0.7973654573327341]
    assert generator.integers(0, 1000, 5).tolist() == [642, 676, 988, 391, 839]
    normal = [-1.3677927017829434, 0.6488928021930399, 0.361058113054895]
    np.testing.assert_allclose(generator.standard_normal(3), normal, rtol=1e-15)
    assert generator.permutation(8).tolist() == [0, 4, 3, 5, 2, 6, 1, 7]
    counter = np.random.Generator(np.random.Philox(3))
    assert counter.integers(0, 2**32, 3, dtype=np.uint32).tolist() == [2822938822, 194532543, 1160386694]
    assert np.random.RandomState(7).randint(0, 100, 5).tolist() == [47, 68, 25, 67, 83]


def test_random_numbers_of_arrays() -> None:
    # More than a block, and few enough to leave the half of a number.
    known = {"PCG64": 2719351959, "PCG64DXSM": 2046977335, "SFC64": 633603079, "Philox": 3229685005}
    for name, digest in known.items():
        generator = np.random.Generator(getattr(np.random, name)(11))
        drawn = b""
        for count in (1, 1003):
            drawn += generator.random(count, dtype=np.float32).tobytes() + generator.random(count).tobytes()
            drawn += generator.integers(0, 1000, count, dtype=np.int32).tobytes()
            drawn += generator.integers(-5, 2**33, count, dtype=np.int64).tobytes()
            drawn += generator.integers(0, 3 * 2**30, count, dtype=np.uint32).tobytes()
            drawn += generator.permutation(np.arange(float(count))).tobytes()
        assert zlib.crc32(drawn) == digest, name
        one, many = np.random.Generator(type(generator.bit_generator)()), generator
        one.bit_generator.state = many.bit_generator.state
        for kind in (np.float32, np.float64):
            for method in ("standard_normal", "standard_exponential"):
                few = [getattr(one, method)(dtype=kind) for _ in range(2003)]
                assert getattr(many, method)(2003, dtype=kind).tolist() == few, (name, method)
        few = [one.normal(-3, 2.5) for _ in range(1003)] + [one.uniform(-7, 11) for _ in range(1003)]
        assert many.normal(-3, 2.5, 1003).tolist() + many.uniform(-7, 11, 1003).tolist() == few, name
        assert repr(one.bit_generator.state) == repr(many.bit_generator.state), name
        assert raises(ValueError, many.normal, 0, -1, 3)


def test_functions_of_somebody_else() -> None:
    # A generator that has only one function in common with NumPy's must not get the numbers of that one.
    mixed, other = np.random.PCG64(5), np.random.PCG64DXSM(5)
    other.state = {**mixed.state, "bit_generator": "PCG64DXSM"}
    pointers, others = ((ctypes.c_size_t * 5).from_address(bits.ctypes.bit_generator.value) for bits in (mixed, other))
    # Of state, next_uint64, next_uint32, next_double, next_raw.
    pointers[2:4] = others[2:4]
    assert np.random.Generator(mixed).random(1003).tolist() == np.random.Generator(other).random(1003).tolist()


def test_polynomial() -> None:
    np.testing.assert_allclose(np.polynomial.Polynomial([6, -5, 1]).roots(), [2, 3], rtol=1e-14)


test_ufuncs()
test_loops_agree_with_python()
test_halves_agree_with_python()
test_complex_functions_agree_with_python()
test_linalg()
test_blas_and_lapack_in_every_type()
test_nan_goes_through_products()
test_linalg_errors()
test_integer_errors()
test_half_errors()
test_comparing_nan_is_silent()
test_fft()
test_random()
test_random_numbers_of_arrays()
test_functions_of_somebody_else()
test_polynomial()
print(f"numpy {np.__version__}: ufuncs, linalg, fft, random and polynomial give the known values and errors")
