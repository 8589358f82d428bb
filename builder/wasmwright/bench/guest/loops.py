"""NumPy's own loops, one at a time: run by path, in WebAssembly and natively.

    python loops.py SIZES REPEATS [CASE...]

SIZES is `small`, `medium`, `large`, or lengths such as `1000,100000`. CASE is the beginning of a case's name, or of a
class's in loops.toml. Each case writes one line of JSON.
"""

import operator
import sys
import tomllib
from functools import partial
from math import isqrt
from pathlib import Path

import numpy as np
from timing import progress, shortest, tell

SIZES = {
    "small": (1000,),
    "medium": (1000, 100_000, 524_288),
    "large": (1000, 100_000, 524_288, 4_194_304),
}
CLASSES = tomllib.loads(Path(__file__).with_name("loops.toml").read_text(encoding="utf-8"))
# What takes the same time whatever the numbers are. All others get fresh ones at each call: a processor learns a few
# thousand branches by heart, and would run a sort of the same thousand numbers in a third of its time.
STEADY = {
    *("add", "add scalar", "subtract", "multiply", "multiply scalar", "divide", "negative", "square", "reciprocal"),
    *("bitwise_and", "left_shift", "conjugate", "sum", "sum rows", "sum columns", "mean", "std", "prod"),
    *("take", "index", "set index", "cumsum", "cumprod", "fft", "fft rows", "fft2", "rfft"),
}
# Of these the same operation has branches: infinities, and which part is greater.
BRANCHING_TYPES = {"f2", "c8", "c16"}
FRESH, MOST_SETS = 65_536, 64
POSITIVE = {"sqrt", "reciprocal", "log", "log2", "log1p"}
SCALAR = {"f": 1.5, "u": 7, "i": 7}


class Numbers:
    """Random arrays of one length."""

    def __init__(self, length):
        self.generator = np.random.default_rng(0)
        self.length = length

    def between(self, kind, low, high):
        """Uniform numbers; complex ones in both parts, and booleans whatever the range is."""
        if kind == "b":
            return self.generator.random(self.length) < 0.5
        if kind[0] in "iu":
            return self.generator.integers(low, high, self.length).astype(kind)
        values = self.generator.uniform(low, high, self.length)
        if kind[0] == "c":
            values = values + 1j * self.generator.uniform(low, high, self.length)
        return values.astype(kind)

    def positive(self, kind):
        """Numbers to divide by or to take the logarithm of, small enough for products of all types."""
        return self.between(kind, 1, 10) if kind[0] in "iu" else self.between(kind, 0.1, 10)

    def signed(self, kind):
        """Numbers around nought, as far as the type has them."""
        return self.between(kind, 0 if kind[0] == "u" else -10, 10)

    def spread(self, kind):
        """Numbers over the range of the type: hardly two are equal, if it is large enough."""
        if kind[0] in "iu":
            limits = np.iinfo(kind)
            return self.generator.integers(limits.min, limits.max, self.length, dtype=kind)
        return self.generator.standard_normal(self.length).astype(kind)

    def counted(self, kind):
        """Numbers as many as there are places; of whole ones a third is missing, and others stand twice."""
        return self.between(kind, 0, self.length) if kind[0] in "iu" else self.spread(kind)

    def sparse(self, kind):
        """Numbers of which each second is nought, at random."""
        return self.signed(kind) * self.between("b", 0, 1).astype(kind)

    def near_one(self, kind):
        """Factors whose product neither grows nor vanishes."""
        return self.between(kind, 1, 2) if kind[0] in "iu" else self.between(kind, 0.99, 1.01)

    def places(self):
        """Indices in random order."""
        return self.generator.integers(0, self.length, self.length)

    def flat_shape(self):
        """Rows and columns, as near to a square as the length allows."""
        rows = next(rows for rows in range(isqrt(self.length), 0, -1) if self.length % rows == 0)
        return rows, self.length // rows


def into(function, *inputs):
    """The same arguments, and an array for what comes out."""
    return *inputs, np.empty_like(function(*inputs))


def elementwise(function, draw):
    """A case whose function writes into an array that is there already; `draw` gives its other arguments."""

    def make(numbers, count):
        drawn = [draw(numbers) for _ in range(count)]
        *_, room = into(function, *drawn[0])
        return function, [(*inputs, room) for inputs in drawn]

    return make


def plain(function, draw):
    """A case whose function makes what it returns."""
    return lambda numbers, count: (function, [draw(numbers) for _ in range(count)])


def unary(name, kind):
    """sqrt, exp, isnan and the like."""
    function = getattr(np, name)
    return elementwise(function, lambda it: ((it.positive if name in POSITIVE else it.signed)(kind),))


def binary(name, kind):
    """add, less, hypot and the like; the second number may be divided by."""
    function = getattr(np, name)
    return elementwise(function, lambda it: (it.signed(kind), it.positive(kind)))


def with_scalar(name, kind):
    """The same with one number on the right."""
    function = getattr(np, name.removesuffix(" scalar"))
    return elementwise(function, lambda it: (it.signed(kind), SCALAR[kind[0]]))


def power(_name, kind):
    """Of positive numbers."""
    return elementwise(np.power, lambda it: (it.positive(kind), it.between(kind, -3, 3)))


def clip(_name, kind):
    """A third of all numbers is outside."""
    low, high = (-6, 6) if kind[0] == "i" else (-6.5, 6.5)
    return elementwise(np.clip, lambda it: (it.signed(kind), low, high))


def reduction(name, kind):
    """One number out of all."""
    function = getattr(np, name)
    draw = {"prod": Numbers.near_one, "nonzero": Numbers.sparse, "count_nonzero": Numbers.sparse}.get(
        name, Numbers.signed
    )
    return plain(function, lambda it: (draw(it, kind),))


def along(name, kind):
    """One number out of each row, or of each column."""
    name, direction = name.split()
    function = partial(getattr(np, name), axis=1 if direction == "rows" else 0)
    return plain(function, lambda it: (it.signed(kind).reshape(it.flat_shape()),))


def cast(_name, kinds):
    """From one type to another, into an array that is there already."""
    source, target = kinds.split("-")

    def make(numbers, count):
        room = np.empty(numbers.length, target)
        draw = numbers.positive if target[0] == "u" else numbers.signed
        return partial(np.copyto, casting="unsafe"), [(room, draw(source)) for _ in range(count)]

    return make


def sorting(name, kind):
    """Sorts of a copy, and the order that one would have."""
    function = partial(np.sort, kind="stable") if name == "stable sort" else getattr(np, name)
    return plain(function, lambda it: (it.spread(kind),))


def selecting(name, kind):
    """What looks for numbers in the middle."""
    place = {"percentile": lambda _: (30,), "median": lambda _: ()}.get(name, lambda length: (length // 2,))
    return plain(getattr(np, name), lambda it: (it.spread(kind), *place(it.length)))


def searchsorted(_name, kind):
    """As many places in a sorted array as it has."""
    return plain(np.searchsorted, lambda it: (np.sort(it.counted(kind)), it.counted(kind)))


def counting(name, kind):
    """Of numbers that stand there several times, if they are whole."""
    return plain(getattr(np, name), lambda it: (it.counted(kind),))


def isin(_name, kind):
    """Whether each is one of a tenth of them."""
    return plain(np.isin, lambda it: (it.counted(kind), it.counted(kind)[: it.length // 10]))


def where(_name, kind):
    """From two arrays by a third."""
    return plain(np.where, lambda it: (it.between("b", 0, 1), it.signed(kind), it.signed(kind)))


def taking(name, kind):
    """take, and indexing with an array."""
    function = np.take if name == "take" else operator.getitem
    return plain(function, lambda it: (it.signed(kind), it.places()))


def put_index(_name, kind):
    """Write to places in random order."""
    return plain(operator.setitem, lambda it: (it.signed(kind), it.places(), it.signed(kind)))


def mask(_name, kind):
    """The half of all numbers that is marked."""
    return plain(operator.getitem, lambda it: (it.signed(kind), it.between("b", 0, 1)))


def put_mask(name, kind):
    """Write where it is marked: one number, or those of another array."""
    if name == "putmask":
        return plain(np.putmask, lambda it: (it.signed(kind), it.between("b", 0, 1), it.signed(kind)))
    return plain(operator.setitem, lambda it: (it.signed(kind), it.between("b", 0, 1), SCALAR[kind[0]]))


def accumulation(name, kind):
    """Sums or products of all numbers up to each."""
    draw = Numbers.near_one if name == "cumprod" else Numbers.signed

    def make(numbers, count):
        room = np.empty(numbers.length, kind)
        return partial(getattr(np, name), out=room), [(draw(numbers, kind),) for _ in range(count)]

    return make


def random(name, kind):
    """A generator's numbers into an array that is there already, where it can."""

    def make(numbers, _count):
        word, *source = name.split()
        bits = getattr(np.random, source[0] if source else "PCG64")(0)
        generator = np.random.Generator(bits)
        room = numbers.signed(kind)
        if word == "integers":
            return partial(generator.integers, 0, 1000, numbers.length, dtype=kind), [()]
        if word == "shuffle":
            return generator.shuffle, [(room,)]
        method = word if word == "random" else f"standard_{word}"
        return partial(getattr(generator, method), dtype=np.dtype(kind), out=room), [()]

    return make


def transform(name, kind):
    """Of one dimension, of each row, of two."""
    function = getattr(np.fft, name.removesuffix(" rows"))
    if name in {"fft", "rfft"}:
        return plain(function, lambda it: (it.signed(kind),))
    return plain(function, lambda it: (it.signed(kind).reshape(it.flat_shape()),))


MAKERS = {
    **dict.fromkeys(("floor", "rint", "sqrt", "abs", "negative", "reciprocal", "square", "conjugate"), unary),
    **dict.fromkeys(("isnan", "isfinite", "signbit", "logical_not", "exp", "exp2", "expm1"), unary),
    **dict.fromkeys(("log", "log2", "log1p", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan"), unary),
    **dict.fromkeys(("add", "subtract", "multiply", "divide", "minimum", "bitwise_and", "left_shift"), binary),
    **dict.fromkeys(("less", "equal", "not_equal", "logical_and", "logical_or", "fmod", "hypot"), binary),
    **dict.fromkeys(("floor_divide", "remainder"), binary),
    **dict.fromkeys(("add scalar", "multiply scalar", "less scalar", "floor_divide scalar"), with_scalar),
    **dict.fromkeys(("sum", "mean", "std", "prod", "max", "min"), reduction),
    **dict.fromkeys(("argmax", "count_nonzero", "nonzero", "packbits"), reduction),
    **dict.fromkeys(("sum rows", "sum columns", "max rows", "max columns"), along),
    **dict.fromkeys(("sort", "stable sort", "argsort"), sorting),
    **dict.fromkeys(("partition", "argpartition", "median", "percentile"), selecting),
    **dict.fromkeys(("unique", "bincount"), counting),
    **dict.fromkeys(("take", "index"), taking),
    **dict.fromkeys(("set mask", "putmask"), put_mask),
    **dict.fromkeys(("cumsum", "cumprod"), accumulation),
    **dict.fromkeys(("random", "normal", "exponential", "integers", "shuffle"), random),
    **dict.fromkeys(("random SFC64", "random Philox"), random),
    **dict.fromkeys(("fft", "fft rows", "rfft", "fft2"), transform),
    "power": power,
    "clip": clip,
    "astype": cast,
    "searchsorted": searchsorted,
    "isin": isin,
    "where": where,
    "set index": put_index,
    "mask": mask,
}


def prepared(operation, kind, length):
    """The function of a case, and the sets of arguments to call it with in turn."""
    is_steady = operation in STEADY and kind not in BRANCHING_TYPES
    count = 1 if is_steady else min(MOST_SETS, max(2, FRESH // length))
    return MAKERS[operation](operation, kind)(Numbers(length), count)


def lengths_of(sizes):
    """The lengths that are meant by a word, or listed."""
    return SIZES.get(sizes) or tuple(map(int, sizes.split(",")))


def cases():
    """Class, operation and type of all, in the order of the list."""
    for name, operations in CLASSES.items():
        for operation, kinds in operations.items():
            for kind in kinds.split():
                yield name, operation, kind


def main(sizes, repeats, *chosen):
    """Measure the cases that are chosen; all without any."""
    for length in lengths_of(sizes):
        progress(f"{length} elements")
        for name, operation, kind in cases():
            case = f"{operation} {kind} {length}"
            if chosen and not (case.startswith(chosen) or name.startswith(chosen)):
                continue
            tell(case, shortest(*prepared(operation, kind, length), int(repeats)))


if __name__ == "__main__":
    main(*sys.argv[1:])
