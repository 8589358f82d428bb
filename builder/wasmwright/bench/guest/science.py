"""SciPy's own loops, those that are no matrix product: run by path, as linalg.py.

    python science.py SIZES REPEATS [CASE...]

A case is called after its module and its function; a module's cases have a mean of their own.
"""

import sys

import numpy as np
import scipy
from timing import shortest, tell

# Points of a signal, rows and columns of an image, and rows of a table of points.
SIZES = {"small": (10_000, 128, 500), "medium": (100_000, 512, 2000), "large": (1_000_000, 2048, 8000)}
DIMENSIONS = 8
DENSITY = 0.002


def images(generator, side):
    """scipy.ndimage."""
    image = generator.random((side, side))
    single, spots = image.astype(np.float32), image > 0.7
    kernel = generator.random((5, 5))
    ndimage = scipy.ndimage
    yield "ndimage gaussian_filter", lambda: ndimage.gaussian_filter(image, 2.0)
    yield "ndimage gaussian_filter f4", lambda: ndimage.gaussian_filter(single, 2.0)
    yield "ndimage uniform_filter", lambda: ndimage.uniform_filter(image, 7)
    yield "ndimage correlate", lambda: ndimage.correlate(image, kernel)
    yield "ndimage sobel", lambda: ndimage.sobel(image)
    yield "ndimage median_filter", lambda: ndimage.median_filter(image, 3)
    yield "ndimage maximum_filter", lambda: ndimage.maximum_filter(image, 7)
    yield "ndimage spline_filter", lambda: ndimage.spline_filter(image)
    yield "ndimage rotate linear", lambda: ndimage.rotate(image, 30, reshape=False, order=1)
    yield "ndimage rotate cubic", lambda: ndimage.rotate(image, 30, reshape=False)
    yield "ndimage zoom", lambda: ndimage.zoom(image, 1.5, order=1)
    yield "ndimage label", lambda: ndimage.label(spots)
    yield "ndimage binary_erosion", lambda: ndimage.binary_erosion(spots)
    yield "ndimage distance_transform_edt", lambda: ndimage.distance_transform_edt(spots)


def signals(generator, size, side):
    """scipy.signal."""
    line, image, kernel = generator.random(size), generator.random((side, side)), generator.random((7, 7))
    signal = scipy.signal
    b, a = signal.butter(4, 0.2)
    taps, single = signal.firwin(31, 0.2), line.astype(np.float32)
    sections = signal.butter(8, 0.2, output="sos")
    channels = generator.random((16, size // 16))
    yield "signal lfilter", lambda: signal.lfilter(b, a, line)
    yield "signal lfilter fir", lambda: signal.lfilter(taps, 1.0, line)
    yield "signal lfilter f4", lambda: signal.lfilter(*_single(b, a), single)
    yield "signal sosfilt", lambda: signal.sosfilt(sections, channels)
    yield "signal resample_poly", lambda: signal.resample_poly(line, 3, 2)
    yield "signal convolve2d", lambda: signal.convolve2d(image, kernel, mode="same")
    yield "signal correlate direct", lambda: signal.correlate(line, line[:64], method="direct")
    yield "signal medfilt2d", lambda: signal.medfilt2d(image, 3)
    yield "signal find_peaks", lambda: signal.find_peaks(line, distance=10)
    yield "signal cspline2d", lambda: signal.cspline2d(image)


def _single(*coefficients):
    return [values.astype(np.float32) for values in coefficients]


def places(generator, rows):
    """scipy.spatial and scipy.cluster."""
    points, others = generator.random((2, rows, DIMENSIONS))
    flat = generator.random((10 * rows, 3))
    tree = scipy.spatial.KDTree(flat)
    for word in ("euclidean", "sqeuclidean", "cityblock", "chebyshev", "cosine", "hamming", "jensenshannon"):
        yield f"spatial cdist {word}", lambda metric=word: scipy.spatial.distance.cdist(points, others, metric)
    yield "spatial pdist", lambda: scipy.spatial.distance.pdist(points)
    yield "spatial KDTree", lambda: scipy.spatial.KDTree(flat)
    yield "spatial KDTree query", lambda: tree.query(flat[:rows], 5)
    yield "spatial KDTree query_ball_point", lambda: tree.query_ball_point(flat[:rows], 0.1, return_length=True)
    yield "spatial KDTree count_neighbors", lambda: tree.count_neighbors(tree, 0.05)
    yield "cluster vq", lambda: scipy.cluster.vq.vq(points, others[:50])
    yield "cluster linkage", lambda half=points[: rows // 2]: scipy.cluster.hierarchy.linkage(half, "average")


def functions(generator, size):
    """scipy.special's loops."""
    x, y = 10 * generator.random(size) + 0.1, generator.random(size)
    single = x.astype(np.float32)
    special = scipy.special
    for word in ("gamma", "gammaln", "digamma", "erf", "ndtr", "expit", "log_ndtr", "j0", "ellipk", "xlogy", "betainc"):
        function = getattr(special, word)
        arguments = {"ellipk": (y,), "xlogy": (x, y), "betainc": (x, x[::-1].copy(), y)}.get(word, (x,))
        yield f"special {word}", lambda function=function, arguments=arguments: function(*arguments)
    yield "special expit f4", lambda: special.expit(single)
    yield "special jv", lambda few=x[: size // 10]: special.jv(2.5, few)


def transforms(generator, size, side):
    """scipy.fft."""
    line, image = generator.random(size), generator.random((side, side))
    single, single_image = line.astype(np.float32), image.astype(np.float32)
    fft = scipy.fft
    yield "fft fft", lambda: fft.fft(line)
    yield "fft rfft f4", lambda: fft.rfft(single)
    yield "fft dct", lambda: fft.dct(line)
    yield "fft rows", lambda: fft.fft(image)
    yield "fft fft2", lambda: fft.fft2(image)
    yield "fft rfft2 f4", lambda: fft.rfft2(single_image)
    yield "fft dctn", lambda: fft.dctn(image)


def sparse(generator, rows):
    """scipy.sparse's loops."""
    wide = 5 * rows
    table = scipy.sparse.random_array((wide, wide), density=DENSITY, format="csr", rng=generator)
    vector, block = generator.random(wide), generator.random((wide, 16))
    yield "sparse csr @ vector", lambda: table @ vector
    yield "sparse csr @ block", lambda: table @ block
    yield "sparse csr @ csr", lambda small=table[:rows]: small @ table
    yield "sparse csr + csr", lambda: table + table.T.tocsr()
    yield "sparse tocsc", table.tocsc
    yield "sparse toarray", lambda small=table[: rows // 4]: small.toarray()
    yield "sparse dijkstra", lambda: scipy.sparse.csgraph.dijkstra(table, indices=range(4))


def interpolations(generator, size, side):
    """scipy.interpolate."""
    x = np.linspace(0, 1, size // 10)
    new = generator.random(size)
    image = generator.random((side, side))
    interpolate = scipy.interpolate
    grid = interpolate.RegularGridInterpolator((np.arange(side), np.arange(side)), image)
    spline, cubic = interpolate.make_interp_spline(x, np.sin(9 * x)), interpolate.CubicSpline(x, np.sin(9 * x))
    at = (side - 1) * generator.random((size, 2))
    scattered = interpolate.RBFInterpolator(at[:500], new[:500])
    yield "interpolate RegularGridInterpolator", lambda: grid(at)
    yield "interpolate make_interp_spline", lambda: interpolate.make_interp_spline(x, x)
    yield "interpolate BSpline", lambda: spline(new)
    yield "interpolate CubicSpline", lambda: cubic(new)
    yield "interpolate RBFInterpolator", lambda few=at[: size // 100]: scattered(few)


def main(sizes, repeats, *chosen):
    """Measure the cases whose names start with one of `chosen`; all without any."""
    generator = np.random.default_rng(0)
    size, side, rows = SIZES[sizes]
    groups = (
        images(generator, side),
        signals(generator, size, side),
        places(generator, rows),
        functions(generator, size),
        transforms(generator, size, side),
        sparse(generator, rows),
        interpolations(generator, size, side),
    )
    for group in groups:
        for name, action in group:
            if not chosen or name.startswith(chosen):
                tell(name, shortest(action, [()], int(repeats)))


if __name__ == "__main__":
    main(*sys.argv[1:])
