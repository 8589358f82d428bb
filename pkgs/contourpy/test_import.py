"""A circle by each algorithm, lines and filled areas of the native package, a mask; threads are refused."""

import contourpy
import numpy as np

x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
z = x**2 + y**2
for name in ("mpl2005", "mpl2014", "serial"):
    found = contourpy.contour_generator(x, y, z, name=name).lines(1.1)
    line = found[0] if name == "serial" else found[0][0]
    assert line.shape == (165, 2), (name, line.shape)
    assert np.allclose(np.hypot(*line.T), 1.1**0.5, atol=2e-3), name
saddle = contourpy.contour_generator(x, y, np.sin(3 * x) * np.cos(2 * y), name="serial")
assert [len(line) for line in saddle.lines(0.5)] == [58, 58, 71, 71, 58, 58], [len(line) for line in saddle.lines(0.5)]
polygons, offsets = contourpy.contour_generator(x, y, z, fill_type="OuterOffset").filled(1, 2)
assert [len(points) for points in polygons] == [394], [len(points) for points in polygons]
assert [list(offset) for offset in offsets] == [[0, 229, 394]], offsets
ring = polygons[0][offsets[0][0] : offsets[0][1]].T
area = abs(np.dot(ring[0][:-1], ring[1][1:]) - np.dot(ring[0][1:], ring[1][:-1])) / 2
assert np.isclose(area, 6.280607124417931, rtol=1e-12), area
masked = np.ma.masked_where(x > 0, z)
assert all((line[:, 0] <= 0).all() for line in contourpy.contour_generator(x, y, masked).lines(1))
print("contourpy: a circle, a saddle, a ring")
