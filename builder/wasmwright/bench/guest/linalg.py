"""What is measured: run by path, in WebAssembly and natively, with whatever numpy and SciPy are there.

    python linalg.py SIZES REPEATS [CASE...]

SIZES is `small`, `medium` or `large`. Each case writes one line of JSON when it is done: its name, the best of REPEATS
runs after one to warm up, in seconds, and the floating-point operations of a run where a count is customary.
"""

import sys

import numpy as np
from timing import measure

try:
    import scipy.fft
    import scipy.integrate
    import scipy.linalg
    import scipy.optimize
    import scipy.sparse
    import scipy.sparse.linalg
except ImportError:
    scipy = None

# n of the products; rows and columns of the singular values; n of the other factorisations.
SIZES = {
    "small": ((128, 256), (256, 128), 200),
    "medium": ((128, 256, 512, 1024), (512, 256), 512),
    # The factorisations' shapes are those of a talk of 2020 on Python in the browser.
    "large": ((128, 256, 512, 1024, 2048, 4096), (2048, 1024), 2048),
}
DTYPES = {"s": np.float32, "d": np.float64, "c": np.complex64, "z": np.complex128}
GRID = 100


def matrix(generator, shape, dtype):
    """A random matrix of `shape`, uniform in [-0.5, 0.5) in each part."""
    values = generator.random(shape) - 0.5
    if np.issubdtype(dtype, np.complexfloating):
        values = values + 1j * (generator.random(shape) - 0.5)
    return values.astype(dtype)


def products(generator, sizes):
    """Matrix products of three types."""
    for n in sizes:
        for letter in "sdz":
            a, b = (matrix(generator, (n, n), DTYPES[letter]) for _ in range(2))
            flops = (8 if letter == "z" else 2) * n**3
            yield f"{letter}gemm {n}", lambda a=a, b=b: a @ b, flops


def factorisations(generator, tall, n):
    """numpy.linalg."""
    a = matrix(generator, (n, n), np.float64)
    symmetric, right = a + a.T, a[:, 0].copy()
    positive = a @ a.T + n * np.eye(n)
    narrow = matrix(generator, tall, np.float64)
    rows, columns = tall
    yield f"svd {rows}x{columns}", lambda: np.linalg.svd(narrow, full_matrices=False), None
    yield f"cholesky {n}", lambda: np.linalg.cholesky(positive), n**3 / 3
    yield f"eig {n}", lambda: np.linalg.eig(a), None
    yield f"eigh {n}", lambda: np.linalg.eigh(symmetric), None
    yield f"solve {n}", lambda: np.linalg.solve(a, right), 2 * n**3 / 3
    yield f"inv {n}", lambda: np.linalg.inv(a), 2 * n**3
    yield f"qr {n}", lambda: np.linalg.qr(a), 4 * n**3 / 3


def vectors(generator):
    """Level 1 and 2, where memory counts."""
    x, y = (generator.random(524288) for _ in range(2))
    a = generator.random((1024, 1024))
    yield "ddot 524288", lambda: x @ y, 2 * 524288
    yield "dgemv 1024", lambda: a @ x[:1024], 2 * 1024**2
    yield "dgemv transposed 1024", lambda: a.T @ x[:1024], 2 * 1024**2


def science(generator):
    """SciPy beyond dense matrices."""
    signal = generator.random(1 << 18)
    line = scipy.sparse.diags_array([-1.0, 2.0, -1.0], offsets=(-1, 0, 1), shape=(GRID, GRID))
    laplacian = scipy.sparse.csc_array(
        scipy.sparse.kron(line, scipy.sparse.eye_array(GRID)) + scipy.sparse.kron(scipy.sparse.eye_array(GRID), line)
    )
    ones, start = np.ones(GRID * GRID), np.full(10, 1.3)
    yield "fft 262144", lambda: scipy.fft.fft(signal), None
    yield "sparse solve 10000", lambda: scipy.sparse.linalg.spsolve(laplacian, ones), None
    yield "eigsh 10000", lambda: scipy.sparse.linalg.eigsh(laplacian, k=4, v0=ones), None
    yield "minimise (BFGS)", lambda: scipy.optimize.minimize(scipy.optimize.rosen, start, method="BFGS"), None
    yield "ODE (RK45)", lambda: scipy.integrate.solve_ivp(_lotka_volterra, (0, 15), [10.0, 5.0], rtol=1e-6), None


def _lotka_volterra(_time, state):
    prey, predators = state
    return [1.5 * prey - prey * predators, prey * predators - 3 * predators]


def main(sizes, repeats, *chosen):
    """Measure the cases whose names start with one of `chosen`; all without any."""
    generator = np.random.default_rng(0)
    orders, tall, n = SIZES[sizes]
    groups = [products(generator, orders), vectors(generator), factorisations(generator, tall, n)]
    groups += [science(generator)] if scipy else []
    measure(groups, int(repeats), chosen)


if __name__ == "__main__":
    main(*sys.argv[1:])
