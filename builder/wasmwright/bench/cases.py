"""What the scripts of `guest/` measure, known before anything runs: names of cases without their sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.names import meant, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NUMPY = ("sgemm", "dgemm", "zgemm", "ddot", "dgemv", "dgemv transposed")
_NUMPY_LINALG = ("svd", "cholesky", "eig", "eigh", "solve", "inv", "qr")
_SCIPY = ("fft", "sparse solve", "eigsh", "minimise (BFGS)", "ODE (RK45)")
_BLAS = ("sgemm", "dgemm", "cgemm", "zgemm", "ddot", "dgemv", "dgemv transposed", "zgemv", "zgemv transposed")
_LAPACK = ("dpotrf", "dgetrf", "dgeqrf", "dsyevd", "dgeev", "dgesdd")

CASES: Mapping[str, Sequence[str]] = {"linalg": _NUMPY + _NUMPY_LINALG + _SCIPY, "blas": _BLAS + _LAPACK}


def fault(what: str, asked: Sequence[str]) -> str | None:
    """Why one of the beginnings `asked` for chooses no case of `what`, or None. A size that is not there passes."""
    known = CASES[what]
    for case in asked:
        if not any(name.startswith(case) or case.startswith(f"{name} ") for name in known):
            advice = meant(case, known, otherwise=f"the cases: {', '.join(known)}")
            return f"no case of {what} starts with {quoted(case)}; {advice}"
    return None
