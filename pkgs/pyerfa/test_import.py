"""Times, matrices, records and errors; values of the native package."""

import erfa
import numpy as np

assert erfa.cal2jd(2003, 6, 1) == (2400000.5, 52791.0)
years, months, days, parts = erfa.jd2cal(2400000.5, np.array([50123.9999, 61371.25]))
assert (years.tolist(), months.tolist(), days.tolist()) == ([1996, 2026], [2, 11], [10, 27])
assert np.allclose(parts, [0.9999, 0.25], atol=1e-10)
day = erfa.utctai(2453750.5, 0.892100694)
assert np.allclose(np.add(*erfa.taitt(*day)) - 2453750.5, 0.8928551387, atol=1e-9), day
matrix = erfa.pnm06a(2400000.5, 50123.9999)
assert matrix.shape == (3, 3)
assert np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-14)
row = [0.9999995832794205, 0.0008372382772630953, 0.00036396847711406196]
assert np.allclose(matrix[0], row, rtol=1e-13), matrix[0].tolist()
angle = erfa.gst06a(2400000.5, 53736, 2400000.5, 53736)
assert np.isclose(angle, 1.7541661376750155, rtol=1e-13), angle
earth, _ = erfa.epv00(2400000.5, 53411.52501161)
place = [-0.7757238809297661, 0.5598052241363407, 0.24269984664817157]
assert np.allclose(earth["p"], place, rtol=1e-13), earth["p"].tolist()
astrom, eo = erfa.apci13(2456165.5, 0.401182685)
assert np.isclose(eo, -0.002900618712657376, rtol=1e-12), eo
assert np.isclose(astrom["em"], 1.0104652959646592, rtol=1e-12), astrom["em"]
assert erfa.leap_seconds.get()["tai_utc"][-1] == 37
try:
    erfa.dtf2d("UTC", 2016, 13, 1, 0, 0, 0)
except erfa.ErfaError as error:
    assert "bad month" in str(error), error
else:
    raise AssertionError
print("pyerfa: times, matrices, records")
