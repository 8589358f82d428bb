# /// script
# requires-python = ">=3.11"
# dependencies = ["mpmath>=1.4"]
# ///
"""The constants of NumPy's vector mathematics (`wasm_math_tables.h` in a patch of NumPy), computed with mpmath.

    pipx run tests/accuracy/tables.py            prints the header
    pipx run tests/accuracy/tables.py --check F  ends with 1 if the patch F adds another one

Tables have 2**7 rows of exponentials and logarithms. Polynomials are near-minimax: interpolated at Chebyshev's nodes.
"""

import argparse
import difflib
import struct
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from added import added_file
from mpmath import mp, mpf

HEADER = "numpy/_core/src/umath/wasm_math_tables.h"
ROWS = 128
# The lowest mantissa that logarithms reduce to: near sqrt(1/2), in steps of 1/256 from 1, so that 1 begins a row.
LOWEST = mpf(0x16A) / 0x200

mp.prec = 240


@dataclass(frozen=True, kw_only=True)
class Constant:
    """One member of a structure of constants: a double, an array of doubles, or a 64-bit pattern."""

    name: str
    value: "mpf | int | Sequence[mpf]"


def rounded(value: mpf, unit: int) -> mpf:
    """Return `value` as a multiple of 2**unit."""
    return mp.ldexp(mp.nint(mp.ldexp(value, -unit)), unit)


def double(value: mpf) -> str:
    """Return `value`, rounded to the nearest double, as C writes it without loss."""
    return float(value).hex() if value else "0.0"


def fitted(coefficient: Callable[[int], mpf], reach: mpf, count: int, *, even: bool = False) -> list[mpf]:
    """Return `count` coefficients that stand for the power series on [-reach, reach] ([0, reach] if `even`)."""

    def series(x: mpf) -> mpf:
        total, power, index = mpf(0), mpf(1), 0
        while abs(power * coefficient(index)) > mpf(2) ** -200 or index < 2:
            total += coefficient(index) * power
            power *= x
            index += 1
            if not power:
                break
        return total

    low = mpf(0) if even else -reach
    return list(reversed(mp.chebyfit(series, [low, reach], count)))


def exponentials() -> list[list[mpf]]:
    """Return rows 2**(i/128) as a double, and what that lacks, relative to it."""
    rows = []
    for i in range(ROWS):
        exact = mpf(2) ** (mpf(i) / ROWS)
        near = mpf(float(exact))
        rows.append([near, (exact - near) / near])
    return rows


def mantissa(i: int) -> tuple[mpf, mpf]:
    """Return the bounds of row `i` of the logarithms."""
    start = LOWEST + mpf(i) / 256
    if start < 1:
        return start, start + mpf(1) / 256
    start = 1 + (start - 1) * 2
    return start, start + mpf(1) / 128


def logarithms(base: mpf | None) -> list[list[mpf]]:
    """Return rows: 1/c of ten bits, and log(c) as a multiple of 2**-42 and the rest; c is 1 on both sides of 1."""
    rows = []
    for i in range(ROWS):
        low, high = mantissa(i)
        inverse = mpf(1) if 1 in (low, high) else rounded(2 / (low + high), -9)
        exact = -mp.log(inverse) / (mp.log(base) if base else 1)
        near = rounded(exact, -42)
        rows.append([inverse, near, exact - near, mpf(0)])
    return rows


def arctangents() -> list[list[mpf]]:
    """Return rows atan(i/32), then from 64 on pi/2 - atan(i/32), each as two doubles; i below 3 counts as 0."""
    rows = []
    for i in range(128):
        angle = mp.atan(mpf(i % 64 if i % 64 > 2 else 0) / 32)
        exact = mp.pi / 2 - angle if i >= 64 else angle
        near = mpf(float(exact))
        rows.append([near, exact - near])
    return rows


def reduction_reach() -> mpf:
    """Return how far z/c - 1 is from 0 at most in the rows of the logarithms."""
    rows = logarithms(None)
    return max(abs(edge * rows[i][0] - 1) for i in range(ROWS) for edge in mantissa(i))


def parts(value: mpf, bits: Sequence[int]) -> list[mpf]:
    """Return `value` in parts, each with so many bits, the last with a double's."""
    found = []
    for count in bits:
        _, exponent = mp.frexp(value)
        found.append(rounded(value, exponent - count))
        value -= found[-1]
    return [*found, value]


def exponential_constants() -> list[Constant]:
    step = mp.ln2 / ROWS
    high = rounded(step, -40)
    reach = step / 2 * mpf("1.0001")
    return [
        Constant(name="inverse", value=1 / step),
        Constant(name="shift", value=mpf(3) * mpf(2) ** 51),
        Constant(name="high", value=high),
        Constant(name="low", value=step - high),
        Constant(name="c", value=fitted(lambda n: 1 / mp.factorial(n + 2), reach, 4)),
        Constant(name="m", value=fitted(lambda n: 1 / mp.factorial(n + 2), reach, 5)),
        Constant(name="c4", value=fitted(lambda n: 1 / mp.factorial(n + 2), reach, 3)),
    ]


def power_of_two_constants() -> list[Constant]:
    reach = mpf(1) / (2 * ROWS) * mpf("1.0001")
    return [
        Constant(name="shift", value=mpf(3) * mpf(2) ** 51 / ROWS),
        Constant(name="c", value=fitted(lambda n: mp.ln2 ** (n + 1) / mp.factorial(n + 1), reach, 5)),
        Constant(name="c4", value=fitted(lambda n: mp.ln2 ** (n + 1) / mp.factorial(n + 1), reach, 3)),
    ]


def logarithm_constants() -> list[Constant]:
    reach = reduction_reach()
    high = rounded(mp.ln2, -42)
    bits = int.from_bytes(struct.pack(">d", float(LOWEST)), "big")
    euler = 1 / mp.ln2
    euler_high = rounded(euler, -24)

    def term(n: int) -> mpf:
        return mpf(-1) ** (n + 1) / (n + 2)

    return [
        Constant(name="offset", value=0x3FF0000000000000 - bits),
        Constant(name="exponent", value=0xFFF0000000000000),
        Constant(name="one", value=0x3FF0000000000000),
        Constant(name="integer", value=0x4330000000000000),
        Constant(name="bias", value=mpf(2) ** 52 + 1023),
        Constant(name="upper", value=0xFFFFFFFFF8000000),
        Constant(name="round24", value=mpf(3) * mpf(2) ** 28),
        Constant(name="high", value=high),
        Constant(name="low", value=mp.ln2 - high),
        Constant(name="ln2", value=mp.ln2),
        Constant(name="e_high", value=euler_high),
        Constant(name="e_low", value=euler - euler_high),
        Constant(name="e", value=euler),
        Constant(name="c", value=fitted(term, reach, 6)),
        Constant(name="c4", value=fitted(term, reach, 4)),
        Constant(name="b", value=fitted(lambda n: term(n) * euler, reach, 6)),
        Constant(name="b4", value=fitted(lambda n: term(n) * euler, reach, 4)),
        # for powers: -1/2 apart
        Constant(name="d", value=fitted(lambda n: mpf(-1) ** n / (n + 3), reach, 6)),
    ]


def circle_constants() -> list[Constant]:
    reach = (mp.pi / 4 * mpf("1.001")) ** 2
    sine = lambda n: mpf(-1) ** (n + 1) / mp.factorial(2 * n + 3)  # noqa: E731
    cosine = lambda n: mpf(-1) ** n / mp.factorial(2 * n + 4)  # noqa: E731
    return [
        Constant(name="inverse", value=2 / mp.pi),
        Constant(name="shift", value=mpf(3) * mpf(2) ** 51),
        Constant(name="p", value=parts(mp.pi / 2, (33, 33, 33))),
        Constant(name="p4", value=parts(mp.pi / 2, (33,))),
        Constant(name="s", value=fitted(sine, reach, 6, even=True)),
        Constant(name="c", value=fitted(cosine, reach, 6, even=True)),
        Constant(name="s4", value=fitted(sine, reach, 4, even=True)),
        Constant(name="c4", value=fitted(cosine, reach, 4, even=True)),
    ]


def arctangent_constants() -> list[Constant]:
    reach = (mpf("2.5") / 32 * mpf("1.001")) ** 2
    term = lambda n: mpf(-1) ** (n + 1) / (2 * n + 3)  # noqa: E731
    return [
        Constant(name="shift", value=mpf(3) * mpf(2) ** 51),
        Constant(name="upper", value=0xFFFFFFFFF8000000),
        Constant(name="c", value=fitted(term, reach, 6, even=True)),
        Constant(name="c4", value=fitted(term, reach, 3, even=True)),
    ]


def table(name: str, rows: list[list[mpf]]) -> list[str]:
    width = len(rows[0])
    lines = [f"static const double wm_{name}_table[{len(rows)}][{width}] = {{"]
    lines += ["    {" + ", ".join(double(value) for value in row) + "}," for row in rows]
    return [*lines, "};", ""]


def structure(name: str, constants: list[Constant]) -> list[str]:
    fields, values = [], []
    for constant in constants:
        if isinstance(constant.value, int):
            fields.append(f"    uint64_t {constant.name};")
            values.append(f"    {constant.value:#018x}u,")
        elif isinstance(constant.value, (list, tuple)):
            fields.append(f"    double {constant.name}[{len(constant.value)}];")
            values.append("    {" + ", ".join(double(value) for value in constant.value) + "},")
        else:
            fields.append(f"    double {constant.name};")
            values.append(f"    {double(constant.value)},")
    kind = f"wm_{name}_constants"
    return ["typedef struct {", *fields, f"}} {kind};", f"static const {kind} wm_{name}_k = {{", *values, "};", ""]


def header() -> str:
    """Return the text of the header."""
    lines = [
        "/*",
        " * Tables and polynomials of wasm_math.h, computed by a program with mpmath. Do not edit.",
        " */",
        "#ifndef NUMPY_CORE_SRC_UMATH_WASM_MATH_TABLES_H_",
        "#define NUMPY_CORE_SRC_UMATH_WASM_MATH_TABLES_H_",
        "",
        "#include <stdint.h>",
        "",
    ]
    lines += table("exp", exponentials()) + table("log", logarithms(None)) + table("log2", logarithms(mpf(2)))
    lines += table("atan", arctangents())
    lines += structure("exp", exponential_constants()) + structure("exp2", power_of_two_constants())
    lines += structure("log", logarithm_constants()) + structure("circle", circle_constants())
    lines += structure("atan", arctangent_constants())
    return "\n".join([*lines, "#endif", ""])


def main() -> int:
    """Print the header, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", type=Path, metavar="PATCH", help="a patch that adds the header")
    arguments = parser.parse_args()
    wanted = header()
    if arguments.check is None:
        sys.stdout.write(wanted)
        return 0
    there = added_file(arguments.check.read_text(encoding="utf-8"), HEADER)
    sys.stdout.writelines(
        difflib.unified_diff(there.splitlines(keepends=True), wanted.splitlines(keepends=True), "there", "computed")
    )
    return int(there != wanted)


if __name__ == "__main__":
    sys.exit(main())
