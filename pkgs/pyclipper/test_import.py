"""Areas of what two squares have in common, in all, and apart; offsets; and an empty path is refused."""

import pyclipper

left = ((0, 0), (100, 0), (100, 100), (0, 100))
right = ((50, 50), (150, 50), (150, 150), (50, 150))
areas = {}
for name in ("CT_INTERSECTION", "CT_UNION", "CT_DIFFERENCE", "CT_XOR"):
    clipper = pyclipper.Pyclipper()
    clipper.AddPath(left, pyclipper.PT_SUBJECT, True)
    clipper.AddPath(right, pyclipper.PT_CLIP, True)
    areas[name] = sum(map(pyclipper.Area, clipper.Execute(getattr(pyclipper, name))))
assert areas == {"CT_INTERSECTION": 2500, "CT_UNION": 17500, "CT_DIFFERENCE": 7500, "CT_XOR": 15000}, areas
offset = pyclipper.PyclipperOffset()
offset.AddPath(left, pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
(round_corners,) = offset.Execute(10.0)
assert pyclipper.Area(round_corners) == 14304, pyclipper.Area(round_corners)
assert pyclipper.Orientation(left)
assert pyclipper.PointInPolygon((50, 50), left) == 1
assert pyclipper.PointInPolygon((100, 50), left) == -1
(crossed, other) = pyclipper.SimplifyPolygon(((0, 0), (10, 10), (10, 0), (0, 10)))
assert sorted(map(abs, map(pyclipper.Area, (crossed, other)))) == [25, 25]
big = 2**40
clipper = pyclipper.Pyclipper()
clipper.AddPath(((0, 0), (big, 0), (big, big), (0, big)), pyclipper.PT_SUBJECT, True)
assert pyclipper.Area(clipper.Execute(pyclipper.CT_UNION)[0]) == float(big) ** 2
try:
    clipper.AddPath((), pyclipper.PT_CLIP, True)
except pyclipper.ClipperException:
    pass
else:
    raise AssertionError
print("pyclipper: areas as native")
