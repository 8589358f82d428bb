"""Measures, set operations, relations, a tree, buffers and errors, with values of the native package."""

import pickle

import numpy as np
import shapely
from shapely import ops, prepared, wkb
from shapely.affinity import rotate

polygon = shapely.from_wkt("POLYGON ((0 0, 6 0, 7 4, 3 8, -1 4, 0 0), (2 2, 2 4, 4 4, 4 2, 2 2))")
assert polygon.area == 40, polygon.area
assert np.isclose(polygon.length, 33.55991975022008, rtol=1e-15), polygon.length
assert polygon.centroid.equals_exact(shapely.Point(3, 3.3), 1e-14), polygon.centroid
disc = shapely.Point(4, 4).buffer(2.5)
assert np.isclose(disc.area, 19.60342806591213, rtol=1e-13), disc.area
areas = [together(polygon, disc).area for together in (shapely.intersection, shapely.union, shapely.difference)]
assert np.allclose(areas, [15.044892289853715, 44.5585357760584, 24.955107710146283], rtol=1e-12), areas
assert shapely.relate(polygon, disc) == "212101212", shapely.relate(polygon, disc)
assert shapely.relate(disc, shapely.Point(4, 4)) == "0F2FF1FF2", shapely.relate(disc, shapely.Point(4, 4))

# Geometries go from one module to another.
assert shapely.polygons(shapely.linearrings(np.array([[0, 0], [3, 0], [0, 4], [0, 0]]))).area == 6
collection = shapely.multipolygons([polygon, rotate(polygon, 90, origin=(20, 0))])
assert collection.geom_type == "MultiPolygon", collection.geom_type
assert np.isclose(collection.buffer(0).area, 80, rtol=1e-13), collection.buffer(0).area
kind, coordinates, offsets = shapely.to_ragged_array([collection, collection])
assert shapely.from_ragged_array(kind, coordinates, offsets)[1].equals(collection)
assert pickle.loads(pickle.dumps(collection)) == collection
assert wkb.loads(wkb.dumps(collection)) == collection

# What GEOS throws becomes an exception.
try:
    shapely.from_wkt("POLYGON ((0 0, 1 1, 1 0, 0")
except shapely.GEOSException as error:
    assert str(error) == "ParseException: Expected number but encountered end of stream", error
else:
    raise AssertionError
bow = shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")
assert shapely.is_valid_reason(bow) == "Self-intersection[1 1]", shapely.is_valid_reason(bow)
assert shapely.make_valid(bow).area == 2, shapely.make_valid(bow)

random = np.random.default_rng(7)
points = shapely.points(random.uniform(-2, 9, (500, 2)))
tree = shapely.STRtree(points)
inside = tree.query(polygon, predicate="contains")
assert len(inside) == 181, len(inside)
test = prepared.prep(polygon)
assert np.array_equal(np.sort(inside), [at for at, point in enumerate(points) if test.contains(point)])
assert tree.nearest(shapely.Point(0, 0)) == 279, tree.nearest(shapely.Point(0, 0))
assert np.isclose(shapely.convex_hull(shapely.multipoints(points)).area, 116.6598770696246, rtol=1e-12)
few = shapely.multipoints(points[:50])
triangles = ops.triangulate(few)
assert len(triangles) == 87, len(triangles)
assert np.isclose(sum(triangle.area for triangle in triangles), 100.90050495251018, rtol=1e-12)
assert np.isclose(shapely.voronoi_polygons(few).area, 1066.0350883552599, rtol=1e-9)
print(f"shapely: with GEOS {shapely.geos_version_string}")
