"""Coordinates in the systems of several countries, and distances; values of the native package."""

import math

import numpy as np
import pyproj
from pyproj import CRS, Geod, Proj, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_utm_crs_info
from pyproj.enums import TransformDirection
from pyproj.exceptions import CRSError, ProjError

KNOWN = {
    (4326, 32632): ((55, 12), (691875.632137542, 6098907.825129169)),
    (4326, 3857): ((55, 12), (1335833.8895192828, 7361866.113051188)),
    (4326, 3035): ((52.5, 13.4), (3271028.9831598373, 4551801.9732882865)),
    # From one datum to another: in meters.
    (4326, 2056): ((46.95, 7.44), (2600104.109499608, 1199879.6282376593)),
    (4326, 31467): ((51, 9), (5651645.882469938, 3500073.5746274805)),
}
for (source, target), (place, expected) in KNOWN.items():
    transformer = Transformer.from_crs(source, target)
    found = transformer.transform(*place)
    assert math.dist(found, expected) < 1e-4, (target, found)
    back = transformer.transform(*found, direction=TransformDirection.INVERSE)
    assert math.dist(back, place) < 1e-7, (target, back)
# Lists and the order of axes.
web = Transformer.from_crs(4326, 3857, always_xy=True)
east, north = web.transform([0, 12, 180], [0, 55, -45])
assert east[0] == 0
assert abs(north[1] - 7361866.113051188) < 1e-6
assert abs(east[2] - math.pi * 6378137) < 1e-6

# NumPy's arrays stay what they are.
places = np.array([[47.5, 52.25, 55, 40.1], [8.5, 13.75, 12, -3.6]])
laea = Transformer.from_crs(4326, 3035)
norths, easts = laea.transform(*places)
assert isinstance(norths, np.ndarray), type(norths)
known = [2710744.1641577994, 3244409.525945788, 3545613.590525133, 1993659.3766950297]
assert np.allclose(norths, known, rtol=0, atol=1e-5), norths
known = [4207915.982029406, 4576976.3841761565, 4449020.353596568, 3162349.3998385537]
assert np.allclose(easts, known, rtol=0, atol=1e-5), easts
known = [2432032.9700879636, 3926417.967604707, 3554926.8328568875, 4715582.032395293]
assert np.allclose(laea.transform_bounds(45, 5, 55, 15), known, rtol=0, atol=1e-5)
area, perimeter = Geod(ellps="GRS80").polygon_area_perimeter(places[1], places[0])
assert np.allclose([area, perimeter], [442542220092.2788, 4268497.369763376], rtol=1e-13), (area, perimeter)
factors = Proj("EPSG:32632").get_factors(places[1], places[0])
known = [-0.3686429790689615, 3.7590254738466373, 2.458199874346782]
assert np.allclose(factors.meridian_convergence[:3], known, rtol=0, atol=1e-9), factors

utm = CRS.from_epsg(32632)
assert utm.name == "WGS 84 / UTM zone 32N"
assert utm.area_of_use.bounds == (6.0, 0.0, 12.0, 84.0)
assert utm.to_authority() == ("EPSG", "32632")
assert CRS.from_wkt(utm.to_wkt()) == utm
assert CRS.from_json(utm.to_json()).to_epsg() == 32632
assert utm.utm_zone == "32N"
assert CRS.from_wkt(utm.to_wkt().replace("UTM zone 32N", "Zürich – 東")).name == "WGS 84 / Zürich – 東"
assert CRS("ESRI:54009").is_projected
assert CRS("EPSG:7415").sub_crs_list[1].name == "NAP height"
zones = query_utm_crs_info(datum_name="WGS 84", area_of_interest=AreaOfInterest(12.1, 55, 12.2, 55.1))
assert [zone.code for zone in zones] == ["32633"], zones

azimuth, _, distance = Geod(ellps="WGS84").inv(-73.8, 40.6, -0.5, 51.6)
assert abs(azimuth - 51.19888284557983) < 1e-9
assert abs(distance - 5551759.4003186785) < 1e-6
x, y = Proj(proj="moll", ellps="WGS84")(45, 30)
assert math.dist((x, y), (4125639.1742699007, 3643853.5640796954)) < 1e-6, (x, y)
assert math.dist(Proj(proj="moll", ellps="WGS84")(x, y, inverse=True), (45, 30)) < 1e-9

for wrong in ("EPSG:999999", "+proj=none"):
    try:
        CRS(wrong)
    except CRSError as error:
        assert "Invalid projection" in str(error), error
    else:
        raise AssertionError(wrong)
try:
    web.transform(0, 95, errcheck=True)
except ProjError as error:
    assert "transform error" in str(error), error
else:
    raise AssertionError
assert pyproj.datadir.get_data_dir().endswith("pyproj/proj_dir/share/proj"), pyproj.datadir.get_data_dir()
assert pyproj.proj_version_str == "9.1.1", pyproj.proj_version_str
print(f"pyproj: with PROJ {pyproj.proj_version_str}")
