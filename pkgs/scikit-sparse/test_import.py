"""Orderings and decompositions of matrices whose eigenvalues, determinants and solutions are known."""

import numpy as np
from scipy import sparse
from sksparse import amd, btf, camd, ccolamd, cholmod, colamd, klu, spqr, umfpack

SIDE = 24
N = SIDE * SIDE
line = sparse.diags_array([-1.0, 2.0, -1.0], offsets=[-1, 0, 1], shape=(SIDE, SIDE))
square = (sparse.kron(line, sparse.eye_array(SIDE)) + sparse.kron(sparse.eye_array(SIDE), line)).tocsc()
parts = 2 - 2 * np.cos(np.arange(1, SIDE + 1) * np.pi / (SIDE + 1))
logdet = np.log(parts[:, None] + parts).sum()
x = 1.0 + np.arange(N) % 7
b = square @ x
# With the indices of the other half of SuiteSparse's functions.
wide = square.copy()
wide.indices, wide.indptr = wide.indices.astype(np.int64), wide.indptr.astype(np.int64)

# The example of AMD's manual, with the answer printed there.
columns, rows = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4], [0, 1, 0, 1, 2, 4, 1, 2, 3, 4, 2, 3, 1, 4]
small = sparse.csc_array((np.ones(14), (rows, columns)), shape=(5, 5))
assert amd.amd(small).tolist() == [0, 3, 2, 4, 1]
unordered = cholmod.cholesky(square, order=None).nnz
for order in (amd.amd, camd.camd, ccolamd.csymamd, colamd.symamd, cholmod.metis, cholmod.nesdis):
    p = order(square)
    p = p[0] if isinstance(p, tuple) else p
    assert sorted(p) == list(range(N)), order
    assert cholmod.cholesky(square[p][:, p].tocsc(), order=None).nnz < unordered / 1.5, order
for order in (ccolamd.ccolamd, colamd.colamd):
    assert sorted(order(square)) == list(range(N)), order

# The matrix of equation 2.1 in Davis's book, with the order that the project's own pages print for it.
columns, rows = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 7, 9], [5, 6, 2, 7, 9, 10, 5, 9, 7, 10, 8, 9, 10, 9, 10, 10]
davis = sparse.coo_array((np.ones(16), (rows, columns)), shape=(11, 11))
davis = (davis + davis.T + 11 * sparse.eye_array(11)).tocsc()
factor, p = cholmod.cholesky(davis, order="amd", lower=True)
assert (factor.nnz, p.tolist()) == (30, [4, 8, 6, 0, 3, 5, 1, 2, 9, 10, 7])
np.testing.assert_allclose((factor @ factor.T).toarray(), davis.toarray()[p][:, p], atol=1e-14)

# A cycle of three and what hangs on it: two blocks.
hanging = sparse.csc_array((np.ones(8), ([0, 1, 1, 2, 0, 2, 0, 3], [0, 0, 1, 1, 2, 2, 3, 3])), shape=(4, 4))
p, q, r = btf.btf(hanging)
assert np.abs(hanging.toarray()[p][:, q]).diagonal().all()
assert r[:3].tolist() == [0, 3, 4]

for mode in ("simplicial", "supernodal"):
    factor = cholmod.CholeskyFactor(square, supernodal_mode=mode)
    # It is no longer one once its values are there.
    assert factor.is_super == (mode == "supernodal")
    factor.factorize(square)
    np.testing.assert_allclose(factor.solve(b), x, rtol=1e-11)
    np.testing.assert_allclose(factor.logdet(), logdet, rtol=1e-13)
lower, diagonal = cholmod.ldl(sparse.csc_array(line), order=None)
np.testing.assert_allclose(diagonal.diagonal(), (np.arange(SIDE) + 2) / (np.arange(SIDE) + 1), rtol=1e-13)
np.testing.assert_allclose((lower @ diagonal @ lower.T).toarray(), line.toarray(), atol=1e-14)
shifted = cholmod.ldl_factor(square)
more = sparse.csc_array(([2.0], ([5], [0])), shape=(N, 1))
np.testing.assert_allclose(shifted.update(more).solve(b + 4 * x[5] * (np.arange(N) == 5)), x, rtol=1e-11)
try:
    cholmod.cholesky(-square)
except cholmod.CholmodNotPositiveDefiniteError:
    pass
else:
    raise AssertionError

wide_factor = cholmod.cho_factor(wide)
assert (wide_factor.itype, factor.itype) == (np.int64, np.int32)
np.testing.assert_allclose(wide_factor.solve(b), x, rtol=1e-11)
for matrix in (square, wide, square.astype(complex) * (3 + 4j), wide.astype(complex) * (3 + 4j)):
    right = matrix @ x
    np.testing.assert_allclose(umfpack.umf_solve(matrix, right), x, rtol=1e-11)
    np.testing.assert_allclose(klu.klu_solve(matrix, right), x, rtol=1e-11)
    np.testing.assert_allclose(spqr.spqr_solve(matrix, right), x, rtol=1e-11)
sign, logarithm = umfpack.umf_factor(square).slogdet()
assert sign == 1
np.testing.assert_allclose(logarithm, logdet, rtol=1e-13)
L, U, p, q, r = umfpack.umf_factor(small + sparse.diags_array(np.arange(2.0, 7.0)))
scaled = r[:, None] * (small.toarray() + np.diag(np.arange(2.0, 7.0)))
np.testing.assert_allclose((L @ U).toarray(), scaled[p][:, q], atol=1e-14)

# The line through four points that is nearest to them; and one of rank 1.
times = sparse.csc_array(np.column_stack([np.ones(4), np.arange(4.0)]))
np.testing.assert_allclose(spqr.spqr_solve(times, np.array([1.0, 3.0, 5.0, 8.0])), [0.8, 2.3], rtol=1e-13)
assert spqr.spqr_factor(sparse.csc_array(np.outer([1.0, 2.0, 3.0, 4.0], [1.0, 2.0]))).rank == 1
print("scikit-sparse: orderings, Cholesky, LU, QR")
