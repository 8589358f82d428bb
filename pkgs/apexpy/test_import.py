"""Values of apexpy's own tests and of its Fortran driver's tables; variables of Fortran modules through f2py."""

from importlib import resources

import apexpy
import numpy as np
from apexpy import fortranapex as fa

folder = resources.files(apexpy)
coefficients, field = str(folder / "apexsh.dat"), str(folder / "igrf14coeffs.txt")

# Unformatted input, allocation by Fortran, interpolation: test_fortranapex.py has these values.
fa.loadapxsh(coefficients, 2000)
latitude, longitude, f1, f2, size = fa.apxg2q(60, 15, 100, 1)
assert np.allclose([latitude, longitude], [56.531288146972656, 94.1068344116211], atol=1e-5)
assert np.allclose([*f1, *f2, size], [1.079783, 0.10027137, -0.24546318, 0.90718889, 1.0041800737380981], atol=1e-5)
assert np.allclose(fa.apxq2g(latitude, longitude, 100, 1e-10)[:2], [60, 15], atol=1e-4)

# Variables of a module: a CHARACTER one, and allocatable ones with the shape that Fortran gave them.
module = fa.apxshmodule
assert module.datafile.item().decode().rstrip() == coefficients
assert module.coeff0.shape == (196, 27, 6)
assert module.epochgrid.tolist() == list(range(1900, 2031, 5))

# Formatted and list-directed input of 5,000 numbers. The field was also summed up without apexpy, in Python.
fa.cofrm(2000, field)
assert fa.igrf.epoch.tolist() == list(range(1900, 2026, 5))
assert fa.igrf.gyr[1, :2, 20].tolist() == [-29619.4, -1728.2]
assert np.isclose(fa.feldg(1, 80, 100, 300)[3], 0.51002427, rtol=1e-7)


# The driver's tables (checkapexsh.f90): EPOCH=1998.3, GLAT=15, ALT=400.
def check() -> None:
    fa.loadapxsh(coefficients, 1998.3)
    for east, expected in ((-60, (23.42, 16.40, 1.0879)), (100, (7.19, 171.76, 1.0954))):
        latitude, longitude, _, _, size = fa.apxg2q(15, east, 400, 1)
        assert np.allclose([latitude, longitude], expected[:2], atol=0.006)
        assert np.isclose(size, expected[2], atol=6e-5)


check()

# The same from coefficients that are computed here: traces of field lines, a fit, unformatted output.
coefficients = "computed.dat"
epochs = np.zeros(32)
epochs[:2] = 1995, 2000
fa.makeapxsh(coefficients, field, epochs, 2, 3, 6, 6)
check()
assert fa.apxshmodule.coeff0.shape[1] == 2
