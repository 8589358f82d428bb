"""A known number or two from each part of SciPy; those that are no plain mathematics come from native SciPy 1.18.1."""

import io
import math
import warnings

import numpy as np
from scipy import (
    constants,
    fft,
    integrate,
    interpolate,
    linalg,
    ndimage,
    optimize,
    signal,
    sparse,
    spatial,
    special,
    stats,
)
from scipy import io as scipy_io
from scipy.cluster import hierarchy, vq
from scipy.sparse import csgraph
from scipy.sparse import linalg as sparse_linalg

near = np.testing.assert_allclose
a = np.array([[4.0, 1.0, 2.0], [1.0, 3.0, 0.0], [2.0, 0.0, 5.0]])
t = np.linspace(0, 1, 11)
square = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0], [2.0, 2.0], [1.0, 1.0]])
chain = sparse.diags_array([-1.0, 2.0, -1.0], offsets=(-1, 0, 1), shape=(50, 50)).tocsc()

# LAPACK, through f2py and through Cython, in all four types.
for kind in (np.float32, np.float64, np.complex64, np.complex128):
    close = 2e-4 if np.finfo(kind).eps > 1e-10 else 1e-10
    for driver in ("ev", "evd", "evr", "evx"):
        values = linalg.eigh(a.astype(kind), eigvals_only=True, driver=driver)
        near(values, [1.854897308799576, 3.4760236029181333, 6.669079088282287], rtol=close)
    near(linalg.inv(a.astype(kind)) @ a, np.eye(3), atol=close)
    near(linalg.lu_factor(a.astype(kind))[0][2], [0.5, -0.18181818181818182, 3.909090909090909], rtol=close)
    u, s, v = linalg.svd(a.astype(kind))
    near(u * s @ v, a, atol=10 * close)
near(linalg.expm(a / 4)[0], [3.1784378358555023, 0.636506381671863, 1.6238201736405622])
turned, _, count = linalg.schur([[0.0, 2.0], [-2.0, 1.0]], output="complex", sort=lambda value: value.imag > 0)
near(np.diag(turned), [0.5 + 1.936491673103708j, 0.5 - 1.936491673103708j])
assert count == 1
near(linalg.solve_sylvester(a, a, np.eye(3))[0], [0.17441860465116296, -0.058139534883721124, -0.06976744186046524])

# Fortran and C solvers that call back into Python.
near(integrate.quad(lambda x: np.exp(-x * x), 0, np.inf)[0], math.sqrt(math.pi) / 2)
near(integrate.odeint(lambda y, _t: -y, 1.0, [0, 1])[-1, 0], math.exp(-1), rtol=1e-6)
near(integrate.solve_ivp(lambda _t, y: -y, (0, 1), [1.0], method="LSODA", rtol=1e-8).y[0, -1], math.exp(-1), rtol=1e-6)
near(interpolate.CubicSpline(t, np.sin(t))(0.55), math.sin(0.55), rtol=1e-5)
near(interpolate.splev(0.55, interpolate.splrep(t, np.cos(t))), 0.8525243046999063)
for method in ("BFGS", "L-BFGS-B", "SLSQP", "TNC", "trust-krylov", "COBYQA"):
    derivatives = {"jac": optimize.rosen_der, "hess": optimize.rosen_hess} if method == "trust-krylov" else {}
    near(optimize.minimize(optimize.rosen, [1.3, 0.7], method=method, **derivatives).x, [1, 1], rtol=1e-2)
near(optimize.linprog([-1, -2], A_ub=[[1, 1], [1, 3]], b_ub=[4, 6]).x, [3.0, 1.0])
near(optimize.nnls(a, np.array([1.0, 2.0, 3.0]))[0], [0.0, 0.5909090909090909, 0.5454545454545453], atol=1e-12)
near(optimize.root(lambda x: np.cos(x) - x, 0.5).x, 0.7390851332151607)
near(optimize.least_squares(lambda p: p[0] * np.exp(-p[1] * t) - 2 * np.exp(-3 * t), [1, 1]).x, [2, 3], rtol=1e-6)

# Sparse: SuperLU, ARPACK, graphs.
near(sparse_linalg.splu(chain).solve(np.ones(50))[24], 325.0)
near(sparse_linalg.eigsh(chain, k=2, v0=np.ones(50))[0], [3.984841019343868, 3.996206657474083])
near(sparse_linalg.eigsh(chain, k=1, sigma=0, v0=np.ones(50))[0], [0.003793342525911872])
singular = sparse_linalg.svds(
    chain, k=2, solver="propack", v0=np.arange(50.0), maxiter=50, return_singular_vectors=False
)
near(np.sort(singular), [3.984841019343868, 3.996206657474083])
near(csgraph.dijkstra(sparse.csr_array(a), indices=1), [1.0, 0.0, 3.0])
file = io.BytesIO()
scipy_io.mmwrite(file, chain)
file.seek(0)
near(scipy_io.mmread(file, spmatrix=False).toarray(), chain.toarray())

# Signals, images, geometry.
near(fft.fft([1.0, 2.0, 3.0, 4.0])[1], -2 + 2j)
near(fft.idct(fft.dct([1.0, 2.0, 3.0, 4.0])), [1.0, 2.0, 3.0, 4.0])
near(signal.butter(2, 0.3)[0], [0.1311064399166259, 0.2622128798332518, 0.1311064399166259], rtol=1e-9)
assert ndimage.label(np.array([1, 1, 0, 1]))[1] == 2
near(ndimage.gaussian_filter(np.ones((5, 5)), 1.0), 1.0)
assert spatial.ConvexHull(square).volume == 4.0
assert spatial.Delaunay(square).simplices.shape == (4, 3)
near(spatial.cKDTree(square).query([1.5, 1.6])[0], math.hypot(0.5, 0.4))

# Functions and statistics.
near(special.gamma(4.5), 11.63172839656745)
near(special.jv(1.5, 2.0), math.sqrt(1 / math.pi) * (math.sin(2) / 2 - math.cos(2)))
near(special.hyp2f1(1, 1, 2, 0.5), 2 * math.log(2))
near(special.erf(special.erfinv(0.3)), 0.3)
near(stats.norm.ppf(0.975), 1.959963984540054)
near(stats.qmc.Halton(2, scramble=False).random(3)[2], [0.25, 2 / 3])
near(np.sort(vq.kmeans(np.array([[1.0], [1.2], [8.0], [8.4]]), np.array([[1.0], [8.0]]))[0].ravel()), [1.1, 8.2])
near(hierarchy.linkage([[0.0], [1.0], [5.0]])[1], [2.0, 3.0, 4.0, 3.0])
assert constants.c == 299792458.0

# Fortran 77, deprecated, and still there.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from scipy import odr

    line = odr.Model(lambda beta, x: beta[0] * x + beta[1])
    near(odr.ODR(odr.Data(t, 2 * t + 1), line, beta0=[1.0, 0.0]).run().beta, [2.0, 1.0])
