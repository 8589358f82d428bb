"""Routines of BLAS and LAPACK, called in the library itself: no NumPy in between.

    python blas.py SIZES REPEATS [CASE...]

The library is our wheel of OpenBLAS, or the one in NumPy's wheel, whichever is installed. See linalg.py for the rest.
"""

import ctypes
import sys
from ctypes import byref
from pathlib import Path

from timing import measure

# n of the products; n of the factorisations; rows and columns of the singular values.
SIZES = {
    "small": ((128, 256), 200, (256, 128)),
    "medium": ((128, 256, 512, 1024), 512, (512, 256)),
    "large": ((128, 256, 512, 1024, 2048, 4096), 2048, (2048, 1024)),
}
# Where libraries lie below a folder of packages, what a routine is called there, and the type of its integers.
LIBRARIES = (
    ("openblas.libs/libopenblas.so", "{}_", ctypes.c_int32),
    ("numpy.libs/libscipy_openblas64_*.so", "scipy_{}_64_", ctypes.c_int64),
)
ELEMENTS = {
    "s": (ctypes.c_float, 1),
    "d": (ctypes.c_double, 1),
    "c": (ctypes.c_float, 2),
    "z": (ctypes.c_double, 2),
}


class Library:
    """The routines of a library, with arguments as Fortran passes them."""

    def __init__(self):
        found = [
            (path, name, integer)
            for folder in sys.path
            for pattern, name, integer in LIBRARIES
            for path in Path(folder).glob(pattern)
        ]
        path, self.name, self.integer = found[0]
        self.handle = ctypes.CDLL(str(path))

    def call(self, routine, *arguments, result=None):
        """A function without parameters that calls `routine` with letters, integers and arrays."""
        function = getattr(self.handle, self.name.format(routine))
        function.restype = result
        held = [self.argument(value) for value in arguments]
        references = [value if isinstance(value, ctypes.Array) else byref(value) for value in held]
        if self.integer is ctypes.c_int64:  # a Fortran library for that machine takes lengths of letters, too
            references += [ctypes.c_size_t(1) for value in arguments if isinstance(value, str)]

        def called():
            function(*references)
            return held

        return called

    def argument(self, value):
        """A letter or an integer as a C object; arrays stay."""
        if isinstance(value, str):
            return ctypes.c_char(value.encode())
        return self.integer(value) if isinstance(value, int) else value

    def integers(self, count):
        """Room for integers."""
        return (self.integer * count)()

    def random(self, letter, count):
        """`count` elements, uniform between -1 and 1 in each part, as LAPACK's own generator makes them."""
        values = room(letter, count)
        seed = self.integers(4)
        seed[:] = (0, 1, 2, 3)
        self.call(f"{letter}larnv", 2, seed, count, values)()
        return values


def room(letter, count):
    """An array of `count` elements of a type of BLAS, all zero."""
    kind, parts = ELEMENTS[letter]
    return (kind * (parts * count))()


def scalar(letter, value):
    """A number of a type of BLAS."""
    array = room(letter, 1)
    array[0] = value
    return array


def products(library, sizes):
    """Matrix times matrix."""
    for n in sizes:
        for letter in "sdcz":
            a, b, c = library.random(letter, n * n), library.random(letter, n * n), room(letter, n * n)
            one, zero = scalar(letter, 1), scalar(letter, 0)
            flops = (8 if letter in "cz" else 2) * n**3
            yield (
                f"{letter}gemm {n}",
                library.call(f"{letter}gemm", "N", "N", n, n, n, one, a, n, b, n, zero, c, n),
                flops,
            )


def vectors(library, n=1024, length=524288):
    """Levels 1 and 2, where memory counts."""
    x, y = library.random("d", length), library.random("d", length)
    yield f"ddot {length}", library.call("ddot", length, x, 1, y, 1, result=ctypes.c_double), 2 * length
    for letter in "dz":
        a, x, y = library.random(letter, n * n), library.random(letter, n), room(letter, n)
        one, zero, flops = scalar(letter, 1), scalar(letter, 0), (8 if letter == "z" else 2) * n**2
        yield f"{letter}gemv {n}", library.call(f"{letter}gemv", "N", n, n, one, a, n, x, 1, zero, y, 1), flops
        transposed = library.call(f"{letter}gemv", "T", n, n, one, a, n, x, 1, zero, y, 1)
        yield f"{letter}gemv transposed {n}", transposed, flops


def restored(source, work, called):
    """A function that copies `source` to `work`, which a routine of LAPACK destroys, and calls that."""
    size = ctypes.sizeof(source)

    def action():
        ctypes.memmove(work, source, size)
        *_, info = called()
        if info.value != 0:
            raise ArithmeticError

    return action


def factorisations(library, n, tall):
    """LAPACK in double precision; copying the matrix is part of the time."""
    a, work = library.random("d", n * n), room("d", n * n)
    positive = room("d", n * n)
    one, zero = scalar("d", 1), scalar("d", 0)
    library.call("dgemm", "N", "T", n, n, n, one, a, n, a, n, zero, positive, n)()
    for i in range(n):
        positive[i * n + i] += n
    info, pivots, space = 0, library.integers(n), 64 * n + 4 * n * n
    rest, values, more = room("d", space), room("d", n), room("d", n)
    left, right = room("d", n * n), room("d", n * n)
    yield f"dpotrf {n}", restored(positive, work, library.call("dpotrf", "L", n, work, n, info)), n**3 / 3
    yield f"dgetrf {n}", restored(a, work, library.call("dgetrf", n, n, work, n, pivots, info)), 2 * n**3 / 3
    yield (
        f"dgeqrf {n}",
        restored(a, work, library.call("dgeqrf", n, n, work, n, values, rest, space, info)),
        4 * n**3 / 3,
    )
    symmetric = library.call("dsyevd", "V", "L", n, work, n, values, rest, space, library.integers(6 * n), 6 * n, info)
    yield f"dsyevd {n}", restored(positive, work, symmetric), None
    general = library.call("dgeev", "N", "V", n, work, n, values, more, left, n, right, n, rest, space, info)
    yield f"dgeev {n}", restored(a, work, general), None
    rows, columns = tall
    space = 8 * columns * columns + 64 * (rows + columns)
    rest, indices = room("d", space), library.integers(8 * columns)
    narrow, work = library.random("d", rows * columns), room("d", rows * columns)
    left, right = room("d", rows * columns), room("d", columns * columns)
    singular = library.call(
        "dgesdd", "S", rows, columns, work, rows, values, left, rows, right, columns, rest, space, indices, info
    )
    yield f"dgesdd {rows}x{columns}", restored(narrow, work, singular), None


def main(sizes, repeats, *chosen):
    """Measure the cases whose names start with one of `chosen`; all without any."""
    library = Library()
    orders, n, tall = SIZES[sizes]
    groups = [products(library, orders), vectors(library), factorisations(library, n, tall)]
    measure(groups, int(repeats), chosen)


if __name__ == "__main__":
    main(*sys.argv[1:])
