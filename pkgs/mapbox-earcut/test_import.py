"""The values were computed with mapbox-earcut 2.1.0 on x86_64."""

import mapbox_earcut
import numpy as np

# A square of side 100 with a square hole of side 60.
OUTER = [[0, 0], [100, 0], [100, 100], [0, 100]]
HOLE = [[20, 20], [80, 20], [80, 80], [20, 80]]
TRIANGLES = [0, 4, 7, 5, 4, 0, 5, 0, 1, 5, 1, 2, 3, 0, 7, 3, 7, 6, 6, 5, 2, 6, 2, 3]
ENDS = np.array([4, 8], dtype=np.uint32)

for kind in ("float32", "float64", "int32", "int64"):
    corners = np.array(OUTER + HOLE, dtype=kind)
    found = getattr(mapbox_earcut, f"triangulate_{kind}")(corners, ENDS)
    assert found.dtype == np.uint32
    assert found.tolist() == TRIANGLES, kind

first, second, third = np.moveaxis(np.array(OUTER + HOLE, dtype=float)[np.reshape(TRIANGLES, (-1, 3))], 1, 0)
cross = (second - first)[:, 0] * (third - first)[:, 1] - (second - first)[:, 1] * (third - first)[:, 0]
assert np.abs(cross).sum() / 2 == 100**2 - 60**2

try:
    mapbox_earcut.triangulate_float64(np.array(OUTER, dtype=float), np.array([3], dtype=np.uint32))
except ValueError:
    pass
else:
    message = "an end that is not the last corner has to be refused by a C++ exception"
    raise AssertionError(message)

print("mapbox-earcut: a square with a hole gives its known triangles")
