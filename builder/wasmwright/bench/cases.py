"""What the scripts of `guest/` measure, known before anything runs: names of cases without their sizes, and classes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.names import first_few, meant, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GUEST = Path(__file__).with_name("guest")
SIZES = ("small", "medium", "large")

_NUMPY = ("sgemm", "dgemm", "zgemm", "ddot", "dgemv", "dgemv transposed")
_NUMPY_LINALG = ("svd", "cholesky", "eig", "eigh", "solve", "inv", "qr")
_SCIPY = ("fft", "sparse solve", "eigsh", "minimise (BFGS)", "ODE (RK45)")
_BLAS = ("sgemm", "dgemm", "cgemm", "zgemm", "ddot", "dgemv", "dgemv transposed", "zgemv", "zgemv transposed")
_LAPACK = ("dpotrf", "dgetrf", "dgeqrf", "dsyevd", "dgeev", "dgesdd")
_IMAGES_AND_STATISTICS = ("harris", "rosen", "arc_distance", "allpairs", "l2norm", "log_likelihood")
_PHYSICS = ("periodic_distance", "rbf", "wave", "julia")
_MODELS = (
    "LogisticRegression",
    "RandomForestClassifier",
    "HistGradientBoosting",
    "KMeans",
    "SVC",
    "KNeighbors predict",
)
_SCIENCE = {
    "ndimage": (
        *("gaussian_filter", "gaussian_filter f4", "uniform_filter", "correlate", "sobel", "median_filter"),
        *("maximum_filter", "spline_filter", "rotate linear", "rotate cubic", "zoom", "label", "binary_erosion"),
        "distance_transform_edt",
    ),
    "signal": (
        *("lfilter", "lfilter fir", "lfilter f4", "sosfilt", "resample_poly", "convolve2d", "correlate direct"),
        *("medfilt2d", "find_peaks", "cspline2d"),
    ),
    "spatial": (
        *("cdist euclidean", "cdist sqeuclidean", "cdist cityblock", "cdist chebyshev", "cdist cosine"),
        *("cdist hamming", "cdist jensenshannon", "pdist", "KDTree", "KDTree query", "KDTree query_ball_point"),
        "KDTree count_neighbors",
    ),
    "cluster": ("vq", "linkage"),
    "special": (
        *("gamma", "gammaln", "digamma", "erf", "ndtr", "expit", "expit f4", "log_ndtr", "j0", "jv", "ellipk"),
        *("xlogy", "betainc"),
    ),
    "fft": ("fft", "rfft f4", "dct", "rows", "fft2", "rfft2 f4", "dctn"),
    "sparse": ("csr @ vector", "csr @ block", "csr @ csr", "csr + csr", "tocsc", "toarray", "dijkstra"),
    "interpolate": ("RegularGridInterpolator", "make_interp_spline", "BSpline", "CubicSpline", "RBFInterpolator"),
}

_NAMES: Mapping[str, Sequence[str]] = {
    "linalg": _NUMPY + _NUMPY_LINALG + _SCIPY,
    "blas": _BLAS + _LAPACK,
    "programs": _IMAGES_AND_STATISTICS + _PHYSICS,
    "models": _MODELS,
    "science": tuple(f"{module} {case}" for module, cases in _SCIENCE.items() for case in cases),
}
# Larger complex arrays do not fit into the memory of a runtime three at a time.
LONGEST = 1 << 22
_LISTED = 30


@cache
def loops() -> Mapping[str, str]:
    """The class of each of NumPy's loops, as the list that the script reads too has it."""
    classes = tomllib.loads((GUEST / "loops.toml").read_text(encoding="utf-8"))
    return {
        f"{operation} {kind}": name
        for name, operations in classes.items()
        for operation, kinds in operations.items()
        for kind in kinds.split()
    }


def cases(what: str) -> Sequence[str]:
    """The names of all that is measured for `what`."""
    return tuple(loops()) if what == "loops" else _NAMES[what]


def classes(what: str) -> Sequence[str]:
    """What the cases are sorted into, if they are; a choice may name a class, too."""
    return tuple(dict.fromkeys(loops().values())) if what == "loops" else ()


def groups(what: str, case: str) -> tuple[str, ...]:
    """What a measured case counts for, the smallest first, each with a mean: its class, and all of its length."""
    if what in ("programs", "models"):
        return ("all",)
    if what == "science":
        return case.partition(" ")[0], "all"
    if what != "loops":
        return ()
    name, _, length = case.rpartition(" ")
    return f"{loops()[name]} {length}", f"all {length}"


def fault(what: str, asked: Sequence[str]) -> str | None:
    """Why one of the beginnings `asked` for chooses no case of `what`, or None. A size that is not there passes."""
    known, kinds = cases(what), classes(what)
    for case in asked:
        chooses = any(name.startswith(case) or case.startswith(f"{name} ") for name in known)
        if not chooses and not any(kind.startswith(case) for kind in kinds):
            told = f"the classes: {', '.join(kinds)}" if kinds else f"the cases: {first_few(known, _LISTED)}"
            advice = meant(case, (*known, *kinds), otherwise=told)
            return f"no case of {what} starts with {quoted(case)}; {advice}"
    return None


def size_fault(what: str, sizes: str) -> str | None:
    """Why `sizes` says none that `what` has, or None. Only of loops any length can be measured."""
    if sizes in SIZES:
        return None
    if what != "loops":
        return f"{quoted(sizes)} is none of {', '.join(SIZES)}"
    words = sizes.split(",")
    if all(word.isascii() and word.isdecimal() and 1 <= int(word[:9]) <= LONGEST for word in words):
        return None
    return (
        f"{quoted(sizes)} is none of {', '.join(SIZES)}, and no list of lengths from 1 to {LONGEST}, as `1000,100000`"
    )
