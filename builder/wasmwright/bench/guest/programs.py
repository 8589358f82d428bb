"""Ten small programs as users of NumPy write them: whole arrays, no loop over elements. Run by path, as linalg.py.

    python programs.py SIZES REPEATS [CASE...]

They are of the kind that comparisons of compilers for NumPy measure: formulas of images, geography, statistics and
physics, each a dozen calls of NumPy on arrays that fit a processor's cache, or do not with `large`.
"""

import sys

import numpy as np
from timing import shortest, tell

# How many elements each has at most.
SIZES = {"small": 10_000, "medium": 100_000, "large": 1_000_000}
EARTH = 6371.0


def square(generator, size):
    """An image of about so many elements."""
    side = int(size**0.5)
    return generator.random((side, side))


def harris(image):
    """How much of a corner each point of an image is (Harris and Stephens, 1988)."""
    rows, columns = np.gradient(image)
    a, b, c = (smooth(product) for product in (rows * rows, columns * columns, rows * columns))
    return a * b - c * c - 0.05 * (a + b) ** 2


def smooth(image):
    """The mean of each point and its eight neighbours, without the border."""
    rows = image[:-2] + image[1:-1] + image[2:]
    return (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9


def rosen(x):
    """Rosenbrock's function of many variables."""
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def arc_distance(latitude, longitude, to_latitude, to_longitude):
    """Great circles between pairs of places in radians, in kilometres, by haversines."""
    half = np.sin((to_latitude - latitude) / 2) ** 2
    half += np.cos(latitude) * np.cos(to_latitude) * np.sin((to_longitude - longitude) / 2) ** 2
    return 2 * EARTH * np.arctan2(np.sqrt(half), np.sqrt(1 - half))


def allpairs(points, others):
    """Euclidean distances of all points to all others, through their products."""
    squares = np.sum(points**2, axis=1)[:, None] + np.sum(others**2, axis=1) - 2 * points @ others.T
    return np.sqrt(np.maximum(squares, 0))


def l2norm(vectors):
    """Vectors, one a row, brought to length one."""
    return vectors / np.sqrt(np.sum(np.abs(vectors) ** 2, axis=1))[:, None]


def log_likelihood(sample, mean, deviation):
    """Of a sample, if it were normal."""
    residuals = (sample - mean) / deviation
    return np.sum(-0.5 * residuals**2 - np.log(deviation * np.sqrt(2 * np.pi)))


def periodic_distance(points, others, lengths):
    """Distances of pairs in a box that repeats itself: to the nearest image of the other."""
    across = np.abs(points - others)
    across = np.where(across > lengths / 2, lengths - across, across)
    return np.sqrt(np.sum(across * across, axis=1))


def rbf(points, centres, weights):
    """A sum of Gaussian bells around centres, at each point."""
    squares = np.sum((points[:, None, :] - centres) ** 2, axis=2)
    return np.exp(-0.5 * squares) @ weights


def wave(now, before):
    """A step of the wave equation in a frame that does not move."""
    after = np.zeros_like(now)
    around = now[:-2, 1:-1] + now[2:, 1:-1] + now[1:-1, :-2] + now[1:-1, 2:]
    after[1:-1, 1:-1] = 2 * now[1:-1, 1:-1] - before[1:-1, 1:-1] + 0.25 * (around - 4 * now[1:-1, 1:-1])
    return after


def julia(plane):
    """After how many of twenty steps each point of the plane has left the circle of radius two."""
    steps = np.zeros(plane.shape, np.int32)
    z = plane.copy()
    for _ in range(20):
        inside = z.real**2 + z.imag**2 <= 4
        steps += inside
        z = np.where(inside, z * z + (-0.8 + 0.156j), z)
    return steps


def programs(size):
    """Name, function, and a function that draws arguments for it."""
    rng = np.random.default_rng(0)
    few = int(size**0.5)

    def angles():
        return rng.uniform(-1.5, 1.5, size)

    def plane():
        real, imaginary = np.meshgrid(np.linspace(-1.5, 1.5, few), np.linspace(-1, 1, few))
        return real + 1j * (imaginary + 0.01 * rng.random())

    yield "harris", harris, lambda: (square(rng, size),)
    yield "rosen", rosen, lambda: (rng.random(size),)
    yield "arc_distance", arc_distance, lambda: (angles(), angles(), angles(), angles())
    yield "allpairs", allpairs, lambda: (rng.random((few, 16)), rng.random((few, 16)))
    yield "l2norm", l2norm, lambda: (rng.random((size // 100, 100)),)
    yield "log_likelihood", log_likelihood, lambda: (rng.normal(size=size), 0.1, 1 + rng.random(size))
    box = np.array([1.0, 2.0, 3.0])
    yield "periodic_distance", periodic_distance, lambda: (*(box * rng.random((size // 3, 3)) for _ in "ab"), box)
    yield "rbf", rbf, lambda: (rng.random((size // 100, 3)), rng.random((100, 3)), rng.random(100))
    yield "wave", wave, lambda: (square(rng, size), square(rng, size))
    yield "julia", julia, lambda: (plane(),)


def main(sizes, repeats, *chosen):
    """Measure the programs whose names start with one of `chosen`; all without any."""
    for name, function, draw in programs(SIZES[sizes]):
        if not chosen or name.startswith(chosen):
            tell(name, shortest(function, [draw() for _ in range(2)], int(repeats)))


if __name__ == "__main__":
    main(*sys.argv[1:])
