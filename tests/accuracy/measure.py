# /// script
# requires-python = ">=3.11"
# dependencies = ["mpmath>=1.4", "numpy>=2.3"]
# ///
"""How exact the functions of NumPy's `wasm_math.h` are, and how fast: a table for docs/benchmarks.md.

    pipx run tests/accuracy/measure.py [NAME ...]

Compiles loops.c with the header out of NumPy's patch and runs it under Node. Floats: all 2**32 values against the C
library's doubles. Doubles: 10 million values against NumPy's long doubles of this machine (an x86, so they have 64
bits), and the worst ones once more with mpmath. Prints a row when it is measured; ends with 1 where an error is greater
than 1 ulp, or a special value is wrong. With --highway FOLDER, the functions of Highway in their place: FOLDER is
`numpy/_core/src/highway` of NumPy's source.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from added import added_file
from mpmath import mp, mpf
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PATCHES = ROOT / "pkgs" / "numpy" / "patches"
FOLDER = "numpy/_core/src/umath"
FILES = ("wasm_math.h", "wasm_math_tables.h")
NAMES = "exp exp2 expm1 log log2 log1p sin cos tan tanh sinh cosh arctan power".split()  # noqa: SIM905
POWER = "power"
WORST = 200  # how many of the worst values mpmath computes again
GREATEST = 1.0  # ulp
NOT_IN_HIGHWAY = ("tan", "cosh", POWER)

mp.prec = 200
EXACT: dict[str, Callable[..., mpf]] = {
    "arctan": mp.atan,
    "exp2": lambda x: mpf(2) ** x,
    "log2": lambda x: mp.log(x) / mp.ln2,
    "power": lambda x, y: mpf(x) ** y,
} | {name: getattr(mp, name) for name in NAMES if hasattr(mp, name) and name != "power"}


@dataclass(frozen=True, kw_only=True)
class Doubles:
    """What was found of a function of doubles."""

    worst: float
    worst_of: tuple[float, float]
    scalar_worst: float
    wrong: int


def units(exact: NDArray[np.longdouble]) -> NDArray[np.longdouble]:
    """Return one ulp of a double at each value."""
    _, exponent = np.frexp(np.abs(exact))
    return np.ldexp(np.longdouble(1), np.maximum(exponent, -1021) - 53)


def errors(got: NDArray[np.float64], exact: NDArray[np.longdouble]) -> tuple[NDArray[np.float64], int]:
    """Return the errors in ulp, 0 for special values, and how many of those are wrong."""
    nearest = exact.astype(np.float64)
    special = ~np.isfinite(nearest) | (nearest == 0) | ~np.isfinite(got)
    same = (np.isnan(got) & np.isnan(nearest)) | ((got == nearest) & (np.signbit(got) == np.signbit(nearest)))
    # within an ulp of the greatest or the least number
    edge = ((np.abs(nearest) == np.inf) & (np.abs(got) >= np.finfo(float).max)) | (
        (nearest == 0) & (exact != 0) & (np.abs(got) <= 5e-324)
    )
    size = np.where(special, 0, np.abs(got.astype(np.longdouble) - exact) / units(exact))
    return size.astype(np.float64), int((special & ~same & ~edge).sum())


def exact_error(name: str, row: NDArray[np.float64]) -> float:
    """Return the error of one result in ulp, by mpmath."""
    x, y, got, _ = (float(value) for value in row)
    exact = EXACT[name](mpf(x), mpf(y)) if name == POWER else EXACT[name](mpf(x))
    _, exponent = mp.frexp(exact)
    return float(abs(mpf(got) - exact) / mpf(2) ** (max(int(exponent), -1021) - 53))


def measure_doubles(program: Path, name: str, count: int) -> Doubles:
    """Return how exact a function of doubles is."""
    output = program.with_name("doubles.bin")
    run(program, "double", name, str(count), str(output))
    rows = np.fromfile(output).reshape(-1, 4)
    output.unlink()
    worst, scalar_worst, wrong, worst_of = 0.0, 0.0, 0, (0.0, 0.0)
    for part in np.array_split(rows, max(1, len(rows) // 1_000_000)):
        x, y, got, scalar = part.T
        with np.errstate(all="ignore"):
            wide = x.astype(np.longdouble)
            exact = np.power(wide, y.astype(np.longdouble)) if name == POWER else getattr(np, name)(wide)
            ours, ours_wrong = errors(got, exact)
            theirs, _ = errors(scalar, exact)
        wrong += ours_wrong
        scalar_worst = max(scalar_worst, float(theirs.max()))
        for row in part[np.argsort(ours)[-WORST:]]:
            error = exact_error(name, row) if np.isfinite(row[2]) else 0.0
            if error > worst:
                worst, worst_of = error, (float(row[0]), float(row[1]))
    return Doubles(worst=worst, worst_of=worst_of, scalar_worst=scalar_worst, wrong=wrong)


def toolchain() -> Path:
    """Return the folder of emcc and node, built if it is not there."""
    command = [ROOT / "wasmwright", "nix", "--", "build", "--no-link", "--print-out-paths", f"{ROOT}#toolchain"]
    return Path(subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip(), "bin")


def run(*command: str | Path) -> str:
    """Return what a program under Node prints."""
    return subprocess.run(["node", *command], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def compiled(folder: Path, headers: Path | None, highway: Path | None) -> Path:
    """Return the compiled program; without `headers` they are taken out of NumPy's patch."""
    program = folder / "loops.js"
    if highway is not None:
        options = ["-O2", "-msimd128", f"-I{HERE / 'highway'}", f"-I{highway}"]
        objects = [folder / "loops.o", folder / "highway.o"]
        for source, built in zip((HERE / "loops.c", HERE / "highway/highway.cc"), objects, strict=True):
            subprocess.run(["emcc", *options, "-c", str(source), "-o", str(built)], check=True)
        subprocess.run(["emcc", "-O2", "-sNODERAWFS", *map(str, objects), "-o", str(program)], check=True)
        return program
    if headers is None:
        (patch,) = PATCHES.glob("*-vector-mathematics.patch")
        for file in FILES:
            text = added_file(patch.read_text(encoding="utf-8"), f"{FOLDER}/{file}")
            (folder / file).write_text(text, encoding="utf-8")
        headers = folder
    options = ["-O2", "-msimd128", "-Wall", "-Wextra", f"-I{headers}", "-sNODERAWFS"]
    subprocess.run(["emcc", *options, str(HERE / "loops.c"), "-o", str(program)], check=True)
    return program


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=NAMES, metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--doubles", type=int, default=10_000_000, help="how many (default: 10 million)")
    parser.add_argument("--stride", type=int, default=1, help="take every STRIDEth float (default: all)")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--headers", type=Path, help="folder of wasm_math.h, instead of the patch")
    other.add_argument("--highway", type=Path, metavar="FOLDER", help="measure Highway's functions, of this source")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names) - set(NAMES)):
        parser.error(f"there is no {', '.join(unknown)}; the functions are {', '.join(NAMES)}")
    os.environ["PATH"] = f"{toolchain()}{os.pathsep}{os.environ['PATH']}"
    print("| function | floats, ulp | not nearest | doubles, ulp | at | C library's | ns: C library, ours | floats |")
    print("|---|---:|---:|---:|---|---:|---:|---:|")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        program = compiled(Path(name), arguments.headers, arguments.highway)
        for function in arguments.names:
            if arguments.highway and function in NOT_IN_HIGHWAY:
                continue
            floats = json.loads(run(program, "float", function, str(arguments.stride)))
            worst = float(floats["worst"])
            doubles = measure_doubles(program, function, arguments.doubles)
            times = json.loads(run(program, "time", function))
            at = " ".join(float(value).hex() for value in doubles.worst_of[: 2 if function == POWER else 1])
            print(
                f"| {function} | {worst:.4f} | {floats['away']} of {floats['count']} | {doubles.worst:.4f} "
                f"| {at} | {doubles.scalar_worst:.4f} | {times['scalar8']:.1f}, {times['vector8']:.1f} "
                f"| {times['scalar4']:.1f}, {times['vector4']:.1f} |",
                flush=True,
            )
            if wrong := floats["wrong"] + doubles.wrong:
                print(f"{function}: {wrong} wrong special values, one float is {floats['wrong_of']}", file=sys.stderr)
            failed = failed or bool(wrong) or max(worst, doubles.worst) > GREATEST
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
